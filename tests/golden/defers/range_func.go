package defers

func sequence(yield func(int) bool) {
	_ = yield(1) && yield(2)
}

func overFunc() {
	defer done() // want "stack-allocated"
	for range sequence {
		defer done() // want "heap-allocated"
	}
}

func overFuncWithout() {
	defer done() // want "open-coded"
	for range sequence {
		done()
	}
}

// Though the statement is left out, the loop asks for the list of defers.
func overFuncPruned() {
	defer done() // want "stack-allocated"
	for range sequence {
		if debug {
			defer done() // want "none"
		}
	}
}

func nestedOverFunc(n int) {
	defer done() // want "stack-allocated"
	for range sequence {
		for range sequence {
			defer done() // want "heap-allocated"
		}
		for range n {
			defer done() // want "heap-allocated"
		}
		func() {
			defer done() // want "stack-allocated"
			for range sequence {
				defer done() // want "heap-allocated"
			}
		}()
	}
}

func literalInOverFunc() {
	defer done() // want "open-coded"
	for range sequence {
		func() {
			defer done() // want "open-coded"
		}()
	}
}

// All returns in the body are one after the loop.
func returnsInOverFunc(n int) {
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	for v := range sequence {
		switch v {
		case 1:
			return
		case 2:
			return
		case 3:
			return
		}
	}
	for v := range sequence {
		if v > n {
			return
		}
	}
}

// A result is set from the body, by reference.
func valueFromOverFunc(n int) int {
	defer done() // want "open-coded"
	for v := range sequence {
		if v > n {
			return v
		}
	}
	return 0
}

type iterator func(yield func(int) bool)

func keep(yield func(int) bool) {
	kept = yield
}

var kept func(int) bool

// The body outlives the loop.
func valueFromKept(n int) int {
	defer done() // want "stack-allocated"
	for v := range keep {
		return v
	}
	return 0
}

func unknownIterator(f iterator) int {
	defer done() // want "stack-allocated"
	for v := range f {
		return v
	}
	return 0
}

func unknownIteratorWithoutValue(f iterator) {
	defer done() // want "open-coded"
	for range f {
		return
	}
}

func elements(xs []int) iterator {
	return func(yield func(int) bool) {
		for _, x := range xs {
			if !yield(x) {
				return
			}
		}
	}
}

// The call is inlined: the iterator is known.
func knownIterator(xs []int) int {
	defer done() // want "open-coded"
	for x := range elements(xs) {
		if x > 0 {
			return x
		}
	}
	return 0
}

type tree struct {
	left, right *tree
	value       int
}

func (t *tree) all(yield func(int) bool) bool {
	return t == nil || t.left.all(yield) && yield(t.value) && t.right.all(yield)
}

func (t *tree) values(yield func(int) bool) {
	t.all(yield)
}

func overMethod(t *tree) (sum int) {
	defer done() // want "open-coded"
	for v := range t.values {
		if v < 0 {
			return v
		}
		sum += v
	}
	return sum
}

func gotoFromOverFunc(n int) {
again:
	n++
	for v := range sequence {
		if v > n {
			goto again
		}
	}
	defer done() // want "heap-allocated"
}
