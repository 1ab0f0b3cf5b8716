package imports

import (
	. "sample/lib/shapes"
	. "unsafe"
)

const bytes = Sizeof(Point{}) + Offsetof(Origin.Y)

func dotted() (Shape, Number2) {
	_ = New(nil).Add(Origin)
	_ = Sum[int](1, 2)
	Count = int(Sizeof(0))
	var l List[Option]
	l.Push(nil)
	var p Pointer = Pointer(&l)
	_ = p
	return nil, Number2{}
}

type Number2 = Holder[int]
