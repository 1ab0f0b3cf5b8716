package stmts

func simple(p *int, m map[string]*Square, ch chan int) {
	;
	{
	}
	*p++
	(*p)--
	m["a"].side *= 2
	ch <- *p + 1
	<-ch
	if *p == 0 {
		return
	} else {
	}
	if v := <-ch; v > 0 {
	} else if w, ok := m["x"]; !ok {
		_ = w
	}
	for {
		break
	}
	for *p < 3 {
		*p |= 1
	}
	for i, j := 0, len(m); i < j; i, j = i+1, j-1 {
	}
	for ; ; *p++ {
		if *p%2 == 0 {
			continue
		}
		return
	}
}

func unreachable() int {
	for {
	}
	return 1
}

func declarations() {
	var (
		a    int
		b, c = 1, "x"
		d    [2]struct{ x, y int }
	)
	const k, l = 2, "y"
	type (
		Q  struct{ p *Q }
		P  = *Q
		A  = map[string]P
		fn func(A) fn
	)
	var f fn
	f = f(A{l: nil})(nil)
	d[k-1].x = a + b + len(c)
	_ = Q{p: nil}.p
}
