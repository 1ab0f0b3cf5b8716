package p

type T int

func (T) m() {}

func _(x int, s string, a any, e error, b bool) {
	switch x {
	case 1, 2, 1:
	case "a":
	case s:
	case 2:
	default:
	default:
	}
	switch s {
	case "a", "b", "a":
	}
	switch {
	case x:
	case 1 == 1, true, true:
	}
	switch a {
	case 1, 1, "a", "a", 1.0:
	}
	switch a.(type) {
	case int, int:
	case undefined:
	case error, error:
	case nil, nil:
	default:
	default:
	}
	switch e.(type) {
	case int:
	case T:
	case *T:
	}
	switch x.(type) {
	}
	switch y := a.(type) {
	case int:
	}
	switch y := a.(type) {
	case int:
		_ = y + "a"
	case int8, string:
		_ = y + 1
	default:
		_ = y.x
	}
	switch f := func() {}; f {
	case nil:
	case f:
	}
	switch [2]int{} {
	case [2]int{1}:
	case [3]int{}:
	}
	switch b {
	case 1 < 2:
	case 1:
	}
	switch nil {
	}
	select {
	case x:
	case x = 1:
	case y := 2:
	}
	a.(type)
	_ = a.(type)
}
