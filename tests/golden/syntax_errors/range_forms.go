package golden

func f() {
	for a, b, c := range x { // want
	}
	for i := 0; range x { // want
	} // want
	for var i = 0; i < 1; i++ { // want
	}
	if x := range y { // want
	} // want
} // want

func g() {} // want
