package golden

func f() {
	if { // want
	}
	if x := 1 { // want
	}
	if x = 1 { // want
	}
	if x; { // want
	}
	if a { } else b() // want
	if a; b; c { // want
	}
	switch a b { // want
	}
	switch {
		a() // want
	} // want
	select {
		a() // want
	} // want
	var a = 1,
	a b // want
	a := 1 b := 2 // want
	ok()
}
