package tested_test

import (
	. "sample/lib/units"
	"sample/tested"
)

var thing = tested.New(4)
var sum = thing.Double() + tested.Exported + thing.Triple()
var length = Meter * 2
