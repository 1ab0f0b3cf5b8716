package golden

func f() {
	if a {
	}
	else { // want
	}
	if b {
	} else
	{
	}
}

func g() {}
