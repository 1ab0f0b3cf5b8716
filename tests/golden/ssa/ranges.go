package p

//dump: func ints
//dump: func array
//dump: func arrayLength
//dump: func arrayPointer
//dump: func slice
//dump: func text
//dump: func mapping
//dump: func channel
//dump: func targets

func ints(n uint8) (s uint8) {
	for i := range n {
		s += i
	}
	return
}

// The array is copied.
func array(a [3]int) (s int) {
	for i, v := range a {
		a[2] = i
		s += v
	}
	return
}

// Nothing is read.
func arrayLength(p *[3]int) (s int) {
	for i := range *p {
		s += i
	}
	return
}

func arrayPointer(p *[3]int) (s int) {
	for _, v := range p {
		s += v
	}
	return
}

func slice(x []string) (s string) {
	for _, v := range x {
		x = nil
		s += v
	}
	return
}

func text(t string) (n rune) {
	for i, r := range t {
		n += rune(i) * r
	}
	return
}

func mapping(m map[string]int) (n int) {
	for k, v := range m {
		if v > 3 {
			delete(m, k)
		}
	}
	for range m {
		n++
	}
	return
}

func channel(c <-chan int) (n int) {
	for v := range c {
		n += v
	}
	return
}

// Both are evaluated before one is assigned.
func targets(s []int) (k int, a [4]int) {
	for k, a[k] = range s {
	}
	return
}
