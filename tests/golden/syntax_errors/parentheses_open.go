package golden

var a = (1 + 2 // want
var b = f(1, 2 // want
var c = x[1
var d = []int{1, 2 // want
var e = 1
