package p

//dump: func inMemory
//dump: func elements
//dump: func builtins
//dump: func paths

type point struct{ x, y int }
type line struct {
	from, to point
	name     *point
}

var table = map[string][]point{"a": {{1, 2}, {}}, "b": nil}

// Nested literals of structs and arrays are written in place.
func inMemory(n int) (line, *line, []*point) {
	l := line{from: point{n, 1}, to: point{y: 2}}
	return l, &line{name: &point{1, n}}, []*point{{n, n}, 3: nil}
}

func elements(n int) ([4]int, []string, map[point]int) {
	return [...]int{2: n, 1}, []string{3: "x", 1: "y"}, map[point]int{{1, 2}: n}
}

func builtins(s []int, m map[string]int, c chan int, b []byte, f float64) {
	s = append(s)
	s = append(s, 1, 2)
	b = append(b, "text"...)
	copy(b, "x")
	delete(m, "k")
	clear(m)
	close(c)
	_ = make([]int, 2)
	_ = make([]int, 2, len(s))
	_ = make(map[string]int, 5)
	_ = make(chan int)
	_ = new(int)
	_ = min(f, 2, 1.5)
	_ = complex(f, 1)
	_ = cap(s)
	print(1, "x")
	panic("end")
}

// What leads to a field or element is checked when it is stored to.
func paths(p *line, a [3][]point, i int, f func() int) {
	p.to.x = f()
	a[i][i].y += f()
	p.name.x, a[i][0].x = a[i][0].x, p.name.x
}
