package main

import "fmt"

var log []string

func at(s string) string { log = append(log, s); return s }

type obj struct{ n int }

func (o obj) val(s ...string)  { fmt.Println("val", o.n, s) }
func (o *obj) ptr(s ...string) { fmt.Println("ptr", o.n, s) }
func mk(s string) *obj         { at(s); return &obj{len(s)} }

type iface interface{ val(...string) }

func f() (fn func(string) func(...string)) {
	at("f")
	return func(s string) func(...string) {
		at("fn " + s)
		return func(x ...string) { fmt.Println("inner", s, x) }
	}
}

func order() {
	o := obj{1}
	p := &o
	var i iface = o
	arr := []func(){func() { fmt.Println("zero") }, func() { fmt.Println("one") }}
	k := 1
	defer arr[k]()
	k = 0
	defer o.val(at("1"), at("2"))
	defer p.val(at("3"))
	defer p.ptr(at("4"))
	defer i.val(at("5"))
	defer mk("six").ptr(at("7"))
	defer f()(at("8"))(at("9"), at("10"))
	defer (*obj).ptr(p, at("11"))
	defer iface.val(i, at("12"))
	defer func(a, b string) { fmt.Println(a, b) }(func() (string, string) { return at("13"), at("14") }())
	o.n = 50
	p = &obj{99}
	i = obj{77}
	arr[1] = nil
	m := map[string]int{"x": 1}
	defer delete(m, at("x"))
	defer func() { fmt.Println(len(m)) }()
	defer print(at(""))
	c := make(chan int, 1)
	defer close(c)
	defer copy(make([]int, 2), []int{len(at("c"))})
	fmt.Println(log)
}

func nils() {
	defer func() { fmt.Println("recovered", recover()) }()
	var p *obj
	defer func() { fmt.Println("inner", recover()) }()
	defer p.ptr()
	defer fmt.Println("before", p == nil)
	defer p.val("not reached")
	fmt.Println("not reached")
}

func nilFunc() {
	defer func() { fmt.Println("recovered", recover()) }()
	var g func()
	defer g()
	fmt.Println("registered")
}

func nilIface() {
	defer func() { fmt.Println("recovered", recover()) }()
	var i iface
	defer i.val(at("arg"))
	fmt.Println("not reached")
}

func main() {
	order()
	nils()
	nilFunc()
	log = nil
	nilIface()
	fmt.Println(log)
}
