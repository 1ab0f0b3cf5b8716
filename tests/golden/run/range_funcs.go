package main

import (
	"fmt"
	"iter"
	"slices"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Print("<", n, "done>")
		for i := range n {
			if !yield(i) {
				fmt.Print("<stop", i, ">")
				return
			}
		}
	}
}

func pairs(s ...string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i, v := range s {
			if !yield(i, v) {
				return
			}
		}
	}
}

func none(yield func() bool) {
	for yield() {
	}
}

func try(name string, f func()) {
	defer func() { fmt.Println(name, "->", recover()) }()
	f()
}

func basics() {
	for i := range count(3) {
		fmt.Print(i, " ")
	}
	for i := range count(5) {
		if i == 1 {
			continue
		}
		if i == 3 {
			break
		}
		fmt.Print(i, " ")
	}
	for range count(2) {
		fmt.Print(".")
	}
	for i, s := range pairs("a", "b") {
		fmt.Print(i, s)
	}
	for i := range pairs("a", "b") {
		fmt.Print(i)
	}
	for _, s := range pairs("a", "b") {
		fmt.Print(s)
	}
	n := 0
	for range none {
		n++
		if n == 4 {
			break
		}
	}
	var k int
	var v string
	m := map[string]int{}
	for k, v = range pairs("x", "y") {
		m[v] = k
	}
	fmt.Println(n, k, v, m)
	var arr [3]int
	for arr[n-3] = range count(3) {
		fmt.Print(arr)
	}
	var e any
	for e = range count(2) {
		fmt.Print(e)
	}
	fmt.Println()
	var fs []func() int
	for i := range count(3) {
		fs = append(fs, func() int { i += 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
}

func ret1(n int) int {
	for i := range count(10) {
		if i == n {
			return i * 100
		}
	}
	return -1
}

func ret2(n int) (a int, s string) {
	defer func() { s += "!" }()
	for i := range count(4) {
		for j, v := range pairs("p", "q", "r") {
			a++
			if i*j == n {
				return i, v
			}
			if i == 3 {
				s = "naked"
				return
			}
		}
	}
	return 0, "none"
}

func ret3(n int) (int, string, error) {
	for i := range count(n) {
		for j := range count(n) {
			for k := range count(n) {
				if i+j+k == 4 {
					return two(i, k)
				}
			}
		}
	}
	return 0, "", nil
}

func two(a, b int) (int, string, error) { return a * b, fmt.Sprint(a, b), nil }

func labelled() {
outer:
	for i := range count(4) {
		for j := range count(4) {
			switch {
			case j == 2:
				continue outer
			case i == 2:
				break outer
			}
			for k := range count(2) {
				if k == 1 && i == 1 {
					continue outer
				}
				if i == 0 && k == 1 {
					break
				}
				fmt.Print(i, j, k, " ")
			}
		}
	}
	fmt.Println()
plain:
	for i := 0; i < 3; i++ {
		for j := range count(3) {
			for range none {
				if j == 1 {
					continue plain
				}
				if i == 2 {
					break plain
				}
				break
			}
			fmt.Print(i, j, " ")
		}
	}
	fmt.Println()
	n := 0
top:
	for i := range count(3) {
		for j := range count(3) {
			n++
			if n == 3 {
				goto top
			}
			if n == 7 {
				goto mid
			}
			if n == 9 {
				goto end
			}
			fmt.Print(i, j, " ")
		}
	mid:
		fmt.Print("mid")
	}
end:
	fmt.Println("end", n)
sw:
	switch n {
	case 9:
		for i := range count(3) {
			for range count(2) {
				if i == 1 {
					break sw
				}
			}
		}
		fmt.Println("no")
	}
sel:
	select {
	default:
		for range count(2) {
			break sel
		}
	}
a:
	for i := range count(2) {
	b:
		for j := 0; j < 2; j++ {
			for k := range count(2) {
				if k == 0 && j == 0 {
					continue b
				}
				if j == 1 && i == 0 {
					continue a
				}
				break a
			}
		}
	}
	fmt.Println()
}

func defers() (s string) {
	defer func() { s += "[first]" }()
	for i := range count(2) {
		defer func() { s += fmt.Sprint("[body", i, "]") }()
		for j := range count(2) {
			defer func(k int) { s += fmt.Sprint("[inner", i, j, k, "]") }(j * 10)
		}
		func() {
			defer func() { s += "(lit)" }()
		}()
	}
	defer func() { s += "[mid]" }()
	for i := range count(3) {
		defer func() { s += fmt.Sprint("[second", i, "]") }()
		if i == 1 {
			return "ret"
		}
	}
	return "end"
}

func deferRecover() (err error) {
	for i := range count(3) {
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("recovered %v in %d", r, i)
			}
		}()
		if i == 1 {
			panic("boom")
		}
	}
	return nil
}

func misuse() {
	try("swallow", func() {
		for i := range func(yield func(int) bool) {
			defer func() { fmt.Print("iter recovered ", recover(), " ") }()
			yield(1)
		} {
			panic(fmt.Sprint("body ", i))
		}
	})
	try("after stop", func() {
		for range func(yield func(int) bool) {
			yield(1)
			yield(2)
		} {
			break
		}
	})
	try("after stop recovered", func() {
		for range func(yield func(int) bool) {
			yield(1)
			func() {
				defer func() { fmt.Print("inside ", recover(), " ") }()
				yield(2)
			}()
		} {
			break
		}
	})
	var saved func(int) bool
	try("exhausted", func() {
		for i := range func(yield func(int) bool) { saved = yield; yield(1) } {
			fmt.Print("i", i, " ")
		}
		saved(2)
	})
	try("after panic", func() {
		for i := range func(yield func(int) bool) {
			func() {
				defer func() { fmt.Print("[", recover(), "] ") }()
				yield(1)
			}()
			yield(2)
		} {
			panic(i)
		}
	})
	try("reentrant", func() {
		for i := range func(yield func(int) bool) { saved = yield; yield(1) } {
			fmt.Print("i", i, " ")
			saved(2)
		}
	})
	try("nested break ignored", func() {
	outer:
		for range func(yield func(int) bool) { yield(1); yield(2) } {
			for range func(yield func(int) bool) { yield(1); yield(2) } {
				break outer
			}
		}
	})
	try("nested return ignored", func() {
		for range func(yield func(int) bool) {
			defer func() { fmt.Print("[", recover(), "] ") }()
			yield(1)
			yield(2)
		} {
			for range func(yield func(int) bool) {
				yield(1)
			} {
				return
			}
		}
		fmt.Print("after ")
	})
	try("nil", func() {
		var f iter.Seq[int]
		for range f {
		}
	})
	try("panic in iterator", func() {
		for range func(yield func(int) bool) { yield(1); panic("iterator") } {
			fmt.Print("body ")
		}
	})
	try("goexit-like", func() {
		for range func(yield func(int) bool) {
			defer func() { panic("in cleanup") }()
			yield(1)
		} {
			return
		}
	})
}

type list[T any] struct {
	v    T
	next *list[T]
}

func (l *list[T]) All() iter.Seq[T] {
	return func(yield func(T) bool) {
		for ; l != nil; l = l.next {
			if !yield(l.v) {
				return
			}
		}
	}
}
func (l *list[T]) Each(yield func(T) bool) {
	for ; l != nil && yield(l.v); l = l.next {
	}
}

type seq func(func(string) bool)

func gen[T any, F ~func(yield func(T) bool)](f F) (out []T) {
	for v := range f {
		out = append(out, v)
	}
	return
}

func generics() {
	l := &list[int]{1, &list[int]{2, nil}}
	for v := range l.All() {
		fmt.Print(v)
	}
	for v := range l.Each {
		fmt.Print(v)
	}
	fmt.Println(gen(l.Each), gen(l.All()), gen(seq(func(y func(string) bool) { _ = y("a") && y("b") })))
	fmt.Println(slices.Collect(count(3)), slices.Sorted(slices.Values([]int{3, 1, 2})))
	fmt.Println(slices.Collect(func(yield func(string) bool) {
		for i, s := range pairs("a", "b", "c") {
			if i == 1 {
				continue
			}
			if !yield(s) {
				return
			}
		}
	}))
}

func recover1() {
	defer func() {
		for range count(1) {
			fmt.Println("in body", recover())
		}
		fmt.Println("direct", recover())
	}()
	panic("p")
}

func pull() {
	next, stop := iter.Pull(count(3))
	fmt.Println(next())
	fmt.Println(next())
	stop()
	fmt.Println(next())
	n2, s2 := iter.Pull2(pairs("a"))
	defer s2()
	fmt.Println(n2())
	fmt.Println(n2())
}

func shadow() (x int, err error) {
	for x := range count(3) {
		if x == 2 {
			err = fmt.Errorf("at %d", x)
			return x, err
		}
	}
	return
}

func deep() (out []int) {
	for a := range count(2) {
		for b := range count(2) {
			func() {
				for c := range count(2) {
					out = append(out, a*4+b*2+c)
					if c == 1 && b == 1 {
						return
					}
				}
			}()
		}
	}
	return
}

var glob = func() (n int) {
	for i := range count(4) {
		n += i
	}
	return
}()

func main() {
	basics()
	fmt.Println(ret1(3), ret1(20))
	fmt.Println(ret2(2))
	fmt.Println(ret2(99))
	fmt.Println(ret3(3))
	labelled()
	fmt.Println(defers())
	fmt.Println(deferRecover())
	misuse()
	generics()
	recover1()
	pull()
	fmt.Println(shadow())
	fmt.Println(deep(), glob)
}
