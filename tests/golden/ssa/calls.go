package p

//dump: func methods
//dump: func values
//dump: func variadic
//dump: func interfaces
//dump: func literal

type inner struct{ n int }

func (i inner) Value(x int) int { return i.n + x }
func (i *inner) Pointer()       {}

type middle struct{ *inner }
type outer struct {
	middle
	other inner
	error
}

func two() (int, string)
func fixed(int, any)
func rest(int, ...any)

// Implicit fields, addresses and dereferences.
func methods(o outer, p *outer) {
	o.Value(1)
	o.Pointer()
	p.other.Pointer()
	p.other.Value(2)
	_ = p.Error()
}

func values(o outer, e error) {
	_ = o.Value
	_ = o.Pointer
	_ = e.Error
	_ = outer.Value
	_ = (*inner).Pointer
	_ = error.Error
	inner.Value(o.other, 1)
}

func variadic(s []any) {
	rest(1)
	rest(1, "x", s)
	rest(1, s...)
	rest(two())
	fixed(two())
}

func interfaces(e interface {
	error
	M()
}) error {
	e.M()
	return e
}

func literal(x int) (func() int, func()) {
	return func() int { return x }, func() {}
}
