package stmts

func labels(n int) int {
outer:
	for i := 0; i < n; i++ {
	inner:
		for j := range n {
			switch {
			case j == i:
				continue outer
			case j > 5:
				break inner
			case j > 9:
				break outer
			}
			continue inner
		}
	}
sel:
	select {
	default:
		break sel
	}
sw:
	switch n {
	case 1:
		break sw
	default:
		fallthrough
	case 2:
	}
	{
	block:
		for {
			break block
		}
	}
	func() {
	outer:
		for {
			break outer
		}
	}()
	return n
}
