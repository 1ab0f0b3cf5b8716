package main

import "fmt"

type S struct {
	a int
	p *S
	m map[string]int
	s []int
}

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
	fmt.Println(name, "ok")
}

func say(s string, v int) int { fmt.Println(" ", s); return v }

type I interface{ M(int) }
type T int

func (t T) M(int)  {}
func (t *T) P(int) {}

type E struct{ *S }
type EI struct{ I }

var cond = false

func main() {
	var nilp *S
	var nilm map[string]int
	var nili I
	var nilf func(int)
	var nilt *T
	var s []int
	zero := 0
	try("store", func() { nilp.a = say("v", 1) })
	try("nested", func() { nilp.p.a = say("v", 1) })
	try("map", func() { nilm["a"] = say("v", 1) })
	try("mapop", func() { nilm["a"] += say("v", 1) })
	try("index", func() { s[3] = say("v", 1) })
	try("indexop", func() { s[3] += say("v", 1) })
	try("call", func() { nilf(say("arg", 1)) })
	try("invoke", func() { nili.M(say("arg", 1)) })
	try("bound", func() { f := nili.M; fmt.Println("not here"); f(1) })
	try("boundptr", func() { f := nilt.P; f(1) })
	try("boundval", func() { f := nilt.M; fmt.Println("not here"); f(1) })
	try("div", func() { fmt.Println(say("x", 1) / zero) })
	try("divorder", func() { fmt.Println(1/zero, say("y", 2)) })
	try("field", func() { fmt.Println(nilp.a, say("y", 2)) })
	try("embedded", func() { fmt.Println(E{}.a) })
	try("embeddedi", func() { EI{}.M(say("arg", 1)) })
	try("assert", func() { var e any = "x"; fmt.Println(e.(int)) })
	try("assertnil", func() { var e any; fmt.Println(e.(int)) })
	try("asserti", func() { var e any = 1; fmt.Println(e.(I)) })
	try("asserti2", func() { var e any; fmt.Println(e.(I)) })
	try("slice", func() { i := 5; fmt.Println(s[i:]) })
	try("slice3", func() { i, j := 2, 1; fmt.Println(make([]int, 3)[i:j]) })
	try("slice4", func() { i := 9; fmt.Println(make([]int, 3)[:i]) })
	try("slice5", func() { i := 9; fmt.Println(make([]int, 3)[1:2:i]) })
	try("str", func() { i := 9; fmt.Println("abc"[i]) })
	try("str2", func() { i := 9; fmt.Println("abc"[i:]) })
	try("arr", func() { i := 9; var a [3]int; a[i] = 1 })
	try("neg", func() { i := -1; fmt.Println(s[i]) })
	try("make", func() { n := -1; fmt.Println(make([]int, n)) })
	try("makecap", func() { n := 1; fmt.Println(make([]int, 2, n)) })
	try("makechan", func() { n := -1; fmt.Println(make(chan int, n)) })
	try("toarr", func() { fmt.Println([4]int(make([]int, 3))) })
	try("toarrp", func() { fmt.Println((*[4]int)(make([]int, 3))) })
	try("arr0", func() { fmt.Println([0]int(s), (*[0]int)(s) == nil) })
	try("cmp", func() { var a, b any = []int{}, []int{}; fmt.Println(a == b) })
	try("cmp2", func() { var a any = map[int]int{}; fmt.Println(a == a) })
	try("cmp3", func() { var a any = 1; fmt.Println(a == 1, a == 1.0, a == nil, a != "x") })
	try("mapkey", func() { m := map[any]int{}; m[[]int{}] = 1 })
	try("mapkey2", func() { m := map[any]int{}; fmt.Println(m[func() {}]) })
	try("addr", func() { p := &nilp.a; fmt.Println("not here", p) })
	try("addrstar", func() { p := &*nilp; fmt.Println("here?", p) })
	try("shift", func() { n := -1; fmt.Println(1 << n) })
	try("close", func() { var c chan int; close(c) })
	try("send", func() { c := make(chan int, 1); close(c); c <- 1 })
	try("copy", func() { fmt.Println(copy(s, []int{1}), copy(make([]byte, 2), "xyz")) })
	try("append", func() { fmt.Println(append([]byte("a"), "bc"...), append(s, s...), append(s)) })
	try("rangearr", func() {
		var p *[3]int
		fmt.Println(len(p))
		for i := range p {
			fmt.Println(i)
		}
	})
	try("derefarr", func() {
		var p *[3]int
		for i, v := range p {
			fmt.Println(i, v)
		}
	})
	try("panicnil", func() { panic(nil) })
	try("assign2", func() { var a, b int; a, b = 1, *new(int)/zero; fmt.Println(a, b) })
	try("named", func() { fmt.Println(named(zero)) })
	try("condition", func() {
		if cond || nilp.a == 1 {
			fmt.Println("?")
		}
	})
}

func named(z int) (r int) {
	defer func() { recover() }()
	r = 5
	r = 1 / z
	return 9
}
