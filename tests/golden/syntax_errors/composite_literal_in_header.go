package golden

func f() {
	if x == T{1} { // want
	}
	for x == T{} { // want
	}
	switch T{1} {
	}
}

func g() {}
