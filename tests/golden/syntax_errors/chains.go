package golden

func f() {
	x.
} // want

func g() { // want
}

func h() {
	x..y // want
	x->y // want
	x::y
	x ?? y // want
	x === y
	x <> y
	x = y = z
	x ** y
	x // y
}
