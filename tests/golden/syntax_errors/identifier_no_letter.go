package golden

var ١ = 1 // want
var x€ = 2 // want
