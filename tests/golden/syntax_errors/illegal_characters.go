package golden

var a = b ? c : d // want
var b = @x // want
var c = #x // want
var d = $x // want
var e = x\y // want
var f = “quoted” // want
var g = x … y // want
var h = 1 − 2 // want
var ok = 1
