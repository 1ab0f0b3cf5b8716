package golden

func selects(a, b chan int, s []chan int) {
	select {}
	select {
	}
	select {
	default:
	}
	select {
	case <-a:
	case x := <-a:
	case x, ok := <-b:
	case x = <-a:
	case x, ok = <-b:
	case m[f()], *p = <-s[g()]:
	case a <- 1:
	case s[0] <- <-b:
	case a <- f(func() int { return 1 }):
	case (<-a):
	case _ = (<-a):
	case f() <- g():
		f()
		break
	default:
		return
	}
	select { case <-a: f(); g(); case <-b: ; default: }
loop:
	for {
		select {
		case <-a:
			break loop
		case <-time.After(1):
			continue loop
		}
	}
}
