package golden

func calls(xs []int) {
	f()
	f(1)
	f(1, 2,)
	f(
		1,
		2,
	)
	f(xs...)
	f(1, xs...)
	f(1, xs...,)
	f(
		xs...,
	)
	f([]int{1}...)
	f(g()...)
	f(func() {})
	f(func(x int) int { return x }, 1)
	f(T{1}, &T{2}, []T{{3}})
	f()()()
	f(g(h(i(j(k())))))
	f(-1, !a, *p, &x, <-ch, ^b)
	f([]int, map[string]int, chan int, func(), struct{}, interface{}, *T, [3]int)
	new(int)
	make([]int, 1, 2)
	make(chan<- int)
	make(map[string]struct{})
	new(struct{ x int })
	new(func(int) string)
	min(1, 2, 3); max(x, y); clear(m)
	append([]byte("x"), "y"...)
	int(1.0)
	string([]byte{1})
	[]byte("x")
	[3]int(xs)
	*(*int)(p)
	(*T)(nil)
	(func())(nil)()
	(<-chan int)(ch)
	(chan<- (int))(ch)
	<-chan int(ch)
	<-(chan int)(ch)
	func() int { return 1 }()
	interface{ M() }(x).M()
	struct{ x int }{1}.f()
	map[string]int(m)
	chan int(ch)
	(chan int)(ch)
	func(int) string(x)(1)
	(x.(T)).f(y.(U))
	x.
		f(1).
		g(2).
		h(3)
	f(a /
		b, c)
	f(a, func() {
		f(b, func() {
			f(c)
		})
	})
}
