package golden

func f() {
	if true {
		g()
}

func h() {} // want

func i() {}
