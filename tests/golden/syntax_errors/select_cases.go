package golden

func f() {
	select {
	case a:
	case a := 1:
	case <-a, <-b: // want
	case a++:
	case var x = <-a: // want
	}
}

func g() {}
