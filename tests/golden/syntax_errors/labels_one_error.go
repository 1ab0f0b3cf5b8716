package golden

// A label that is used in a wrong way is used: one error is enough.
func invalid() {
L:
	f()
	for {
		break L // want
	}
M:
	if true {
		continue M // want
	}
}

func fallsThrough(x int) {
	switch x {
	case 1:
		fallthrough
		;
		;
	case 2:
		fallthrough // want
		{
		}
	case 3:
		fallthrough // want
		;
	}
}
