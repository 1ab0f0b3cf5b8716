package p

import (
	"context"
	"errors"
	"time"
)

var errLate = errors.New("late")

// The parent ends with the function, and the child with it.
func ask(ctx context.Context, f func(context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	ctx, _ = context.WithTimeoutCause(ctx, time.Second, errLate)
	defer cancel(context.Canceled)
	return f(ctx)
}

func askOne(ctx context.Context, f func(context.Context) error) error {
	ctx, _ = context.WithTimeoutCause(ctx, time.Second, errLate) // want "is dropped"
	return f(ctx)
}

func askSome(ctx context.Context, f func(context.Context) error, n int) error {
	ctx, cancel := context.WithCancelCause(ctx)                  // want "is not called"
	ctx, _ = context.WithTimeoutCause(ctx, time.Second, errLate) // want "is dropped"
	if n > 0 {
		return f(ctx)
	}
	defer cancel(nil)
	return f(ctx)
}
