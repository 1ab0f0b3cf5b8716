// Lines end in CR LF.
package golden

func a()
func b() {}
func c(int) {}
func d(a int) int { return a }
func e(a, b int, c string) (int, error) { return 0, nil }
func f(a int, b ...string) (n int, err error) { return }
func g(int, string, ...bool) (_ int, _ error) { return }
func h(_ int, _, _ string)             {}
func i(a, b, c func(int, string) (x, y int), d struct{ x int }) {}
func j() func() func() int { return nil }
func k() (func()) { return nil }
func l(a []int, b [3]int, c map[string]int, d chan int, e <-chan int, f chan<- int, g *int, h interface{}, i pkg.T) {}
func m(pkg.T, *pkg.T, []pkg.T, ...pkg.T) {}
func n(a pkg.T, b ...*pkg.T) (c pkg.T, d *pkg.T) { return }
func o(
	a int,
	b string,
) (
	c int,
	d error,
) {
	return
}
func p(a, b int,) {}
func q(a ...interface{ M() }) {}
func r((int), (a.b), *(c)) {}
func init() {}
func init() {}
func main() {}
func _() {}

func (T) s()                  {}
func (t T) t()                {}
func (t *T) u(a int) int      { return a }
func (*T) v()                 {}
func (_ T) w()
func (t (T)) x()              {}
func (t *(T)) y()             {}
func (t G[A]) z()             {}
func (t *G[A, B]) aa(x A) B   { return *new(B) }
func (G[_, B]) bb(B)          {}
func (t T,) cc()              {}
var raw = `one
two
`
/* a
b */
var s = "x" // c
func last() {
	x := 1 // d
	_ = x
}
