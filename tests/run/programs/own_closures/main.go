package main

import (
	"fmt"
	"sort"
	"strings"
)

type node struct {
	val         int
	left, right *node
}

func (n *node) walk(yield func(int) bool) bool {
	return n == nil || n.left.walk(yield) && yield(n.val) && n.right.walk(yield)
}

func memo(f func(int) int) func(int) int {
	cache := map[int]int{}
	return func(n int) int {
		if v, ok := cache[n]; ok {
			return v
		}
		v := f(n)
		cache[n] = v
		return v
	}
}

func counter() (inc, get func() int) {
	n := 0
	inc = func() int { n++; return n }
	get = func() int { return n }
	return
}

type op func(float64) float64

func (o op) then(p op) op { return func(x float64) float64 { return p(o(x)) } }

func compose[A, B, C any](f func(A) B, g func(B) C) func(A) C { return func(a A) C { return g(f(a)) } }

func withDefers(names ...string) (trace func() string) {
	var b strings.Builder
	for i, n := range names {
		defer func() {
			fmt.Fprintf(&b, "[%d %s]", i, n)
			n += "?"
		}()
		defer func() { b.WriteString(n); n = "changed" }()
	}
	return b.String
}

func main() {
	var fib func(int) int
	fib = memo(func(n int) int {
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	})
	fmt.Println(fib(80))
	inc, get := counter()
	inc()
	inc()
	fmt.Println(get())
	fmt.Println(op(func(x float64) float64 { return x + 1 }).then(func(x float64) float64 { return x * 2 })(4))
	fmt.Println(compose(strings.ToUpper, func(s string) int { return len(s) })("abc"))
	fmt.Println(withDefers("a", "b", "c")())
	root := &node{5, &node{3, nil, &node{4, nil, nil}}, &node{8, &node{6, nil, nil}, nil}}
	for v := range func(yield func(int) bool) { root.walk(yield) } {
		if v == 6 {
			break
		}
		fmt.Print(v, " ")
	}
	fmt.Println()
	x := 10
	bump := (func(d int) int { x += d; return x })
	y := x + bump(1) + x
	fmt.Println(x, y)
	s := []string{"bb", "a", "ccc"}
	calls := 0
	sort.Slice(s, func(i, j int) bool { calls++; return len(s[i]) > len(s[j]) })
	fmt.Println(s, calls > 0)
	var self func(int) func() int
	self = func(d int) func() int {
		if d == 0 {
			return func() int { x++; return x }
		}
		inner := self(d - 1)
		return func() int { return inner() * 2 }
	}
	fmt.Println(self(3)(), x)
}
