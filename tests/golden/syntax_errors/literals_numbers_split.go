package golden

var a = 1a // want
var b = 0b1f // want
var c = 0x1g // want
var d = 1.2.3 // want
var e = 12ab // want
