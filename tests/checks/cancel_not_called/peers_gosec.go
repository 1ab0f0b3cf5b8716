// Situations that users of gosec's G118 report, by the number of the issue.
package p

import (
	"context"
	"time"
)

type env1584 struct{ shutdown func() }

// 1584: called in a chain when the program ends.
func setUp1584(ctx context.Context) (*env1584, context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	env := &env1584{}
	env.shutdown = func() {
		cancel()
	}
	return env, ctx
}

// 1590: in a goroutine.
func goroutine1590() {
	_, cancel := context.WithCancel(context.Background())
	go func() {
		cancel()
	}()
}

type owner1591 struct{ Cancel func() }

// 1591: through an exported field.
func field1591() owner1591 {
	_, cancel := context.WithCancel(context.Background())
	owner := owner1591{Cancel: cancel}
	return owner
}

// 1595: through a field of a local variable.
func local1595() {
	owner := owner1591{}
	_, cancel := context.WithCancel(context.Background())
	owner.Cancel = cancel
	defer func() {
		owner.Cancel()
	}()
}

var (
	ctx1601    context.Context
	cancel1601 context.CancelFunc
)

// 1601: in a variable of the package.
func init() {
	ctx1601, cancel1601 = context.WithCancel(context.Background())
}

func stop1601() { cancel1601() }

type job1637 struct {
	ctx    context.Context
	cancel context.CancelFunc
}

// 1637: by a goroutine that is given what holds it.
func job(parent context.Context, done func(error)) {
	ctx, cancel := context.WithCancel(parent)
	one := &job1637{ctx: ctx, cancel: cancel}
	go func(one *job1637) {
		defer one.cancel()
		done(one.ctx.Err())
	}(one)
}

// 1668: in a list of functions that a deferred one calls.
func list1668(work func(context.Context)) {
	cleanups := make([]func(), 0, 1)
	defer func() {
		for _, cleanup := range cleanups {
			cleanup()
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	cleanups = append(cleanups, cancel)
	work(ctx)
}

// And one that is lost.
func lost(work func(context.Context) error, n int) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second) // want "`cancel`, the cancel function of"
	if err := work(ctx); err != nil || n > 2 {
		return err
	}
	cancel()
	return nil
}
