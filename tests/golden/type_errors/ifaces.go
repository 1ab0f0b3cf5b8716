package p

type I interface {
	m()
	n(int) string
}
type T1 struct{}
type T2 struct{}
type T3 struct{}

func (T1) m()           {}
func (*T2) m()          {}
func (*T2) n(int) string { return "" }
func (T3) m(int)        {}
func (T3) N(int) string { return "" }

var (
	_ I = T1{}
	_ I = T2{}
	_ I = &T2{}
	_ I = T3{}
	_ I = 3
	_ I = (*I)(nil)
	_ error = I(nil)
	_ = I(T1{})
	_ = I(nil).(T1)
	_ = I(nil).(*T2)
	_ = I(nil).(error)
	_ = I(nil).x
	_ = (*I)(nil).m
	_ interface{ ~int }
	_ comparable
	_ = any(1).m()
	_ []comparable
	_ interface{ ~I }
)

type C interface {
	int | string
	m()
}

func f(c C) C { return c }

type Bad interface {
	~T4
	~I
	I | int
	int | ~int
	comparable | int
	*int | undefined
	error
	T1
}
type T4 int
type E struct {
	*I
	C
	T4
	T5
}
type T5 = *int
