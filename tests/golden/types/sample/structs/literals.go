package structs

type Vec struct{ X, Y float64 }
type Line struct{ From, To Vec }
type Poly []Vec
type Named map[string]Line
type Ptrs []*Line
type Grid [2][2]Vec

var (
	v1   = Vec{1, 2}
	v2   = Vec{Y: 3}
	v3   = &Vec{}
	l1   = Line{Vec{1, 2}, Vec{X: 1}}
	l2   = Line{To: v1}
	p1   = Poly{{1, 2}, {X: 3}, v1, {}}
	n1   = Named{"a": {From: Vec{}, To: v2}, "b": l1}
	ps   = Ptrs{{}, &l1, {From: v1}}
	g1   = Grid{{{1, 2}, {3, 4}}, {1: {5, 6}}}
	a1   = [...]Poly{{{1, 1}}, nil}
	m1   = map[Vec]Poly{{1, 2}: {{3, 4}}}
	mpv  = map[*Vec][]*Vec{{1, 2}: {{3, 4}, nil}}
	nest = []map[string][]int{{"a": {1, 2}}, nil}
	st   = struct {
		a int
		b []struct{ c Vec }
	}{1, []struct{ c Vec }{{Vec{1, 2}}, {c: v1}}}
	iface = []any{1, "a", Vec{}, &v1, nil, []int{}, func() {}}
	big   = [5]string{1: "b", 3: "d"}
	paren = (Vec{1, 2}).X
	addr  = (&Vec{1, 2}).Y
	gen   = Pair[string, Poly]{"a", Poly{{1, 2}}}
	gens  = []Pair[int, Vec]{{1, Vec{}}, {Second: Vec{1, 2}}}
	pgen  = &Pair[rune, *Vec]{Second: &Vec{}}
	mgen  = map[Pair[int, int]]Pair[string, bool]{{1, 2}: {"a", true}}
)

type Pair[A, B any] struct {
	First  A
	Second B
}

func literal[T any, S ~[]T](x T) (S, []T, map[string]T, Pair[T, S], [2]T) {
	return S{x, x}, []T{0: x}, map[string]T{"a": x}, Pair[T, S]{x, S{x}}, [...]T{x, x}
}
