package golden

var a = ~1
var b ~int // want

func f() {
	x = ~y
	if ~x {
	}
}

type T interface{ ~int }
