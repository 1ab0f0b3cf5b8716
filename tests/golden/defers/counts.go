// Package defers has a defer statement for each rule by which gc chooses how to
// implement one.
package defers

func done() {}

func one() {
	defer done() // want "open-coded"
}

func eight() {
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	defer done() // want "open-coded"
}

func nine() {
	defer done() // want "stack-allocated"
	defer done() // want "stack-allocated"
	defer done() // want "stack-allocated"
	defer done() // want "stack-allocated"
	defer done() // want "stack-allocated"
	defer done() // want "stack-allocated"
	defer done() // want "stack-allocated"
	defer done() // want "stack-allocated"
	defer done() // want "stack-allocated"
}

// 5 returns times 3 defers are 15.
func fifteen(n int) int {
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	switch n {
	case 1:
		return 1
	case 2:
		return 2
	case 3:
		return 3
	case 4:
		return 4
	}
	return 0
}

func sixteen(n int) int {
	defer done() // want "stack-allocated"
	defer done() // want "stack-allocated"
	defer done() // want "stack-allocated"
	defer done() // want "stack-allocated"
	switch n {
	case 1:
		return 1
	case 2:
		return 2
	case 3:
		return 3
	}
	return 0
}

// The end of a function is no return statement.
func fallsOff(n int) {
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	if n > 0 {
		return
	}
	if n < -3 {
		return
	}
	if n < -2 {
		return
	}
}

// Literals count for themselves.
func literals(n int) int {
	defer done() // want "open-coded"
	f := func() int {
		defer done() // want "open-coded"
		if n > 1 {
			return 1
		}
		if n > 2 {
			return 2
		}
		return 3
	}
	g := func() {
		for range n {
			defer func() { // want "heap-allocated"
				defer done() // want "open-coded"
			}()
		}
		defer done() // want "stack-allocated"
	}
	g()
	return f()
}

var global = func() int {
	defer done() // want "open-coded"
	return 1
}()

func _() {
	defer done() // want "none"
}

type receiver struct{}

func (receiver) method() {
	defer done() // want "open-coded"
}

func (receiver) _() {
	defer done() // want "none"
}
