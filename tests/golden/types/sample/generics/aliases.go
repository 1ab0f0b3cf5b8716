package generics

type (
	Vec[T any]            = []T
	MapOf[V any]          = map[string]V
	PairOf[T any]         = Entry2[T, T]
	Entry2[A, B any]      struct{ a A; b B }
	IntVec                = Vec[int]
	Nested[T any]         = MapOf[Vec[*T]]
	FuncOf[A, R any]      = func(A) R
	StackOf[T any]        = Stack[T]
	StrCache[V any]       = Cache[string, V]
	Same[T any]           = T2[T]
	T2[T any]             struct{ next *Same[T] }
	Ints[T ~int | ~int8]  = struct{ v T }
	List2                 = List[string]
)

func (s *T2[T]) Next() *Same[T] { return s.next }

func useAliases(v Vec[string], n Nested[int]) (PairOf[int], IntVec) {
	v = append(v, Vec[string]{"a"}...)
	_ = n["k"][0]
	var f FuncOf[int, string] = func(i int) string { return v[i] }
	_ = f(1)
	var s StackOf[rune]
	_, _ = s.Push('a').Pop()
	c := StrCache[bool]{}
	_, _ = c.Get("k")
	_ = Map(v, func(s string) int { return len(s) })
	_ = (&T2[int]{}).Next().next
	_ = Ints[int8]{3}.v
	_ = elem(List2{"a"})
	type local = Vec[Vec[int]]
	_ = local{{1}, {2, 3}}
	return PairOf[int]{1, 2}, IntVec{1}
}

func genericAlias[T comparable](x T) Vec[T] {
	var m MapOf[T]
	return Vec[T]{x, m["a"]}
}
