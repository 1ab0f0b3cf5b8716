package golden

var a = x[1:2:] // want
var b = x[1::3] // want
var c = x[::] // want
var d = x[:1:] // want
var e = x[1:2:3:4] // want
var f = x[1,] // generic
var g = x[1 2] // want
var h = x[1:2
	] // want -1 // want
