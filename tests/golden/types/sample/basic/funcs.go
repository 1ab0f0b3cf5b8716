package basic

type Op func(a, b int) int
type Visitor interface{ Visit(n int) (w Visitor) }
type VisitFunc func(int) Visitor

func (f VisitFunc) Visit(n int) Visitor { return f(n) }

func (Op) unnamed(_ int, _ ...string)    {}
func (op Op) Apply(a, b int) (_ int, ok bool) { return op(a, b), true }

func add(a, b int) int { return a + b }

func noResult(func(int), func(a, b int) (c int), ...func() func()) {}

func funcs() (n int) {
	ops := map[string]Op{"add": add, "sub": func(a, b int) int { return a - b }}
	r, ok := ops["add"].Apply(1, 2)
	n, _ = Op(add).Apply(r, 2)
	apply := Op.Apply
	n, ok = apply(add, 1, 2)
	bound := Op(add).Apply
	_, _ = bound(1, 2)
	_ = ok
	noResult(nil, nil)
	noResult(func(x int) { n = x }, func(a, b int) (c int) { c = a; return })
	var v Visitor = VisitFunc(func(int) Visitor { return nil })
	v.Visit(1).Visit(2)
	f := func() func() func() int { return func() func() int { return func() int { return n } } }
	n = f()()()
	func() {}()
	return func(xs ...int) int { return len(xs) }(1, 2, 3)
}

func recursive(n int) (f func(int) int) {
	f = func(k int) int {
		if k == 0 {
			return n
		}
		return f(k - 1)
	}
	return
}

func external(x int) int
