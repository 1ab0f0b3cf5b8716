package generics

type Tree[T any] struct {
	Left, Right *Tree[T]
	Value       T
	parents     []Tree[T]
}

type Ordered[T any] interface{ Less(T) bool }

func Insert[T Ordered[T]](t *Tree[T], v T) *Tree[T] {
	switch {
	case t == nil:
		return &Tree[T]{Value: v}
	case v.Less(t.Value):
		t.Left = Insert(t.Left, v)
	default:
		t.Right = Insert[T](t.Right, v)
	}
	return t
}

type Age int

func (a Age) Less(b Age) bool { return a < b }

type (
	P1[T any] struct{ q *Q1[T] }
	Q1[T any] struct{ p P2[T] }
	P2[T any] []P1[T]
	Self[T any] interface{ Clone() Self[T] }
	Builder[B any] interface {
		Build(...func(B) B) B
		*int | *string
	}
	Fix[F Fixer[F]] struct{ f F }
	Fixer[F any]    interface{ Fix(F) F }
	Num1[N Num1[N]] interface{ Add(N) N }
)

type fixed struct{}

func (fixed) Fix(f fixed) fixed { return f }
func (f fixed) Add(fixed) fixed { return f }

func addAll[N Num1[N]](x, y N) N { return x.Add(y).Add(x) }

func mutualA[T any](n int, x T) {
	if n > 0 {
		mutualB(n-1, x)
	}
}

func mutualB[T any](n int, x T) { mutualA[T](n-1, x) }

var tree = Insert(Insert(nil, Age(3)), 4)
var fix = Fix[fixed]{}.f.Fix(fixed{})
var added = addAll(fixed{}, fixed{})
var pq P1[string] = P2[string]{}[0].q.p[0]
