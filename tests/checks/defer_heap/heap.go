package p

import (
	"iter"
	"sync"
)

func done() {}

func loop(mus []*sync.Mutex) {
	defer done()
	for _, mu := range mus { // note "the loop is here"
		mu.Lock()
		defer mu.Unlock() // want "^info: `mu.Unlock\(\)` is deferred in a loop: gc allocates a record for it on the heap each time it runs, and the other deferred call of the function is no longer open-coded"
	}
}

func few() {
	for range 3 {
		defer done()
	}
}

func rangeFunction(seq iter.Seq[int]) {
	for range seq {
		defer done() // want "in the body of a range over a function"
	}
}

func behindLabel(n int) {
again:
	n--
	if n > 0 {
		goto again
	}
	defer done() // want "behind a label that a later `goto` jumps to"
}

func straight() {
	defer done()
}

func nine() {
	defer done() // want "the deferred calls of `nine`, which is called in a loop, are not open-coded: there are 9 of them, more than 8"
	defer done()
	defer done()
	defer done()
	defer done()
	defer done()
	defer done()
	defer done()
	defer done()
}

func manyReturns(n int) int {
	defer done() // want "2 of them times 8 `return` statements is more than 15"
	defer done()
	switch n {
	case 1:
		return 1
	case 2:
		return 2
	case 3:
		return 3
	case 4:
		return 4
	case 5:
		return 5
	case 6:
		return 6
	case 7:
		return 7
	}
	return 8
}

func calledOnce(n int) int {
	defer done()
	defer done()
	switch n {
	case 1:
		return 1
	case 2:
		return 2
	case 3:
		return 3
	case 4:
		return 4
	case 5:
		return 5
	case 6:
		return 6
	case 7:
		return 7
	}
	return 8
}

func hot() {
	for i := range 100 {
		nine()
		manyReturns(i)
		straight()
	}
	calledOnce(1)
}
