package p

//dump: func forms
//dump: func results
//dump: func unnamed
//dump: func goes

type t struct{ n int }

func (t t) value(int)    {}
func (t *t) pointer(int) {}

func f() int

func forms(v t, i interface{ value(int) }, c chan int, m map[int]int, g func(int)) {
	defer v.value(f())
	defer v.pointer(1)
	defer i.value(2)
	defer g(3)
	defer close(c)
	defer delete(m, f())
	defer recover()
	defer panic(v.n)
	defer func(n int) { println(n, v.n) }(v.n)
}

// Results are stored, deferred calls run, results are loaded.
func results(a, b int) (x, y int) {
	defer func() { x++ }()
	return b, a
}

func unnamed() (int, string) {
	defer recover()
	return f(), "s"
}

func goes(v *t, c chan int) {
	go v.pointer(f())
	go close(c)
	go func() { c <- 1 }()
}
