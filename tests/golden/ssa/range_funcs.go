package p

//dump: func simple
//dump: func returns
//dump: func nested
//dump: func defers

type seq func(yield func(int) bool)

func simple(f seq) (s int) {
	for i := range f {
		if i == 1 {
			continue
		}
		if i == 2 {
			break
		}
		s += i
	}
	return
}

func returns(f seq) (int, string) {
	for i := range f {
		if i == 1 {
			return i, "found"
		}
	}
	return 0, ""
}

func nested(f seq, n int) {
outer:
	for i := range f {
		for j := range f {
			switch i + j {
			case 1:
				continue outer
			case 2:
				break outer
			case 3:
				goto end
			}
		}
	}
end:
	println(n)
}

func defers(f seq) (s int) {
	for s = range f {
		defer println(s)
	}
	return s
}
