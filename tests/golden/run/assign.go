package main

import "fmt"

type pt struct{ x, y int }

var log []string

func tr(s string, v int) int { log = append(log, s); return v }
func flush()                 { fmt.Println(log); log = nil }

func two() (int, string) { return 7, "seven" }

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(name, "panic:", r)
		} else {
			fmt.Println(name, "ok")
		}
	}()
	f()
}

var g int
var gp *pt

func main() {
	// swaps
	a, b := 1, 2
	a, b = b, a
	fmt.Println(a, b)
	s := []int{0, 1, 2, 3}
	i := 1
	i, s[i] = 2, 9
	fmt.Println(i, s)
	s[i], i = 5, 0
	fmt.Println(i, s)
	i = 0
	s[i], s[i+1], i = s[i+1], s[i], 3
	fmt.Println(i, s)
	// order of calls
	m := map[int]int{}
	m[tr("k", 1)] = tr("v", 2)
	flush()
	s[tr("i", 1)], m[tr("k", 2)] = tr("a", 3), tr("b", 4)
	flush()
	s[tr("i", 1)] += tr("a", 3)
	flush()
	m[tr("k", 2)] += tr("b", 4)
	flush()
	fmt.Println(s, m)
	// op assign reads after calls
	x := 1
	f := func() int { x = 10; return 1 }
	x += f()
	fmt.Println(x)
	x = 1
	y := x + f()
	fmt.Println(x, y)
	x = 1
	z := x
	z, x = x, f()
	fmt.Println(z, x)
	// tuples and redeclaration
	n, str := two()
	n2, str := two()
	fmt.Println(n, n2, str)
	_, str = two()
	var e any
	e, str = two()
	fmt.Println(e, str)
	// comma ok
	v, ok := m[2]
	_, ok2 := m[77]
	fmt.Println(v, ok, ok2)
	e = pt{1, 2}
	p, ok := e.(pt)
	fmt.Println(p, ok)
	_, ok = e.(error)
	fmt.Println(ok)
	_, ok = e.(fmt.Stringer)
	fmt.Println(ok)
	var named bool
	type B bool
	var nb B
	v, named = m[3]
	_, nb = m[3]
	fmt.Println(v, named, nb)
	c := make(chan int, 1)
	c <- 4
	v, ok = <-c
	fmt.Println(v, ok)
	close(c)
	v, ok = <-c
	fmt.Println(v, ok)
	// blank
	_ = tr("blank", 1)
	_, _ = tr("b1", 1), tr("b2", 2)
	flush()
	// structs
	q := pt{3, 4}
	q.x, q.y = q.y, q.x
	fmt.Println(q)
	pp := &q
	pp.x, pp = 100, &pt{}
	fmt.Println(q, *pp)
	arr := [3]int{1, 2, 3}
	brr := arr
	brr[0] = 50
	arr, brr = brr, arr
	fmt.Println(arr, brr)
	pa := &arr
	pa[1]++
	pa[2] <<= 3
	fmt.Println(arr)
	str += "x"
	str += string(rune('a' + tr("r", 1)))
	fmt.Println(str)
	// panics and what was assigned before
	try("div map", func() { m[9] /= 0 * tr("z", 0) })
	_, has := m[9]
	fmt.Println(has)
	log = nil
	try("store order", func() {
		var sl []int
		g, sl[3] = 5, 6
	})
	fmt.Println(g)
	try("read first", func() {
		var sl []int
		g, i = 8, sl[3]
	})
	fmt.Println(g)
	try("nil map", func() { var m map[string]int; m["a"] = 1 })
	try("nil map op", func() { var m map[string]int; m["a"]++ })
	try("nil field", func() { gp.x = tr("called", 1) })
	flush()
	try("nil field op", func() { gp.x += 1 })
	try("unhashable", func() { m := map[any]int{}; m[[]int{1}] = 1 })
	try("blank deref", func() { var p *int; _ = *p })
	var iface any
	iface, i = i, 3
	fmt.Println(iface, i)
	type node struct {
		next *node
		v    int
	}
	l := &node{v: 1}
	l.next, l = &node{v: 2}, &node{v: 3}
	fmt.Println(l.v, l.next == nil)
	// reversal of a list
	var head *node
	for i := 0; i < 4; i++ {
		head = &node{head, i}
	}
	var rev *node
	for head != nil {
		head.next, rev, head = rev, head, head.next
	}
	for n := rev; n != nil; n = n.next {
		fmt.Print(n.v, " ")
	}
	fmt.Println()
	var u8 uint8 = 250
	u8 += 10
	u8--
	fmt.Println(u8)
	var fl float32 = 1.5
	fl++
	fl *= 2
	cx := 1 + 2i
	cx++
	cx *= cx
	fmt.Println(fl, cx)
	var sh uint = 3
	one := 1
	one <<= sh
	one &^= 8
	fmt.Println(one)
}
