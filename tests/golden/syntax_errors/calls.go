package golden

func f() {
	g(a b) // want
	g(a,
		b // want
	)
	g(a...)
	g(a..., b) // want
	g(...) // want
	g(a; b) // want
	g(a
	, b) // want -1
	ok()
}
