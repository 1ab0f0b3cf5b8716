package defers

func instantiated[T any](x T) T {
	defer done() // want "open-coded"
	return x
}

func never[T any](x T) T {
	defer done() // want "none"
	return x
}

func throughGeneric[T any](x T) T {
	defer done() // want "open-coded"
	return instantiated(x)
}

func neverThroughNever[T any](x T) {
	defer done() // want "none"
	never(x)
}

type list[T any] struct{ next *list[T] }

func (l *list[T]) push(x T) {
	defer done() // want "stack-allocated"
	for range sequence {
		defer done() // want "heap-allocated"
	}
}

type unused[T any] struct{ x T }

func (u *unused[T]) get() T {
	defer done() // want "none"
	return u.x
}

func literalInGeneric[T any](x T) func() {
	return func() {
		for range 3 {
			defer done() // want "heap-allocated"
		}
	}
}

var (
	_ = throughGeneric[int]
	_ = literalInGeneric("")
	_ list[string]
)
