package p

type T struct{ f func() }
type S struct{ a []int }
type MyInt int

var (
	t1, t2 T
	s1     []int
	m1     map[string]int
	f1     func()
	p1     *int
	p2     *string
	i1     int
	i2     MyInt
	st     string
	b      bool
	e      error
	c1     chan<- int
	c2     <-chan int
)

var (
	_ = t1 == t2
	_ = s1 == s1
	_ = m1 == m1
	_ = f1 == f1
	_ = p1 == p2
	_ = i1 + i2
	_ = st + i1
	_ = st - st
	_ = b + b
	_ = i1 && b
	_ = !i1
	_ = -st
	_ = e == i1
	_ = e < e
	_ = p1 < p1
	_ = *i1
	_ = &1
	_ = &f1()
	_ = <-c1
	_ = <-i1
	_ = i1.x
	_ = *nil
	_ = nil == nil
	_ = s1[st]
	_ = m1[1]
	_ = st["a"]
	_ = s1[2:1]
	_ = st[1:2:3]
	_ = [3]int{1, 2, 3}[:]
	_ = i1[0]
	_ = b < b
	_ = e.(int)
	_ = i1.(int)
	_ = i1 << 1.5
	_ = i1 << st
	_ = 1.5 | 2
	_ = t1 == nil
	_ = any(1) + 1
)

func _() {
	c2 <- 1
	c1 <- "a"
	b++
	st--
	close(c2)
	for range c1 {
	}
}
