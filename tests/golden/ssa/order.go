package p

//dump: func lateVariables
//dump: func logical
//dump: func lateElements
//dump: func boxed
//dump: func mapLiteral

func f() int
func g(int, bool) int
func show(...any)

// Calls come first, x and *p are read after them.
func lateVariables(p *int, x int) int {
	h := func() int { x++; return x }
	return x + h()*(*p) + f()
}

// `&&` is evaluated at its place, as a call is.
func logical(a, b bool) int {
	if a && !b || f() > 1 {
		return g(f(), a || b)
	}
	return 0
}

// Elements of maps and slices are read late, slices and lengths at their place.
func lateElements(m map[string]int, s []int) {
	show(m["a"], s[0], s[1:], len(s), f())
}

type point struct{ x, y int }

// A struct that becomes an interface is copied at its place, if it is no
// variable.
func boxed(x int, p point) {
	show(point{x, 2}, p, f())
}

// Constant elements first; then key, value and assignment one by one.
func mapLiteral() map[int]int {
	return map[int]int{f(): f(), 1: 2}
}
