package p

import "os"

//explain: either
//explain: loop
//explain: nested
//explain: two
//explain: many

func a(int)
func b(int)
func c(int)

func either(x bool) {
	defer a(1)
	if x {
		defer b(2)
	}
	c(3)
}

// As often as there are files.
func loop(names []string) error {
	defer a(0)
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
	}
	return nil
}

// One of them again and again, in any order.
func nested(xs []int) {
	for _, x := range xs {
		if x > 0 {
			defer a(x)
		} else {
			defer b(x)
		}
	}
}

// Numbers go by the source, and the order of running by the flow of control.
func two(x bool) {
	if x {
		goto second
	}
first:
	defer a(1)
	return
second:
	defer b(2)
	x = false
	goto first
}

// More stacks than are told apart.
func many(x []bool) {
	if x[0] {
		defer a(0)
	}
	if x[1] {
		defer a(1)
	}
	if x[2] {
		defer a(2)
	}
	if x[3] {
		defer a(3)
	}
	if x[4] {
		defer a(4)
	}
	defer a(5)
}
