package golden

func f() {
	defer
	go // want
	defer x // want
	go (f()) // want
	defer func() {} // want
	go 1 // want
	a, b++ // want
	a, b += 1, 2 // want
	a++ + 1 // want
	x = y++ // want
	func g() {} // want
	import "x" // want
	package p // want
	1 := 2
	x.y := 1
	else {
	}
	case 1:
	default:
	ok()
}
