package generics

type List[T any] []T
type Dict[K comparable, V any] map[K]V
type Fun[A, R any] func(A) R
type Opt[T any] interface{ apply(*T) }
type Num interface {
	~int | ~int64 | ~float32 | ~float64
}

func max2[T Num](a, b T) T                            { return max(a, b) }
func pair[A, B any](a A, b B) (A, B)                  { return a, b }
func elem[T any](l List[T]) (t T)                     { return }
func val[K comparable, V any](d Dict[K, V], k K) V    { return d[k] }
func call[A, R any](f Fun[A, R], a A) R               { return f(a) }
func compose[A, B, C any](f func(A) B, g func(B) C) func(A) C {
	return func(a A) C { return g(f(a)) }
}
func recv[T any](c <-chan T) T                        { return <-c }
func deep[T any](m map[string][]*T) (t T)             { return }
func variadic[T any](xs ...T) T                       { return xs[0] }
func scale[S ~[]E, E Num](s S, k E) S                 { return s }
func fromTo[From, To any](f From, conv func(From) To) To { return conv(f) }
func ident[T any](x T) T                              { return x }
func opt[T any](t *T, opts ...Opt[T])                 {}
func arr[T any, A [2]T | [3]T](a A) (t T)             { return }

type setInt struct{}

func (setInt) apply(*int) {}

type Path List[float64]

func inference(c chan string) {
	_ = max2(1, 2.5)
	_ = max2(1, int64(2))
	var i64 int64
	_ = max2(i64, 3)
	_, _ = pair(1, 'a')
	_, _ = pair[string]("a", nil2)
	_ = elem(List[int]{1})
	_ = elem([]string{"a"})
	_ = val(Dict[string, bool]{}, "k")
	_ = val(map[int]error{}, 3)
	_ = call(func(x int) string { return "" }, 1)
	_ = call(Fun[string, int](nil), "a")
	_ = compose(func(int) string { return "" }, func(s string) []byte { return nil })(3)
	_ = recv(c)
	_ = deep(map[string][]*float64{})
	_ = variadic(1, 2, 3.5)
	_ = variadic("a")
	_ = variadic([]error{nil}...)
	_ = scale([]float64{1}, 2)
	_ = scale(Path{1}, 2)
	_ = fromTo(3, func(i int) string { return "" })
	_ = fromTo("x", ident[string])
	_ = fromTo[int, int](3, ident)
	n := 3
	opt(&n, setInt{})
	_ = arr[int]([2]int{})
	_ = ident(1 << 3)
	_ = ident[any](nil)
	var f func(int) int = ident
	_ = f
	var x float32 = max2[float32](1, 2)
	_ = x
}

var nil2 []int

func ident2() func(string) string { return ident }
