package generics

type Num3[T Num] struct{ v T }

func (n Num3[T]) Add(m Num3[T]) Num3[T] { return Num3[T]{n.v + m.v} }
func (n *Num3[T]) Set(v T)               { n.v = v }
func (n Num3[T]) Apply(fs ...func(T) T) (r Num3[T]) {
	r = n
	for _, f := range fs {
		r.v = f(r.v)
	}
	return
}

type Wrapper[T any] struct {
	Inner T
	*Num3[int]
}

type Stringer interface{ String() string }

type Named2[T Stringer] struct{ t T }

func (n Named2[T]) String() string { return n.t.String() }

type str string

func (s str) String() string { return string(s) }

func Join[T Stringer](xs ...T) (s string) {
	for _, x := range xs {
		s += x.String()
	}
	return
}

func useMethods() {
	n := Num3[float64]{1}
	n.Set(2)
	_ = n.Add(n).Apply(func(f float64) float64 { return f }, nil).v
	set := n.Set
	set(3)
	expr := Num3[int].Add
	_ = expr(Num3[int]{}, Num3[int]{})
	ptr := (*Num3[int64]).Set
	ptr(nil, 1)
	w := Wrapper[Wrapper[string]]{}
	w.Set(1)
	w.Inner.Set(2)
	_ = w.Inner.Inner + "x"
	_ = w.Num3.v + w.v
	_ = Join(str("a"), "b")
	_ = Join[Stringer](str("a"), Named2[str]{"b"})
	_ = Named2[Named2[str]]{Named2[str]{"x"}}.String()
	var i Stringer = Named2[Stringer]{}
	_ = i.String()
}
