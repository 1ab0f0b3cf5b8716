package p

import (
	"context"
	"errors"
)

// Whoever gets a signal cancels what there is then.
func repeat(signals, end chan int, lines chan string, eval func(context.Context, string) error) error {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		for {
			select {
			case <-signals:
				cancel()
			case <-end:
				return
			}
		}
	}()
	var err error
	for {
		var line string
		select {
		case <-end:
			cancel()
			return err
		case line = <-lines:
		}
		err = eval(ctx, line)
		if errors.Is(err, context.Canceled) {
			ctx, cancel = context.WithCancel(context.Background())
		}
	}
}

func startLate(end chan int, ready func() bool) error {
	ctx, cancel := context.WithCancel(context.Background()) // want "is not called"
	if !ready() {
		return errors.New("not ready")
	}
	go func() {
		<-end
		cancel()
	}()
	return ctx.Err()
}
