package golden

type P struct{ x, y int }

var (
	a = P{}
	b = P{1, 2}
	c = P{x: 1, y: 2}
	d = P{
		1,
		2,
	}
	e = &P{x: 1}
	f = []int{}
	g = []int{1, 2, 3,}
	h = [...]string{"a", 2: "c", 5: "f"}
	i = [3]int{0: 1, 1: 2}
	j = map[string]int{"a": 1, "b": 2}
	k = map[P]string{{1, 2}: "a", {x: 3}: "b"}
	l = [][]int{{1}, {2, 3}, {}}
	m = []*P{{1, 2}, {}, nil, &P{3, 4}}
	n = map[string][]P{"a": {{1, 2}, {3, 4}}, "b": nil}
	o = [][][]int{{{1}}, {{2}, {3}}}
	p = struct{ a, b int }{1, 2}
	q = []struct {
		name string
		f    func(int) int
	}{
		{"a", func(x int) int { return x }},
		{name: "b", f: nil},
	}
	r = pkg.T{}
	s = &pkg.T{A: 1, B: pkg.U{2}}
	t = List[int]{1}
	u = pkg.List[int, string]{1: "x"}
	v = map[[2]int]map[string]*P{{1, 2}: {"x": {1, 2}}}
	w = []func(){func() {}, nil}
	x = []interface{}{1, "a", nil, P{}, []int{1}}
	y = []int{'a': 1, 'b': 2, 1 + 2: 3, f(x): 4}
	z = P{1, 2}.x + []int{1}[0] + len(map[int]int{1: 2})
	aa = [...]int{}
	ab = [2][]map[string]chan int{}
	ac = map[string]func(P) P{"id": func(p P) P { return p }}
	ad = []byte{0x1, 'a', "s"[0]}
)
