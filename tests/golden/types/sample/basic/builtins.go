package basic

type myErr struct{}

func (*myErr) Error() string { return "" }

func builtins(args ...string) (result int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err, _ = r.(error)
		}
	}()
	p := new(int)
	*p = len(args)
	q := new([3]map[string]int)
	q[0] = make(map[string]int)
	s := make([]int, *p, 10)
	t := make([]string, 1e1)
	print("a", 1, 'b', nil == err)
	println(s, t, 2.5, 1i)
	if len(t) > int(cap(s)) {
		panic(&myErr{})
	}
	var f func(...string) (int, error) = builtins
	go println("x")
	defer delete(q[0], "k")
	defer print()
	_, _ = f()
	new(Point).X++
	type local struct{ a, b uint8 }
	pl := new(local)
	pl.a, pl.b = min(pl.b, 2), max(pl.a, 1, pl.b)
	return cap(q) + len(q), nil
}

func newValues() (*int, *string, *Point) {
	return new(3), new("a" + "b"), new(Point{1, 2})
}
