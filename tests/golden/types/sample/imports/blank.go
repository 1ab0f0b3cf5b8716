package imports

import (
	_ "sample/initorder"
	_ "sample/lib/units"

	same "sample/lib/shapes"
)

import shapes2 "sample/lib/shapes"

var _ same.Point = shapes2.Point{}
var f = same.Sum[float64]
