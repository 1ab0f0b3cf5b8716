package p

//dump: func expressions
//dump: func conditions
//dump: func kinds
//dump: func generic

func f() int

func expressions(x any) int {
	switch x {
	case 1, "a":
		return 1
	case nil:
		return 2
	case f():
	default:
		return 3
	}
	return 4
}

func conditions(a, b bool, i any) int {
	switch {
	case a && b, f() > 1:
		return 1
	case i:
		return 2
	}
	return 3
}

func kinds(x any) int {
	switch v := x.(type) {
	case int:
		return v
	case nil, error:
		if v == nil {
			return 1
		}
	case interface{ M() int }:
		return v.M()
	default:
		_ = v
	}
	return 0
}

func generic[T any](x any) T {
	switch v := x.(type) {
	case T:
		return v
	case []T:
		return v[0]
	}
	return *new(T)
}
