package golden

func f() {
	a = 1) // want
	b = 2] // want
	c()
}

func g() {
	x = (1 + 2)) // want
}

func h() {}
} // want

func i() {}
