package golden

func f() {
	b = 1 +
	d = x. // want
	e = x[]
	f(,) // want
	g(1,,2) // want
	i = !; // want
	ok() // want
}
