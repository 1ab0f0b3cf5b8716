package main

import "fmt"

type S struct {
	a, b int
	p    *S
	arr  [4]int
}

var trace []string

func t(name string, v int) int { trace = append(trace, name); return v }
func show(label string, args ...any) {
	fmt.Println(label, trace, args)
	trace = nil
}

var g = 1

func setg(v int) int { g = v; return v }

func pair() (int, string) { trace = append(trace, "pair"); return 7, "seven" }

func take(n int, s string, rest ...int) string {
	return fmt.Sprint(n, s, rest)
}

type M struct{ n int }

func (m M) Val(x int) int   { return m.n*10 + x }
func (m *M) Ptr(x int) int  { return m.n*100 + x }
func (m *M) Set(x int) *M   { m.n = x; return m }
func id[T any](x T) T       { return x }
func mk() map[string]int    { trace = append(trace, "mk"); return map[string]int{"k": 1} }
func key(s string) string   { trace = append(trace, "key"+s); return s }
func pi(p *int, v int) *int { *p = v; return p }

func main() {
	// Variables are read after calls.
	x := 1
	inc := func() int { x++; return x }
	fmt.Println(x, inc(), x)
	x = 1
	a := x + inc()
	b := inc() + x
	fmt.Println(a, b)
	x = 1
	arr := [3]int{x, inc(), x}
	sl := []int{x, inc(), x}
	fmt.Println(arr, sl)
	x = 1
	m := map[int]int{x: inc(), inc(): x, x + 100: x}
	fmt.Println(len(m), m)
	x = 1
	st := S{a: x, b: inc()}
	fmt.Println(st.a, st.b)
	// Globals.
	g = 1
	fmt.Println(g+setg(5), setg(6)+g, g)
	g = 1
	y := g*10 + setg(2)*100 + g
	fmt.Println(y)
	// Index operands.
	ar := []int{10, 20, 30}
	i := 0
	next := func() int { i++; return i }
	fmt.Println(ar[i], ar[next()], ar[i])
	i = 0
	ar[i] = next()
	fmt.Println(ar)
	i = 0
	ar[i], i = next()+100, 2
	fmt.Println(ar, i)
	i = 0
	i, ar[i] = 1, 7
	fmt.Println(ar, i)
	// && is evaluated at its place.
	x = 1
	r := []bool{x == 1, x == 1 && true, inc() == 2 && x == 2, x == 1}
	fmt.Println(r)
	x = 1
	c := x == 1 && x < 5
	fmt.Println(c, x == 1 || inc() > 0, x == 1 && inc() == 2, x)
	// Methods with value receivers.
	mm := M{1}
	fmt.Println(mm.Val(mm.Set(2).n), mm.n)
	mm = M{1}
	fmt.Println(mm.Val(1)+mm.Set(3).Val(0)+mm.Val(2), mm)
	mp := &mm
	fmt.Println(mp.Val(1), mp.Set(4).Ptr(0), mp.Val(2))
	mm = M{1}
	f := mm.Val
	h := mp.Ptr
	mm.n = 9
	fmt.Println(f(0), h(0), M.Val(mm, 1), (*M).Ptr(mp, 2), (*M).Val(mp, 3))
	// Function values are read late.
	fn := func(v int) int { return v }
	fmt.Println(fn(func() int { fn = func(v int) int { return -v }; return 3 }()))
	// Tuples.
	fmt.Println(take(pair()))
	fmt.Println(fmt.Sprint(pair()))
	// Maps.
	trace = nil
	v := mk()[key("k")] + t("z", 3)
	show("map", v)
	mk()[key("q")] = t("val", 4)
	show("mapassign")
	mk()[key("k")] += t("val", 4)
	show("mapop")
	mx := map[string]int{"a": 1}
	setm := func() int { mx["a"] = 50; return 0 }
	fmt.Println(mx["a"]+setm(), mx["a"])
	mx["a"] = 1
	fmt.Println(mx["a"], setm(), mx["a"])
	mb := map[string]bool{"a": true}
	setb := func() int { mb["a"] = false; return 0 }
	fmt.Println(mb["a"], setb(), mb["a"])
	ms := map[string]M{"a": {1}}
	sets := func() int { ms["a"] = M{2}; return 0 }
	fmt.Println(ms["a"], sets(), ms["a"].n)
	// Interfaces of variables.
	x = 1
	fmt.Println(any(x), inc(), any(x))
	st = S{a: 1}
	sset := func() int { st.a = 5; return 0 }
	fmt.Println(st, sset(), st.a)
	st = S{a: 1}
	fmt.Println(S{a: st.a}, sset(), S{a: st.a}.a)
	st = S{a: 1}
	fmt.Println([2]int{st.a, 2}, sset(), []int{st.a})
	// Conversions of strings.
	bs := []byte("abc")
	setbs := func() string { bs[0] = 'X'; return "-" }
	fmt.Println(string(bs)+setbs(), string(bs))
	str := "abc"
	sets2 := func() string { str = "zzz"; return "-" }
	fmt.Println(string([]byte(str))+sets2(), len(str))
	// len and slices ahead.
	sl = []int{1, 2}
	grow := func() int { sl = append(sl, 3); return 0 }
	fmt.Println(len(sl), grow(), len(sl))
	sl = []int{1, 2}
	fmt.Println(sl[:1], func() int { sl = []int{9, 9}; return 0 }(), sl[:1])
	sl = []int{1, 2}
	q := append(sl, sl[0], func() int { sl[0] = 5; return 6 }(), sl[0])
	fmt.Println(q)
	// Pointers.
	p := &x
	x = 1
	fmt.Println(*p, inc(), *p)
	z := 4
	w := *pi(&z, 5) + *pi(&z, 6)
	fmt.Println(w)
	// Type assertions.
	var e any = 1
	sete := func() int { e = 2; return 0 }
	fmt.Println(e.(int), sete(), e.(int))
	// Receives.
	ch := make(chan int, 3)
	ch <- 1
	ch <- 2
	ch <- 3
	x = 10
	fmt.Println(x+<-ch, <-ch*10+<-ch)
	// Shifts, min, max, new.
	x = 2
	fmt.Println(min(x, inc(), x), max(x, inc()), 1<<x)
	np := new(int)
	*np = id(x) + inc()
	fmt.Println(*np)
	fmt.Println(*new(x) + inc())
	// Nested.
	x = 1
	fmt.Println(fmt.Sprint(x, inc()), fmt.Sprint(x), inc())
	// Named results and parallel assignment.
	l1, l2 := 1, 2
	l1, l2 = l2, l1
	lst := []int{1, 2, 3}
	j := 0
	j, lst[j] = 2, 50
	lst[0], lst[1], lst[2] = lst[2], lst[0], lst[1]
	fmt.Println(l1, l2, lst, j)
	var sp *S = &S{a: 1}
	sp.p = &S{a: 2}
	sp, sp.p.a = sp.p, 77
	fmt.Println(sp.a)
	sp2 := &S{}
	sp2.arr[j], sp2 = 8, &S{b: 3}
	fmt.Println(sp2.arr, sp2.b)
}
