package basic

var global, other = 1, "two"
var _, second = pair()
var zero struct{}

func pair() (int, error) { return 0, nil }
func triple() (a int, b, c string) {
	a, b = 1, "b"
	return
}
func takes(a int, b, c string) {}
func variadic(prefix string, rest ...any) int { return len(rest) }

func assignments() {
	var x, y int
	x, y = y, x
	x += 1
	y <<= 2
	x &^= y
	x++
	y--
	a, err := pair()
	b, err := pair()
	_, _, _ = a, b, err
	takes(triple())
	variadic("x", 1, "b", nil)
	variadic("x", []any{1, 2}...)
	variadic("x")
	m := map[string][]int{}
	m["a"], x = nil, 3
	m["b"] = append(m["b"], x)
	v, ok := m["c"]
	var w, ok2 = m["d"]
	var arr [3]*Point
	arr[0], arr[1] = &Point{}, new(Point)
	arr[0].X, (*arr[1]).Y = 1, 2
	*arr[0] = Point{}
	var i interface{} = x
	n, ok := i.(int)
	var s, isString = i.(string)
	_, _ = i.(error)
	ch := make(chan int, 1)
	r, open := <-ch
	_, open = <-ch
	_, _, _, _, _, _, _, _, _, _ = v, ok, w, ok2, n, s, isString, r, open, err
	var err2 error
	x, err2 = pair()
	_ = err2
	(x) = 1
	func() { x, y := y, x; _, _ = x, y }()
	global, other = other2()
}

func other2() (int, string) { return global, other }
