package p

import (
	"io"
	"strings"
)

type shape interface{ Area() float64 }

type square struct{ side float64 }
type circle struct{ r float64 }

func (s square) Area() float64  { return s.side * s.side }
func (c *circle) Area() float64 { return 3 * c.r * c.r }

type named struct{ square }

// What is assigned to the interface in this package, and what others may add.
func total(shapes []shape) (sum float64) {
	for _, s := range shapes {
		sum += s.Area()
	}
	return sum
}

func shapes() []shape { return []shape{square{1}, &circle{2}} }

// A method of an embedded field stands for what it leads to.
func promoted(n named) float64 {
	area := n.Area
	return n.Area() + area() + named.Area(n)
}

func apply(fn func(int) int, n int) int { return fn(n) }

func double(n int) int { return 2 * n }

func literals() int {
	add := func(n int) int { return n + 1 }
	defer func() { recover() }()
	go double(1)
	defer double(2)
	return apply(add, 1) + apply(double, 2) + add(3)
}

func either(x bool) int {
	fn := double
	if x {
		fn = func(n int) int { return n }
	}
	return fn(1)
}

func generic[T any](x T, f func(T) T) T { return f(x) }

func instances() string {
	return generic("s", strings.ToUpper) + generic("t", func(s string) string { return s })
}

func outside(r io.Reader, c io.Closer) error {
	if _, err := io.ReadAll(r); err != nil {
		return err
	}
	return c.Close()
}

type list struct{ next *list }

// Functions that call each other.
func (l *list) even() bool { return l == nil || l.next.odd() }
func (l *list) odd() bool  { return l != nil && l.next.even() }

var initial = double(3)
