package generics

func makeIt[S ~[]int](n int) S                { return make(S, n) }
func index[T []int | [4]int](t T) int              { return t[0] }
func callIt[F ~func(int) string](f F) string            { return f(1) }
func send[C chan int | chan<- int](c C)                 { c <- 1 }
func rangeOver[T ~map[string]int](t T) (k string, v int) {
	for k, v = range t {
	}
	return
}
func lit[T ~[]string]() T                   { return T{"a", 1: "b"} }
func litStruct[T struct{ A, B int }]() T                { return T{A: 1} }
func litMap[M ~map[K]V, K comparable, V any](k K, v V) M { return M{k: v} }
func slice[T ~string | ~[]byte](t T) T                  { return t[1:2] }
func deref[P *int](p P) int                      { return *p }
func appendTo[S ~[]byte](s S, t string) S               { return append(s, t...) }
func copyFrom[B []byte | string](b B) int               { return copy(make([]byte, 3), b) }
func convert[To, From ~int | ~float64](f From) To       { return To(f) }
func lenOf[T ~string | ~[]int | [3]int | map[int]bool](t T) int { return len(t) }
func consts[T ~int8 | ~float32]() T                     { return 100 + T(1)*2 }
func neg[T ~int | ~complex128](t T) T                   { return -t + 2 }
func clearIt[M ~map[int]int | ~[]int](m M)              { clear(m) }
func field[T any, P interface{ *T; M() }](p P)          { p.M() }
func isNil[T any, P *T | []T | map[int]T](p P) bool     { return p == nil }

func constraintNil[T interface{ ~[]int | ~map[int]int }](t T) bool { return t != nil }

func localTypes[T any](x T) any {
	type pair struct{ a, b T }
	type gen = []pair
	f := func(p pair) gen { return gen{p, {x, x}} }
	var arr [2]T
	arr[0] = f(pair{x, x})[1].a
	return arr
}

func useCore() {
	_ = makeIt[[]int](3)
	_ = index([4]int{1: 2})
	_ = callIt(func(int) string { return "" })
	send(make(chan int))
	_ = lit[[]string]()
	_ = litMap[map[string]int]("a", 1)
	_ = convert[float64](3)
	_ = lenOf([3]int{}) + lenOf("abc")
	_ = isNil[int]((*int)(nil))
	_ = localTypes("x")
	_, _ = rangeOver(map[string]int{})
}
