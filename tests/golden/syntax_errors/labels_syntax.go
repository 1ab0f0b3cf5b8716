package golden

func f() {
	1: // want
	a.b:
	goto 1 // want
	break 1 // want
	L: } // a label may stand before a brace

func g() {
	continue "x" // want
	fallthrough L // want
}

func h() {}
