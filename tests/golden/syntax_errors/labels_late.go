package golden

func f() {
unused: // want
	g()
twice:
	goto twice
twice: // want
	goto missing // want
	break // want
	continue // want
	break nowhere // want
	for {
		continue twice // want
		break twice // want
	}
	goto over // want
	x := 1
over:
	_ = x
	goto inside // want
	{
	inside:
	}
	fallthrough // want
	switch {
	case true:
		g()
		fallthrough
	case false:
		if true {
			fallthrough // want
		}
	default:
		fallthrough // want
	}
	switch x.(type) {
	case int:
		fallthrough // want
	}
	func() {
		break // want
		goto twice // want
	}()
}
