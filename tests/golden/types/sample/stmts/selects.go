package stmts

func selects(a <-chan int, b chan<- string, c chan error, arr []int, m map[string]int) (err error) {
	var ok bool
	select {
	case v := <-a:
		_ = v
	case v, ok := <-a:
		_, _ = v, ok
	case b <- "x" + "y":
	case err = <-c:
	case arr[0] = <-a:
	case arr[1], ok = <-a:
	case m["k"] = <-a:
	case <-c:
	case (<-c):
	case _, ok = <-c:
		_ = ok
	default:
	}
	for {
		select {
		case err := <-c:
			return err
		}
	}
}

func blocked() int {
	select {}
}
