package golden

// want +1
var a = "not closed

var b = "closed"

// want +1
var c = "\

var d = `raw` + "x"
