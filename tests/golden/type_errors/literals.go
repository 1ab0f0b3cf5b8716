package p

type P struct{ X, Y int }
type Q struct {
	P
	z string
}

var (
	_ = P{1}
	_ = P{1, 2, 3}
	_ = P{1, Y: 2}
	_ = P{Z: 1}
	_ = P{X: 1, X: 2}
	_ = P{X: "a"}
	_ = Q{X: 1}
	_ = Q{P{1, 2}, 3}
	_ = []int{1, "a"}
	_ = []int{0: 1, 0: 2}
	_ = [2]int{1, 2, 3}
	_ = [2]int{5: 1}
	_ = []int{"k": 1}
	_ = []int{-1: 1}
	_ = map[string]int{"a": 1, "a": 2}
	_ = map[string]int{1: 1}
	_ = map[string]int{"a"}
	_ = map[[]int]int{}
	_ = int{}
	_ = *P{}
	_ = undefined{}
	_ = []P{{1}, {X: 1, 2}}
	_ = []*int{{1}}
	_ = [...]int
	_ [...]int
	_ = struct{ a int }{b: 1}
	_ = f{}
	_ = []int{f: 1}
	_ = map[any]int{1: 1, 1.0: 2, "a": 3, "a": 4, 1: 5}
	_ = map[P]int{{1, 2}: 1, {1, 2}: 2, {1}: 3}
)

func f() {}
