package basic

func counter() (inc func() int, get func() int) {
	n := 0
	inc = func() int {
		n++
		return n
	}
	get = func() int { return n }
	return
}

func capture() []func() int {
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i := i * 2; return i })
	}
	for i, s := range []string{"a"} {
		defer func(k int) { _ = s; _ = k + i }(i)
	}
	type node struct {
		next *node
		f    func(*node) *node
	}
	n := &node{f: func(n *node) *node { return n.next }}
	n.f(n).f(n)
	x := struct{ g func(x int) (y int) }{func(x int) (y int) { y = x; return }}
	_ = x.g(3)
	return fs
}
