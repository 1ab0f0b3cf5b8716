// Situations that users of vet's lostcancel report, by the number of the issue.
package p

import (
	"context"
	"time"
)

// 25720: kept by somebody, whatever way is taken from there.
func registered25720(register func(func()), n int) context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	register(cancel)
	if n > 2 {
		return nil
	}
	return ctx
}

var (
	ctx31856    context.Context
	cancel31856 func()
)

// 31856: what is assigned is not of this function.
func open31856(n int) {
	ctx31856, cancel31856 = context.WithCancel(context.Background())
	if n > 2 {
		return
	}
	println(ctx31856.Err() == nil)
}

// 58850: deferred before there is anything to call.
func before58850(times int, work func(context.Context) error) error {
	var ctx context.Context
	cancel := func() {}
	defer func() { cancel() }()
	ctx, cancel = context.WithTimeout(context.Background(), time.Second)
	return work(ctx)
}

// The naked return of a named result.
func named16230() (ctx context.Context, cancel context.CancelFunc) {
	ctx, cancel = context.WithCancel(context.Background())
	return
}
