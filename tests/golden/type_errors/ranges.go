package p

type T struct{}

func _(n int, t T, f func(func(int) bool), g func(func(int)), h func(func(int, string) bool), c <-chan int, p *[]int) {
	for i, j := range n {
	}
	for range t {
	}
	for a, b := range f {
	}
	for range g {
	}
	for a, b, c := range h {
	}
	for i, v := range c {
	}
	for range p {
	}
	for i := range 1.5 {
	}
	for i := range "a" {
		i = "b"
	}
	for i := range 1 << 70 {
	}
	var s string
	for s = range n {
	}
	for s, s = range h {
	}
	for i := range nil {
	}
	for i := range undefined {
	}
	for _ = range func() {} {
	}
	for i := range -n {
		_ = i + s
	}
	for range c {
		var unused int
	}
	for i := 0; i < "a"; i++ {
	}
	for x := 1; ; x := 2 {
	}
	for 1 = range n {
	}
}
