package golden

var a = []int{1 2} // want
var b = []int{1,
	2 // want
}
var c = T{a: 1: 2} // want
var d = T{a:} // want
var e = T{, 1} // want
var f = (T){1} // want
var g = *T{1}
var h = []int{1; 2} // want
var i = map{1} // want
var j = [...]int
var k = [..]int{} // want
