package golden

var a = ``
var b = `abc`
var c = `

` + "x"
var d, e = `x`, f
