package golden

func Map[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

func Keys[M ~map[K]V, K comparable, V any](m M) []K { return nil }

func Sum[T interface{ ~int | ~float64 }](xs ...T) (total T) { return }

func One[T any](x T) T { return x }

func Comma[T any,](T) {}

func External[T, U any](T) U

func Ptr[T any, P interface{ *T; Set(string) }]() {}

func (l *List[T]) Push(x T)               {}
func (l List[T]) Each(yield func(T) bool) {}
func (p Pair[K, V,]) Swap() Pair[V, K]    { return Pair[V, K]{p.v, p.k} }

func use() {
	_ = Map[int, string](nil, nil)
	_ = Map[int](nil, nil)
	_ = Map[int, string]
	_ = One[int](1)
	_ = One[List[Pair[int, string]]]
	_ = pkg.Map[int, string,](x)
	_ = pkg.F[int]
	_ = pkg.G[pkg.T]().Method(1)[2]
	f := Sum[float64]
	f(1, 2, 3)
	_ = List[int]{1, 2, 3}
	_ = Pair[string, int]{"a", 1}
	_ = Pair[string, List[int]]{Key: "a"}
	_ = &Pair[string, *int]{}
	_ = []List[int]{{1}, {2}}
	_ = map[string]Pair[int, int]{"a": {1, 2}}
	_ = List[int](nil)
	_ = (List[int])(nil)
	_ = (*List[int])(nil)
	_ = List[[]int].Push
	_ = (*List[int]).Push
	_ = Pair[func(int) string, chan<- int]{}
	_ = x[struct{ a int }, interface{ M() }]
	_ = x[[]int, [3]int, map[int]int]
	_ = x[*int]
	_ = x[*int, *string]
	_ = x[a*b]
	_ = x[func() {}]
	_ = x[func()]
	_ = x[chan int, <-chan int]
	var _ List[int] = nil
	var y, z Pair[int, string]
	_ = x.(List[int])
	switch x.(type) {
	case List[int], *Pair[string, int]:
	case func(List[int]):
	}
	_ = new(List[int])
	_ = make(chan Pair[int, int])
	if x < y && z > (1) {
	}
	_ = w(x < y, z > (1))
	_ = a[b](c)[d](e)
}
