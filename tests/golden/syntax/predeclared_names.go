package golden

type (
	any        = interface{}
	error      interface{ Error() string }
	int        string
	string     []byte
	bool       struct{ true, false nil }
	comparable interface{ comparable }
)

const (
	true  = false
	false = nil
	nil   = iota
	iota  = 4
)

func append(len, cap int) (min, max string) { return new(make), panic(recover) }

func min[max any](clear max) (close max) { return print(println, copy, delete, complex, real, imag) }

func _(_ int) (_ int) { var _ = _; _ := 1; _(); return _ }

var init, main, golden, package_, Func, Type, VAR = 1, 2, 3, 4, 5, 6, 7
