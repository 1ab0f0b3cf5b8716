package golden

var a [3] // want
var b []// want
var c map[int] // want
var e chan
var f func // want
var h <-int // want
var j interface
var k [x y]int // want
var m ...int // want
var n 1 // want
var o map[]int // want
var p int
