// exit code 3

package main

import (
	"errors"
	"fmt"
	"os"
	"sync"
)

type T struct{ n int }

func (t T) V(s string)  { fmt.Println("V", t.n, s) }
func (t *T) P(s string) { fmt.Println("P", t.n, s) }

type I interface{ V(string) }
type Emb struct{ *T }
type EmbI struct{ I }

func try(name string, f func()) {
	defer func() { fmt.Println(name, "->", recover()) }()
	f()
}

func forms() {
	t := T{1}
	defer t.V("a")
	defer t.P("b")
	defer (&t).V("c")
	t.n = 2
	var i I = t
	defer i.V("iface")
	i = nil
	f := t.V
	defer f("bound")
	t.n = 3
	defer T.V(t, "expr")
	defer (*T).P(&t, "pexpr")
	defer Emb{&t}.V("promoted")
	defer EmbI{t}.V("promoted iface")
	defer I.V(t, "iface expr")
	defer func(s string, n int) { fmt.Println(s, n, t.n) }("lit", t.n)
	defer fmt.Println("println", t.n)
	g := fmt.Sprint
	defer g("discarded")
	defer gen[int](4)
	defer gen("s")
	t.n = 4
	fs := map[string]func(int){"x": func(n int) { fmt.Println("map", n) }}
	defer fs["x"](t.n)
	delete(fs, "x")
	defer (fmt.Println)("paren")
	defer ret()()
	var e error = errors.New("err")
	defer println2(e.Error())
	t.n = 5
}

func gen[X any](x X) { fmt.Printf("gen %T %v\n", x, x) }
func ret() func()    { fmt.Println("ret"); return func() { fmt.Println("returned") } }
func println2(s string) {
	fmt.Println(s)
}

func builtins() {
	m := map[string]int{"a": 1, "b": 2}
	s := []int{1, 2, 3}
	c := make(chan int, 1)
	func() {
		k := "a"
		defer delete(m, k)
		k = "b"
		defer clear(s)
		defer copy(s, []int{9})
		defer close(c)
		fmt.Println(len(m), s)
	}()
	_, ok := <-c
	fmt.Println(m, s, ok)
	try("panic", func() { defer panic("deferred panic") })
	try("panic2", func() { defer panic(fmt.Sprint("x", 1)); panic("first") })
	func() {
		defer func() { fmt.Println("outer", recover()) }()
		func() {
			defer recover()
			panic("not recovered")
		}()
	}()
	func() {
		defer func() {
			defer recover()
		}()
		panic("recovered by nested defer recover")
	}()
	try("close twice", func() {
		defer close(c)
	})
	try("nil func", func() {
		var f func()
		defer f()
		fmt.Println("reached")
	})
	try("nil iface", func() {
		var i I
		defer i.V("x")
		fmt.Println("not reached")
	})
	try("nil ptr value method", func() {
		var p *T
		defer p.V("x")
		fmt.Println("not reached")
	})
	try("nil ptr", func() {
		defer func() { fmt.Println("inner", recover() != nil) }()
		var p *T
		defer p.P("x")
		fmt.Println("reached")
	})
	try("nil go", func() {
		var m map[string]int
		defer func() { m["x"] = 1 }()
	})
}

func results() {
	fmt.Println(func() (n int) { defer func() { n *= 2 }(); return 21 }())
	fmt.Println(func() int { n := 1; defer func() { n = 50 }(); return n }())
	fmt.Println(func() (a, b int) { defer func() { a, b = b, a }(); a = 5; return 1, a }())
	fmt.Println(func() (a, b int) { a, b = 1, 2; return b, a }())
	fmt.Println(func() (n int, err error) {
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("wrapped: %v", r)
			}
		}()
		n = 3
		panic("oops")
	}())
	fmt.Println(func() (_ int, s string) { defer func() { s += "!" }(); return 4, "x" }())
	fmt.Println(func() (int, string) {
		defer func() { recover() }()
		defer func() { panic("in defer") }()
		return 5, "kept"
	}())
	fmt.Println(func() (int, string) {
		defer func() { recover() }()
		panic(1)
	}())
	fmt.Println(func() (x any) { defer func() { x = fmt.Sprint(x, "!") }(); return 3 }())
	fmt.Println(func() (x int) {
		defer func() { recover() }()
		x = 7
		var p *T
		return p.n
	}())
	two := func() (int, error) { return 8, nil }
	fmt.Println(func() (x any, e error) { defer func() { x = fmt.Sprint(x) + "?" }(); return two() }())
	fmt.Println(func() (p *int) { x := 0; p = &x; defer func() { *p = 9 }(); return p }() != nil)
	f := func() (get func() int, n int) {
		get = func() int { return n }
		n = 4
		return get, 5
	}
	g, n := f()
	fmt.Println(g(), n)
}

func loops() {
	for i := 0; i < 3; i++ {
		defer fmt.Print("d", i, " ")
		defer func() { fmt.Print("c", i, " ") }()
		if i == 1 {
			defer fmt.Print("cond ")
		}
	}
	i := 0
again:
	defer fmt.Print("g", i, " ")
	i++
	if i < 3 {
		goto again
	}
}

func gos() {
	var wg sync.WaitGroup
	var mu sync.Mutex
	n := 0
	t := &T{3}
	wg.Add(6)
	add := func(k int) { mu.Lock(); defer mu.Unlock(); defer wg.Done(); n += k }
	go add(1)
	go func(k int) { add(k) }(10)
	for i := range 3 {
		go func() { add(i * 100) }()
	}
	done := make(chan bool)
	var i I = t
	go func() { i.V("go"); done <- true }()
	<-done
	go wg.Done()
	go t.set(&wg, 1)
	wg.Wait()
	fmt.Println(n)
	c := make(chan int)
	go close(c)
	<-c
	go delete(map[int]int{}, 1)
	go gen2(c)
	try("go nil iface", func() {
		var i I
		go i.V("x")
	})
}

func (t *T) set(wg *sync.WaitGroup, n int) {}
func gen2[X any](x X)                      {}

func early(n int) (s string) {
	defer func() { s += fmt.Sprint("|", n) }()
	if n == 0 {
		return "zero"
	}
	defer func() { s += "+" }()
	for {
		switch {
		case n > 2:
			return "big"
		default:
			n++
		}
	}
}

func main() {
	forms()
	builtins()
	results()
	loops()
	fmt.Println()
	gos()
	fmt.Println(early(0), early(1), early(5))
	defer fmt.Println("never")
	os.Exit(3)
}
