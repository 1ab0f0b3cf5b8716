package golden

var a = "\q" // want
var b = "\x1" // want
var c = "\400" // want
var d = "\18" // want
var e = "\u12" // want
var f = "\udfff" // want
var g = "\U00110000" // want
var h = "\'" // want
var i = "fine"
