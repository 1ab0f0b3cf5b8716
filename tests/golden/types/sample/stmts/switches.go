package stmts

type Color uint8

const (
	Red Color = iota
	Green
	Blue
)

func name(c Color) string {
	switch c {
	case Red:
		return "red"
	case Green, Blue:
		return "other"
	case 7 + 1:
		return "eight"
	default:
		return ""
	}
}

func switches(x int, s string, i any, f func() (int, error)) {
	switch {
	case x > 1 && x < 3, s == "":
		fallthrough
	case false:
	}
	switch y := x * 2; y {
	case 1, 2, 1 << 3:
	case x:
	}
	switch s := s + "a"; {
	case s < "b":
	}
	switch n, err := f(); err {
	case nil:
		_ = n
	}
	switch i {
	case 1, "a", nil, 2.5, 'r', Red:
	case x, s:
	}
	switch 1 << x {
	case 1, 2:
	}
	switch 'a' + 1 {
	case 98:
	}
	switch f := func() bool { return true }; f() {
	case true, !f():
	}
	switch (x) {
	}
	switch true {
	case x == 1:
	default:
	}
	var e error
	switch e {
	case i:
	}
}
