package golden

var func = 1 // want
var range int // want
func type() {} // want
type map int // want
const if = 1 // want

func f(go int) { // want
	select := 1 // want
}

func g() {} // want
