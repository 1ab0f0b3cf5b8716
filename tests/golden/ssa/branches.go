package p

//dump: func web
//dump: func labels
//dump: func fall

func web(n int) (s int) {
	goto second
first:
	s++
	if s > n {
		goto end
	}
second:
	s += 2
	if s%3 == 0 {
		goto first
	}
	goto second
end:
	return
}

func labels(n int) (s int) {
outer:
	for i := 0; i < n; i++ {
		for {
			switch {
			case s == 1:
				continue outer
			case s == 2:
				break outer
			case s == 3:
				break
			}
			s++
		}
	}
	return
}

func fall(n int) (s string) {
	switch n {
	case 0, 1:
		s = "a"
		fallthrough
	default:
		s += "b"
	case 2:
		s = "c"
	}
	return
}
