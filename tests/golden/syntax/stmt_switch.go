package golden

func switches(x, y int) {
	switch {
	}
	switch x {
	}
	switch x := f(); x {
	}
	switch x := f(); {
	}
	switch ; x {
	}
	switch f(); x {
	}
	switch {
	case x > y:
	case x < y, x == y:
		f()
		g()
	default:
	}
	switch x {
	case 1, 2, 3:
		fallthrough
	case 4:
		break
	default:
		fallthrough
	case f(y), -1, ^2:
		{
			f()
		}
	}
	switch x { case 1: f(); g(); case 2: ; default: h() }
	switch { default: }
	switch x++; x {
	}
	switch x.(int) {
	}
	switch x, ok := y.(int); ok {
	}
	switch (T{1}) {
	case T{1}, (T{2}):
	}
	switch [...]int{1} {
	}
	switch <-ch {
	case <-ch2:
	}
	switch func() int { return 1 }() {
	}
	switch x {
	case 1:
		switch y {
		case 2:
		}
	case 'a', "b", 1.5, nil:
	case T{}.x, []int{1}[0], (x):
	}
sw:
	switch {
	case true:
		break sw
	}
}
