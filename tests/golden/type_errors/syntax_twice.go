package p

// What the parser reports is not reported again.

func (...T) receiver() {}

type T struct{}

func results() (...T) { panic(nil) }

func notLast(...T, int) {}

func calls(f func()) {
	go f
	defer (f)
}

func switches(b bool, i int) {
	type B bool
	var x B
	switch {
	case x:
	}
	goto L
	j := i
	_ = j
L:
}
