package p

const (
	a int8  = 128
	b uint  = -1
	c       = 1 / 0
	d       = 1.5 % 2
	e int   = 1.5
	f       = "a" + 1
	g       = 1 << -1
	h       = len([]int{})
	i uint8 = 255 + 1
	j       = uint8(300)
	k       = a * 2
	l float32 = 1e100
	m []int = nil
	n       = f2()
	o       = 'a' << 1.5
	p       = !1
	q       = -"x"
	r       = ^1.5
	s rune  = "a"
	t bool  = 0
)

func f2() int { return 1 }

var (
	_ = 1 << 1000
	_ int64 = 1 << 63
	_ = [3]int{}[3]
	_ = []int{}[-1]
	_ = "abc"[5]
	_ = [-1]int{}
	_ = [1.5]int{}
	_ = [f2()]int{}
	_ uint = ^0
	_ = uint32(1) << 40
	_ = int8(1) << 8
	_ = 1.0 << f2()
	_ float64 = 1 << f2()
	_ = "a" << 1
	_ = 5 % 0
	_ = f2() / 0
)
