package generics

func Map[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

func Filter[S ~[]E, E any](s S, keep func(E) bool) S {
	var out S
	for _, e := range s {
		if keep(e) {
			out = append(out, e)
		}
	}
	return out[:len(out):len(out)]
}

func Keys[M ~map[K]V, K comparable, V any](m M) (keys []K) {
	for k := range m {
		keys = append(keys, k)
	}
	return
}

func Must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

func Zero[T any]() (zero T) { return }
func Ptr[T any](x T) *T      { return &x }

type Strings []string

func parse(s string) (int, error) { return len(s), nil }

func calls() {
	_ = Map([]int{1}, func(i int) string { return "" })
	_ = Map(Strings{"a"}, func(s string) int { return len(s) })
	_ = Map[string, []byte](nil, func(s string) []byte { return []byte(s) })
	_ = Map([]int{}, Ptr[int])
	_ = Map([]int{}, Ptr)
	_ = Filter(Strings{}, func(s string) bool { return s != "" })
	_ = Filter[Strings](nil, nil)
	_ = Keys(map[string]int{})
	_ = Must(parse("x"))
	_ = Zero[int]() + Zero[int]()
	_ = Zero[map[string][]func(int) error]()
	_ = *Ptr(3) + *Ptr[int](4)
	f := Map[int, float64]
	_ = f(nil, nil)
	var g func([]string, func(string) rune) []rune = Map
	_ = g
	h := Filter[[]int]
	_ = h
	_ = (Zero[string])()
	_ = Ptr(Ptr(Ptr("x")))
	_ = []func(int) *int{Ptr[int]}
	take(Ptr, Zero)
}

func take(p func(string) *string, z func() bool) {}
