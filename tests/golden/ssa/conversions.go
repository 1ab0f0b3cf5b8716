package p

import "unsafe"

//dump: func explicit
//dump: func implicit
//dump: func slices
//dump: func comparisons
//dump: func generic

type number int
type text string
type pair struct{ a, b int }
type tagged struct {
	a int `json:"a"`
	b int
}

func explicit(i int, s text, p *pair, b []byte) {
	_ = number(i)
	_ = float64(i)
	_ = string(s)
	_ = []rune(s)
	_ = string(b)
	_ = tagged(*p)
	_ = (*tagged)(p)
	_ = unsafe.Pointer(p)
	_ = any(i)
	_ = uint8(3) + uint8(i)
}

func implicit(n number, e error, c chan int, f func()) (any, any, <-chan int, func()) {
	type fn func()
	var g fn = f
	return n, e, c, g
}

func slices(s []int) ([2]int, *[2]int, [0]int) {
	return [2]int(s), (*[2]int)(s), [0]int(s)
}

func comparisons(a any, n number, c chan int, d <-chan int, p *int) bool {
	return a == n == (c == d) != (p == nil)
}

func generic[T ~int | ~string, S ~[]T](x T, s S) (any, []T, S) {
	if s[0] == x {
		s[1] = x + x
	}
	return x, s, append(s, x)
}
