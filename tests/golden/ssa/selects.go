package p

//dump: func blocking
//dump: func withDefault
//dump: func single
//dump: func none

func f() int

func blocking(a, b chan int, c chan<- string, s []int) (ok bool) {
	select {
	case v := <-a:
		println(v)
	case s[f()], ok = <-b:
	case c <- "x":
		return true
	}
	return
}

func withDefault(a chan int) int {
	select {
	case a <- f():
		return 1
	default:
		return 2
	}
}

func single(a chan int) int {
	select {
	case v, ok := <-a:
		if !ok {
			break
		}
		return v
	}
	return 0
}

func none() {
	select {}
}
