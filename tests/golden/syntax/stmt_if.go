package golden

func ifs(a, b bool, x, y int) {
	if a {
	}
	if !a && b || x < y {
	} else {
	}
	if a {
	} else if b {
	} else if x == y {
	} else {
	}
	if x := f(); x > 0 {
	} else if y := g(x); y > x {
	} else if x, y := 1, 2; x == y {
	}
	if f(); a {
	}
	if x++; a {
	}
	if x += 2; a {
	}
	if ch <- x; a {
	}
	if ; a {
	}
	if v, ok := m[x]; ok {
	}
	if v, ok := x.(T); !ok {
	}
	if v, ok := <-ch; ok {
	}
	if <-ch {
	}
	if (a) {
	}
	if func() bool { return a }() {
	}
	if err := func() error { if a { return nil }; return e }(); err != nil {
	}
	if x := (T{1}); x.a == 1 {
	}
	if a { return }; if b { return } else { return }
	if struct{}{} == (struct{}{}) {
	}
}
