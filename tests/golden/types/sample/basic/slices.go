package basic

func slices(a [5]int, p *[5]int, s []int, str string, n int8) {
	_ = p[:]
	_ = p[1:]
	_ = s[:2]
	_ = s[1:2:3]
	_ = p[n:4:5]
	_ = str[n:]
	_ = a[1]
	_ = p[2]
	_ = s[n]
	_ = "const"[2]
	_ = len(a) + cap(p) + len(str) + cap(s)
	b := a[:]
	b = append(b[:1], b[2:]...)
	b = append(b, 1, 2, 3)
	b = append([]int(nil), a[:]...)
	by := append([]byte("a"), "bc"...)
	k := copy(by, "xyz")
	k += copy(b, a[1:])
	clear(b)
	_ = min(k, 3, 2)
	_ = max(1.5, 2)
	_ = min("a", str)
	x := [...]string{2: "c", 0: "a", "b"}
	y := []string{5: "f", "g"}
	z := [][2]int{{1, 2}, {3}}
	pp := []*Point{{1, 2}, {X: 3}, nil}
	mm := map[Point]string{{1, 2}: "a", {}: "b"}
	mp := map[string]*Point{"a": {1, 2}}
	ms := map[[2]int][]Point{{1, 2}: {{3, 4}, {Y: 5}}}
	deep := [][][]int{{{1}, nil}, {}}
	chars := [...]byte{'a': 1, 'b': 2}
	_, _, _, _, _, _, _, _, _ = x, y, z, pp, mm, mp, ms, deep, chars
	for range x {
	}
	var arr [len(x)]int
	_ = arr
	s2 := []rune{'a', 98, 0x63}
	_ = s2[len(s2)-1]
	_ = &[]int{1}
	_ = (&[3]int{})[1:]
	_ = *(&[2]int{1, 2})
}
