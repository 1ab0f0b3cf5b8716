package golden

type (
	List[T any]                                   []T
	Pair[K comparable, V any]                     struct { Key K; Value V }
	Same[A, B, C any]                             struct{}
	Mixed[A, B any, C comparable, D, E pkg.C]     map[C]func(A, B) (D, E)
	Number[T int | float64]                       struct{ x T }
	Approx[T ~int | ~string]                      struct{ x T }
	Inline[T interface{ ~[]E }, E any]            struct{}
	Method[T interface{ M() T; comparable }]      func(T) T
	Self[T Self[T]]                               interface{ Less(T) bool }
	Tree[T interface{ Compare(T) int }]           struct { left, right *Tree[T]; value T }
	PtrTo[T any, P interface{ *T; Set(string) }]  struct{}
	Slice[S ~[]E, E any]                          func(S) E
	Trailing[T any,]                              struct{}
	Chan[T <-chan int | chan<- int]               struct{}
	Func[F func() | func(int) string]             struct{}
	Map[M ~map[K]V, K comparable, V any]          struct{}
	Qualified[T pkg.Constraint[pkg.A, int]]       struct{}
	Array[T [10]int | []int]                      struct{}
	Struct[T struct{ x int } | *struct{}]         struct{}
	Nested[T List[Pair[string, List[T]]]]         struct{}
	_[_ any]                                      int
)

type Alias[T any] = List[T]
type AliasTwo[K comparable, V any,] = map[K][]V
type AliasFunc[T any] = func(T) (T, error)
type AliasPtr[T ~int] = *T

type User struct {
	List[int]
	*Pair[string, User]
	pkg.Set[int]
	*pkg.Map[string, []int]
	a List[List[List[int]]]
	b Pair[string, func(List[int]) Pair[int, int]]
	c [3]List[int]
	d []List[int]
	e map[List[int]]List[string]
	f chan List[int]
	g func(List[int]) List[string]
	h *List[*int]
	i, j Same[int, string, bool]
}
