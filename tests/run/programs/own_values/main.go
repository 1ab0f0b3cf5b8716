package main

import (
	"bufio"
	"bytes"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
)

type Shape interface {
	Area() float64
}
type Square struct{ side float64 }
type Circle struct{ r float64 }

func (s Square) Area() float64  { return s.side * s.side }
func (c *Circle) Area() float64 { return math.Pi * c.r * c.r }

type Number interface{ ~int | ~float64 }

func Sum[T Number](xs ...T) (t T) {
	for _, x := range xs {
		t += x
	}
	return
}

type List[T any] struct {
	head *node[T]
}
type node[T any] struct {
	v    T
	next *node[T]
}

func (l *List[T]) Push(v T) { l.head = &node[T]{v, l.head} }
func (l *List[T]) All() func(yield func(T) bool) {
	return func(yield func(T) bool) {
		for n := l.head; n != nil; n = n.next {
			if !yield(n.v) {
				return
			}
		}
	}
}

func main() {
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	for _, s := range []Shape{Square{2}, &Circle{1}} {
		fmt.Fprintf(w, "%T %.3f\n", s, s.Area())
	}
	fmt.Fprintln(w, Sum(1, 2, 3), Sum(1.5, 2))
	var l List[string]
	for _, s := range strings.Fields("one two three") {
		l.Push(s)
	}
	for s := range l.All() {
		if s == "one" {
			break
		}
		fmt.Fprint(w, s, " ")
	}
	fmt.Fprintln(w)
	m := map[string]int{"b": 2, "a": 1, "c": 3}
	fmt.Fprintln(w, slices.Sorted(maps.Keys(m)), m, len(m))
	clone := maps.Clone(m)
	delete(clone, "a")
	fmt.Fprintln(w, clone, m)
	x := uint8(200)
	x += 100
	fmt.Fprintln(w, x, 7&^5, -7%3, -7>>1, 1<<10)
	fmt.Fprintln(w, math.NaN(), math.Inf(-1), math.MaxInt64, 0.1+0.2, float32(0.1), 1e21, complex(1, -2))
	fmt.Fprintf(w, "%q %x %08.3f %+d %v %c %U\n", "héllo\n", "hi", 3.14159, 5, []byte("ab"), 0x4e16, '世')
	n, err := strconv.Atoi("12x")
	fmt.Fprintln(w, n, err)
	for i, r := range "aé\xff" {
		fmt.Fprint(w, i, ":", r, " ")
	}
	fmt.Fprintln(w, []rune("é"), bytes.ToUpper([]byte("abc")))
	a := [3]int{1, 2, 3}
	b := a
	b[0] = 9
	s := a[:2]
	s = append(s, 7)
	fmt.Fprintln(w, a, b, s, len(s), cap(s), a == [3]int{1, 2, 7})
	type key struct {
		a int
		b any
	}
	mm := map[key]string{{1, "x"}: "one", {1, 2.5}: "two"}
	fmt.Fprintln(w, mm[key{1, "x"}], mm[key{1, 2.5}], mm[key{2, nil}] == "")
}
