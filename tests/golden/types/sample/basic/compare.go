package basic

type Cmp struct {
	A int
	B [2]string
	C any
}

func comparisons(p, q *int, i, j any, e error, f func(), m map[int]int, s []int, c chan int, x, y Cmp) []bool {
	type B bool
	var b B = p == q
	return []bool{
		p == nil, nil == q, p != q,
		i == j, i == 3, "x" != j, i == nil, e == i, e != nil,
		f == nil, m != nil, s == nil, nil != c,
		x == y, x.B == y.B, [1]int{1} == [...]int{2},
		struct{}{} == struct{}{},
		bool(b), 1.5 < 2, 'a' >= 97, "a" <= "b",
		i == x, p == (*int)(nil), !(1 == 2) && true || false,
	}
}

func ordered[T int | string](a, b T) (bool, bool) { return a < b, a == b }
func equal[T comparable](a, b T) bool             { return a == b || any(a) == any(b) }
