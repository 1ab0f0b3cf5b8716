package p

import (
	"context"
	"errors"
	"time"
)

func early(ctx context.Context, n int) error {
	ctx, cancel := context.WithCancel(ctx) // want "`cancel`, the cancel function of `context.WithCancel`, is not called when `early` returns at line 12; `defer` it"
	if n == 0 {
		return errors.New("none")
	}
	work(ctx)
	cancel()
	return nil
}

func work(context.Context) {}

func dropped(ctx context.Context) {
	ctx, _ = context.WithTimeout(ctx, time.Second) // want "the cancel function of `context.WithTimeout` is dropped"
	work(ctx)
}

func ignored(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx) // want "cancel"
	_ = cancel
	work(ctx)
}

func deferred(ctx context.Context) {
	ctx, cancel := context.WithDeadline(ctx, time.Now())
	defer cancel()
	work(ctx)
}

type server struct{ stop context.CancelFunc }

func (s *server) start(ctx context.Context) {
	ctx, s.stop = context.WithCancel(ctx)
	go work(ctx)
}

func (s *server) end() { s.stop() }

func returned(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithCancel(ctx)
}

func returnedLater(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	return ctx, func() { cancel() }
}

func spawned(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		defer cancel()
		work(ctx)
	}()
}

func wrapper(ctx context.Context) {
	ctx, cancel := returned(ctx) // want "`cancel`, the cancel function of `returned`"
	if ctx.Err() != nil {
		return
	}
	cancel()
}
