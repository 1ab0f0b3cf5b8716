package imports

import (
	"sample/lib/shapes"
	u "sample/lib/units"
)

type impl struct{ shapes.Point }

var start = shapes.Point{X: 1, Y: u.Km}
var sum = shapes.Sum(u.Meter, 2, u.Km)
var total = shapes.Sum(1.5, 2)

func use(s shapes.Shape) *shapes.Point {
	p := shapes.New(func(p *shapes.Point) { p.Move(1, shapes.Unit) }, nil)
	shapes.Count++
	_ = s.Area().Value() + u.Square(2).Value()
	i := impl{*p}
	i.Move(p.X, i.Y)
	_ = i.Add(i.Point).Add(shapes.Origin).X
	var o shapes.Option
	o(&i.Point)
	l := new(shapes.List[string])
	l.Push("a").Push("b").Each(func(s string) { _ = len(s) })
	n := shapes.Reduce(l, 0, func(a int, s string) int { return a + len(s) })
	_ = n + l.Len
	return p
}
