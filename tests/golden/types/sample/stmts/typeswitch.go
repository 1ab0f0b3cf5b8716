package stmts

type Shape interface{ Area() float64 }
type Square struct{ side float64 }
type Circle struct{ r float64 }

func (s Square) Area() float64  { return s.side * s.side }
func (c *Circle) Area() float64 { return 3 * c.r }

func classify(x any, sh Shape, err error) string {
	switch v := x.(type) {
	case nil:
		_ = v
	case int:
		return string(rune(v))
	case string, []byte:
		_ = v
	case func(int) string:
		return v(1)
	case error:
		return v.Error()
	case *Circle:
		_ = v.r
	case interface{ Area() float64 }:
		_ = v.Area()
	case struct{ a, b int }:
		_ = v.a
	case map[string]chan<- int:
		v["a"] <- 1
	default:
		_ = v
	}
	switch sh.(type) {
	case Square, *Circle:
	case nil:
	}
	switch s := sh.(type) {
	case Square:
		s.side++
	case *Circle:
		s.r++
	}
	switch y := 3; z := x.(type) {
	case int:
		_ = y + z
	}
	switch err := err.(type) {
	case interface{ Unwrap() error }:
		return err.Unwrap().Error()
	}
	switch any(sh).(type) {
	}
	return ""
}

func generic[T any](x T) int {
	switch any(x).(type) {
	case int:
		return 1
	case []T:
		return 2
	case T:
		return 3
	case *T:
		return 4
	}
	if v, ok := any(x).(interface{ M(T) T }); ok {
		_ = v.M(x)
	}
	return 0
}
