// Cancel functions that are kept in fields: someone must read them.
package p

import "context"

type keeper struct {
	cancel context.CancelFunc
	stop   func()
	Stop   func()
	called context.CancelFunc
}

func newKeeper(ctx context.Context) *keeper {
	ctx, cancel := context.WithCancel(ctx) // want "kept in the field `cancel`, which nothing reads"
	go serve(ctx)
	return &keeper{cancel: cancel}
}

func (k *keeper) start(ctx context.Context) {
	ctx, k.stop = context.WithCancel(ctx) // want "kept in the field `stop`, which nothing reads"
	go serve(ctx)
}

// Anybody may read an exported one.
func (k *keeper) startOpen(ctx context.Context) {
	ctx, k.Stop = context.WithCancel(ctx)
	go serve(ctx)
}

func (k *keeper) startCalled(ctx context.Context) {
	ctx, k.called = context.WithCancel(ctx)
	go serve(ctx)
}

func (k *keeper) end() {
	k.called()
}

// Another type's field of the same name is another one.
type other struct{ cancel func() }

func (o *other) end() { o.cancel() }

func newOther(ctx context.Context) *other {
	ctx, cancel := context.WithCancel(ctx)
	go serve(ctx)
	return &other{cancel}
}

// Kept twice, and read in one place.
func newBoth(ctx context.Context) (*keeper, *other) {
	ctx, cancel := context.WithCancel(ctx)
	go serve(ctx)
	return &keeper{cancel: cancel}, &other{cancel: cancel}
}

// Called here as well.
func newUntilDone(ctx context.Context) *keeper {
	ctx, cancel := context.WithCancel(ctx)
	context.AfterFunc(ctx, cancel)
	go serve(ctx)
	return &keeper{cancel: cancel}
}

type inner struct{ quit func() }

type outer struct{ inner }

func newOuter(ctx context.Context) *outer {
	o := &outer{}
	ctx, o.quit = context.WithCancel(ctx)
	go serve(ctx)
	return o
}

func (o outer) end() { o.inner.quit() }

type box[T any] struct {
	value T
	close func()
}

func newBox[T any](ctx context.Context, value T) *box[T] {
	ctx, cancel := context.WithCancel(ctx)
	go serve(ctx)
	return &box[T]{value, cancel}
}

func (b *box[T]) end() { b.close() }

// Read through another type.
type front struct{ halt func() }

type back front

func newFront(ctx context.Context) *front {
	ctx, cancel := context.WithCancel(ctx)
	go serve(ctx)
	return &front{cancel}
}

func end(f *front) { (*back)(f).halt() }

func serve(context.Context) {}
