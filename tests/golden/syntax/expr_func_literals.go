package golden

var (
	a = func() {}
	b = func(x int) int { return x }
	c = func(int, string) {}
	d = func(a, b int, c ...string) (x, y int) { return }
	e = func() func() func() { return func() func() { return func() {} } }
	f = func(f func(func(int)) func()) {}
	g = []func(){func() {}, func() { return }}
	h = map[string]func(int) error{"x": func(int) error { return nil }}
	i = func() (x struct{ a int }, y interface{ M() }) { return }
	j = func(x [len("a")]int) {}
	k = func() { for { if true { break } } }
	l = func() {
		defer func() {}()
		go func() {}()
	}
	m = func() int { return 1 }() + func() int { return 2 }()
	n = f(func() {}, func() {}...)
	o func() = func() {}
	p func(int) (string) = nil
	q func() (func())
	r = (func())(nil)
	s = func(a, b, c, d, e int, f, g string) {}
	t = func(_ int, _ string) (_ error) { return nil }
	u = func(pkg.T, *pkg.U, ...pkg.V) {}
	v = func(a List[int], b ...Pair[K, V]) List[T] { return nil }
)
