package basic

var _ = add(1, 2)
var _, _ = pair()
var _ Visitor = VisitFunc(nil)
var _ interface{ Error() string } = (*myErr)(nil)

const _ = 3

type _ struct{ _, _ int }
type _[T any] []T

func _()             {}
func _(x int) int    { return x }
func _[T any](_ T)   {}
func (Point) _()     {}
func (_ Point) _(int) {}

func init() {
	_ = 1
	_, x := 1, 2
	for _ = range "a" {
	}
	for _, _ = range []int{x} {
	}
	_ = func(_ int, _ string) {}
	var _ = x
	const _ = 1 << 3
	type _ int
}

func init() { init2() }

func init2() {}
