// Package shapes is imported by others of the sample.
package shapes

import "sample/lib/units"

const Unit units.Length = 1

var Origin = Point{}
var Count, limit = 0, 10

type Point struct {
	X, Y   units.Length
	hidden int
}

type Shape interface {
	Area() units.Area
	private()
}

type Option func(*Point)

func (p Point) Add(q Point) Point { return Point{p.X + q.X, p.Y + q.Y, limit} }
func (p *Point) Move(dx, dy units.Length) { p.X, p.Y = p.X+dx, p.Y+dy }
func (p Point) secret() int               { return p.hidden }

func New(options ...Option) *Point {
	p := &Point{}
	for _, o := range options {
		o(p)
	}
	return p
}

type List[T any] struct {
	head *node[T]
	Len  int
}

type node[T any] struct {
	value T
	next  *node[T]
}

func (l *List[T]) Push(x T) *List[T] {
	l.head = &node[T]{x, l.head}
	l.Len++
	return l
}

func (l *List[E]) Each(f func(E)) {
	for n := l.head; n != nil; n = n.next {
		f(n.value)
	}
}

func Reduce[T, A any](l *List[T], a A, f func(A, T) A) A {
	l.Each(func(x T) { a = f(a, x) })
	return a
}

type Number interface{ ~int | ~float64 }

func Sum[N Number](xs ...N) (s N) {
	for _, x := range xs {
		s += x
	}
	return
}
