package golden

func missing(x int) {
	switch x {
	case 1:
	L: // want
	case 2:
		f()
	M: // want
	default:
	}
}

func last() {}
