package initorder

var d = 3
var e = d * 2
var z = later - 1
var later = <-make(chan int, 1) + recursiveA(2)

func f2(n int) int { return n + e }

func pair(n int) (int, string) { return n, "p" }

func recursiveA(n int) int {
	if n == 0 {
		return d
	}
	return recursiveB(n - 1)
}

func recursiveB(n int) int { return recursiveA(n) }

var (
	_    = sideEffect("x")
	p    = &q
	q    = 5
	self = func() any { return &table }
	table [3]func()
)

func sideEffect(s string) bool { return y == s }
