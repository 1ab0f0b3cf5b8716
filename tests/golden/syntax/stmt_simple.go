package golden

func simple(a, b, c int, p *int, ch chan int, xs []int) {
	a = 1
	a, b = b, a
	a, b, c = 1, 2, 3
	a, b = f()
	_ = a
	_, _ = a, b
	d := 1
	e, g := 1, 2
	h, _ := f()
	*p = 1
	*p++
	(*p)++
	xs[0] = 1
	xs[0], xs[1] = xs[1], xs[0]
	x.y.z = 1
	f().x = 1
	(a) = 1
	m["k"]++
	m["k"] += 2
	ch <- 1
	ch <- <-ch
	ch <- a + b
	f() <- g()
	<-ch
	(<-ch)
	f()
	x.f()
	x.y[0].f()()()
	(f)()
	func() {}()
	(func() {})()
	{
	}
	{
		{ { } }
		var a int
		_ = a
	}
	;
	;;
	a++; b--; c += a
	a <<= 2; b >>= 1; c &^= 3
	var z int; const k = 1; type t int
	*f() = 1
	*x.y, (*q).z = 1, 2
	[]int{1}[0]++
	map[string]int{"a": 1}["a"] = 2
	struct{ x *int }{p}.x = nil
	a = func() int { return 1 }()
	len(xs)
	-a
	"expression statements are the type checker's concern"
	a == b
	T{}
	[]int{}
	func() {}
	*p
	!true
}
