package golden

var a = '' // want
var b = 'ab' // want
var c = '\q' // want
var d = '\x1' // want
var e = '\400' // want
var f = '\08' // want
var g = '\u123' // want
var h = '\ud800' // want
var i = '\U00110000' // want
var j = '\"' // want
var k = ''' // want
