package main

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sort"
	"strings"
)

type Number interface{ ~int | ~int64 | ~float64 }

func Sum[T Number](xs ...T) (s T) {
	for _, x := range xs {
		s += x
	}
	return
}
func Map[T, U any](xs []T, f func(T) U) []U {
	r := make([]U, 0, len(xs))
	for _, x := range xs {
		r = append(r, f(x))
	}
	return r
}

type List[T any] struct {
	head *node[T]
	size int
}
type node[T any] struct {
	v    T
	next *node[T]
}

func (l *List[T]) Push(v T) *List[T] {
	l.head = &node[T]{v, l.head}
	l.size++
	return l
}
func (l List[T]) All() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		i := 0
		for n := l.head; n != nil; n = n.next {
			if !yield(i, n.v) {
				return
			}
			i++
		}
	}
}

type Stringish interface {
	~string
	Len() int
}
type MS string

func (m MS) Len() int { return len(m) }
func TotalLen[S Stringish](xs ...S) int {
	n := 0
	for _, x := range xs {
		n += x.Len() + len(x) + len(string(x)[1:])
	}
	return n
}

type Setter[T any] interface {
	*T
	Set(string)
}
type Conf struct{ s string }

func (c *Conf) Set(s string) { c.s = s }
func FromStrings[T any, PT Setter[T]](ss []string) []T {
	r := make([]T, len(ss))
	for i, s := range ss {
		p := PT(&r[i])
		p.Set(s)
		f := p.Set
		f(s + "!")
	}
	return r
}

type Base struct{ name string }

func (b Base) Name() string     { return "base " + b.name }
func (b *Base) Rename(s string) { b.name = s }

type Mid struct{ *Base }
type Top struct {
	Mid
	extra int
}
type Namer interface{ Name() string }
type Wrap struct{ Namer }

func CallName[T Namer](x T) string { f := x.Name; g := T.Name; return x.Name() + f() + g(x) }

type Pair[K cmp.Ordered, V any] struct {
	Key K
	Val V
}

func (p Pair[K, V]) String() string { return fmt.Sprintf("<%v=%v>", p.Key, p.Val) }
func SortedPairs[M ~map[K]V, K cmp.Ordered, V any](m M) []Pair[K, V] {
	var ps []Pair[K, V]
	for k, v := range m {
		ps = append(ps, Pair[K, V]{Key: k, Val: v})
	}
	sort.Slice(ps, func(i, j int) bool { return ps[i].Key < ps[j].Key })
	return ps
}

type Tree[T interface{ Less(T) bool }] struct {
	l, r *Tree[T]
	v    T
}

func (t *Tree[T]) Insert(v T) *Tree[T] {
	if t == nil {
		return &Tree[T]{v: v}
	}
	if v.Less(t.v) {
		t.l = t.l.Insert(v)
	} else {
		t.r = t.r.Insert(v)
	}
	return t
}
func (t *Tree[T]) Walk(f func(T)) {
	if t != nil {
		t.l.Walk(f)
		f(t.v)
		t.r.Walk(f)
	}
}

type LI int

func (a LI) Less(b LI) bool { return a < b }

func Zero[T any]() T                { var z T; return z }
func IsZero[T comparable](x T) bool { return x == Zero[T]() }
func Ptr[T any](x T) *T             { return &x }
func TypeName[T any](x T) string {
	switch any(x).(type) {
	case int:
		return "int"
	case string:
		return "string"
	case []T:
		return "slice of itself"
	case interface{ Name() string }:
		return "namer"
	}
	return fmt.Sprintf("%T", x)
}

type Opt[T any] func(*T)

func Build[T any](opts ...Opt[T]) T {
	var t T
	for _, o := range opts {
		o(&t)
	}
	return t
}

type Num[T Number] struct{ n T }

func (n Num[T]) Add(m Num[T]) Num[T] { n.n += m.n; return n }

type Embeds[T any] struct {
	List[T]
	*Pair[string, T]
}

func Index[S ~[]E, E comparable](s S, e E) int {
	for i := range s {
		if s[i] == e {
			return i
		}
	}
	return -1
}
func Keys[M ~map[K]V, K comparable, V any](m M) int {
	n := 0
	for range m {
		n++
	}
	return n
}
func Chan[C ~chan E, E any](c C, e E) E       { c <- e; return <-c }
func At[T ~[]byte | ~string](x T, i int) byte { return x[i] }
func Fact[T Number](n T) T {
	if n <= 1 {
		return 1
	}
	return n * Fact(n-1)
}

func main() {
	fmt.Println(Sum(1, 2, 3), Sum(1.5, 2.5), Sum[int64]())
	fmt.Println(Map([]int{1, 2}, func(i int) string { return strings.Repeat("x", i) }))
	var l List[string]
	l.Push("a").Push("b").Push("c")
	for i, v := range l.All() {
		if i == 2 {
			break
		}
		fmt.Print(i, v, " ")
	}
	fmt.Println(l.size)
	fmt.Println(TotalLen(MS("ab"), MS("cde")))
	fmt.Println(FromStrings[Conf]([]string{"p", "q"}))
	top := Top{Mid{&Base{"b"}}, 1}
	fmt.Println(top.Name(), top.Mid.Name(), top.name)
	top.Rename("c")
	r := top.Rename
	r("d")
	nm := Namer(top)
	fmt.Println(nm.Name(), Wrap{nm}.Name(), CallName(top), CallName(Wrap{&top}), CallName[Namer](top))
	fmt.Println(Top.Name(top), (*Top).Name(&top), Namer.Name(nm), Wrap.Name(Wrap{nm}))
	fmt.Println(SortedPairs(map[string]int{"z": 1, "a": 2}))
	var t *Tree[LI]
	for _, v := range []LI{5, 2, 8, 1} {
		t = t.Insert(v)
	}
	t.Walk(func(l LI) { fmt.Print(l, " ") })
	fmt.Println()
	fmt.Println(IsZero(0), IsZero("x"), IsZero(Pair[int, string]{}), *Ptr(3), Zero[*int]() == nil)
	fmt.Println(TypeName(1), TypeName("s"), TypeName(top), TypeName([]int{}), TypeName(Pair[int, bool]{}))
	fmt.Println(Build(func(c *Conf) { c.s = "k" }, func(c *Conf) { c.s += "l" }))
	fmt.Println(Num[float64]{1.5}.Add(Num[float64]{2}), Num[int].Add(Num[int]{1}, Num[int]{2}))
	e := Embeds[int]{Pair: &Pair[string, int]{"k", 3}}
	e.Push(4)
	fmt.Println(e.size, e.Key, e.String(), e.head.v)
	fmt.Println(Index([]string{"a", "b"}, "b"), Keys(map[int]bool{1: true}), Chan(make(chan int, 1), 5), At("abc", 1), At([]byte{7}, 0))
	fmt.Println(Fact(5), Fact(5.0), slices.Max([]int{3, 9, 2}), slices.Sorted(slices.Values([]string{"q", "c"})))
	f := Sum[int]
	h := (*List[string]).Push
	h(&l, "z")
	fmt.Println(f(4, 5), l.head.v, errors.Is(fmt.Errorf("w: %w", errX), errX))
	fs := []func() int{}
	for i := range 3 {
		fs = append(fs, func() int { i *= 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
}

var errX = errors.New("x")
