package golden

func f(x any) {
	y := x.(type)
	switch y, z := x.(type) { // want
	}
	switch y = x.(type) { // want
	}
	switch x.(type); y {
	}
	
	g(x.(type))
	if x.(type) {
	}
	_ = x.() // want
}

func g() {}
