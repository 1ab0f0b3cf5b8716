package golden

// Every operator and delimiter, in the order of go/token, each in a place where it is valid.
func operators(a, b int, p *int, ch chan int, s []int, m map[string]int, ok bool) (r int) {
	r = a + b - a*b/a%b
	r = a&b | a ^ b<<1>>2 &^ 3
	r += 1
	r -= 1
	r *= 2
	r /= 2
	r %= 7
	r &= 0xff
	r |= 1
	r ^= 2
	r <<= 1
	r >>= 1
	r &^= 1
	ok = ok && a < b || a > b
	ch <- r
	r = <-ch
	r++
	r--
	ok = a == b
	ok = !ok
	ok = a != b
	ok = a <= b
	ok = a >= b
	c := *p
	p = &c
	_ = append(s, s...)
	_ = s[1:2:3]
	_ = (a + b) * (a - b)
	_, r = m["x"], -+^a
	_ = []int{1, 2, 3}
	;
	return r
}

func spacing(x, y, z int, p *int, q chan<- (<-chan int), r <-chan chan<- int) {
	_ = x - -y
	_ = x + +y
	_ = x ^ ^y
	_ = x & ^y
	_ = x &^ y
	_ = x&^y
	_ = x&-y
	_ = x /  *p
	_ = x* *p
	x<-y
	_ = x< -y
	_ = !!(x==y)
	_ = x<<y>>z
	q<-nil
	<-r
	x, y = y, x
	_ = **&p
}
