package golden

func deferred(f func(), x T, ch chan int) (err error) {
	defer f()
	defer x.Close()
	defer x.y.z(1, 2, xs...)
	defer func() {}()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	defer func(x int) { _ = x }(1)
	defer f2()()
	defer (x.f)()
	defer (func() {})()
	defer recover()
	defer panic("x")
	defer close(ch)
	defer delete(m, "k")
	defer print(1, 2)
	defer T.Method(x)
	defer (*T).Method(&x)
	defer List[int]{}.Close()
	defer generic[int](1)
	defer fs[0]()
	defer m["k"]()
	defer (<-fch)()
	defer x.(I).Close()
	defer T(x).Close()
	defer T{1}.Close()
	defer (&T{1}).Close()
	defer func() func() { defer f(); return f }()()
	for i := range 3 { defer f3(i); defer func() { go func() { defer f() }() }() }
	if true { defer f() } else { go f() }
	{ defer f(); defer f() }
	go f()
	go x.Run(1)
	go func() { defer f(); <-ch }()
	go func(c chan<- int) { c <- 1 }(ch)
	go (f)()
	go generic[int, string](1, "x")
	return
}
