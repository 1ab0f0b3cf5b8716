package p

type Num interface{ ~int | ~float64 }
type List[T any] []T
type Map[K comparable, V any] map[K]V
type Str string

func (Str) String() string { return "" }

func sum[T Num](a, b T) T                     { return a + b }
func two[A, B any](a A) (b B)                 { return }
func plain(int)                               {}
func cmp[T any](a, b T) bool                  { return a == b }
func add[T any](a T) T                        { return a + a }
func str[T interface{ String() string }](t T) { t.Foo() }
func con[T Num]() T                           { return 1.5 }
func nilT[T any]() T                          { return nil }

func (l List[T]) M[U any](u U) {}
func (l List[int]) N()        {}
func (l List) O()             {}
func (m Map[K]) P()           {}

var (
	_ List
	_ List[int, string]
	_ Map[int]
	_ Map[[]int, int]
	_ Map[func(), int]
	_ = sum("a", "b")
	_ = sum(1, "a")
	_ = sum[string]
	_ = sum[int8](1, 2)
	_ = sum
	_ = two(1)
	_ = two[int](1)
	_ = two[int, string, bool](1)
	_ = plain[int](1)
	_ = List{1, 2}
	_ int[string]
	_ = con[string]()
	_ func(string) = two
	_ = str[int]
	_ = [](List[Num]){}
	_ Num
)

func _[T any, T any]()        {}
func _[T undefined]()         {}
func _[T Num](x T)            { _ = x.(int); _ = x << 1; x.y() }
func _[T 3]()                 {}
func _[P *T, T any](p P) T    { return p }
func _[T any](t T) { switch t.(type) {} }
func _[T any](t T) { for range t {} }
func _[T []int | map[string]int](t T) { _ = t[0] }
func _[T int | string](t T) { _ = t(); _ = *t; _ = t.x; _ = T{} ; _ = make(T)}

type A[T any] = T
type B[T any] T
type C[T any] struct{ T }
type D[T Num] struct{ l List[T]; m Map[T, int]; x D[string] }
type F[T any] interface{ m[U any]() }
