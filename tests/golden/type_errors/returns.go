package p

func a() int {}

func b() (int, error) { return 1 }

func c() { return 1 }

func d() (x int, err error) {
	{
		x := 2
		_ = x
		return
	}
}

func e(n int) int {
	for n < 3 {
		return n
	}
}

func f(n int) string {
	switch n {
	case 1:
		return "a"
	}
}

func g() (int, string) { return d() }

func h() int { return "x" }

func i(c chan int) int {
	for {
		select {
		case <-c:
			break
		}
		break
	}
}
