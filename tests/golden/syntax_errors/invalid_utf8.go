package golden

var aÿ = 1 // want
var b = "Ã(" // want
// ş
// want -1
var c = `í €` // want
var d = 'õ' // want
/* € */ // want
var e = 1
