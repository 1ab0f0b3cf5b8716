package defers

func loop(n int) {
	for i := 0; i < n; i++ {
		defer done() // want "heap-allocated"
	}
	defer done() // want "stack-allocated"
}

func once() {
	for {
		defer done() // want "heap-allocated"
		break
	}
}

func ranges(xs []int, m map[string]int, n int) {
	for range xs {
		defer done() // want "heap-allocated"
	}
	for k := range m {
		_ = k
		defer done() // want "heap-allocated"
	}
	for range n {
		defer done() // want "heap-allocated"
	}
}

func branches(n int) {
	for i := range n {
		if i == 1 {
			defer done() // want "heap-allocated"
		}
		switch i {
		case 2:
			defer done() // want "heap-allocated"
		}
	}
	if n == 3 {
		defer done() // want "stack-allocated"
	}
}

// A label that a later goto jumps back to begins a loop.
func backward(n int) {
again:
	n++
	if n < 3 {
		goto again
	}
	defer done() // want "heap-allocated"
}

// It ends with the block of an if.
func backwardInIf(n int) {
	if n > 0 {
	again:
		n++
		if n < 3 {
			goto again
		}
	}
	defer done() // want "open-coded"
}

// It does not end with a block of its own.
func backwardInBlock(n int) {
	{
	again:
		n++
		if n < 3 {
			goto again
		}
	}
	defer done() // want "heap-allocated"
}

func backwardInCase(n int) {
	switch n {
	case 1:
	again:
		n++
		if n < 3 {
			goto again
		}
		defer done() // want "heap-allocated"
	default:
		defer done() // want "stack-allocated"
	}
	defer done() // want "stack-allocated"
}

func forward(n int) {
	if n > 1 {
		goto end
	}
	n++
end:
	defer done() // want "open-coded"
}

func labelled(n int) {
outer:
	for i := range n {
		for j := range n {
			if i == j {
				continue outer
			}
			if i > j {
				break outer
			}
		}
	}
	defer done() // want "open-coded"
}

// The goto is left out.
func neverBackward(n int) {
again:
	n++
	if false {
		goto again
	}
	defer done() // want "open-coded"
}

func literalInLoop(n int) {
	for range n {
		func() {
			defer done() // want "open-coded"
		}()
	}
}

func literalAfterLabel(n int) {
again:
	n++
	func() {
		defer done() // want "open-coded"
	}()
	if n < 3 {
		goto again
	}
}
