package main

import (
	"errors"
	"fmt"
)

type pair struct{ a, b int }

func (p pair) show(s string)   { fmt.Println(s, p) }
func (p *pair) change()        { p.a *= 2 }
func get() (p pair, err error) { defer p.show("copied"); defer p.change(); p = pair{3, 4}; return p, nil }

func swap() (a, b int, s []int) {
	s = []int{0, 0}
	defer func() { a, b = b, a; s[0], s[1] = a, b }()
	return 1, 2, s
}

func loop() (n int) {
	for n = 0; n < 5; n++ {
		defer func(m int) { n += m }(n)
		if n == 3 {
			return n * 100
		}
	}
	return -1
}

func shadow() (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("wrapped: %w", err)
		}
	}()
	if _, err := fmt.Sscan("x", new(int)); err != nil {
		return errors.New("inner")
	}
	return
}

func recursive(n int) (sum int) {
	defer func() {
		if r := recover(); r != nil {
			sum += r.(int)
			if n < 3 {
				panic(sum)
			}
		}
	}()
	if n == 0 {
		panic(1)
	}
	sum = n
	return sum + recursive(n-1)
}

func array() (a [3]int) {
	p := &a
	defer func() { p[0] = 9; recover() }()
	a[1] = 5
	i := 3
	a[i%4] = 1
	return [3]int{7, 7, 7}
}

func blank() (_ int, _ string, err error) {
	defer func() { recover(); err = errors.New("set") }()
	return 1, "two", func() error { panic("no") }()
}

func closures() (f func() int) {
	x := 1
	defer func() { x = 10; g := f; f = func() int { return g() + 1000 } }()
	return func() int { x++; return x }
}

func multi() (int, error) { return 4, errors.New("four") }
func pass() (n int, err error) {
	defer func() { n++; err = nil }()
	return multi()
}

func main() {
	fmt.Println(get())
	fmt.Println(swap())
	fmt.Println(loop())
	fmt.Println(shadow())
	fmt.Println(recursive(5))
	fmt.Println(array())
	fmt.Println(blank())
	f := closures()
	fmt.Println(f(), f())
	fmt.Println(pass())
}
