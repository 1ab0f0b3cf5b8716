package p

type A struct{ x int }
type B struct{ x int }
type C struct {
	A
	B
}
type D struct{ *C }

func (A) m() {}
func (B) m() {}
func (a A) x() {}
func (c C) ok() {}
func (c *C) ptr() {}

type P *A
type F func()
type I interface{ ok() }

func (P) m()  {}
func (F) m()  {}
func (I) m()  {}
func (F) m()  {}
func ([]int) s() {}
func (p.Q) t() {}

func _(c C, d D) {
	c.x = 1
	c.m()
	d.m()
	c.A.x = 1
	c.missing()
	C{}.ptr()
	C.ptr(c)
	(*C).ok(&c)
	(*C).ptr(c)
	var i I = d
	i.ptr()
	d.ok().x()
	var p P
	p.m()
	p.x = 2
	var pp **A
	pp.x = 3
	pp.m()
	c.OK()
	_ = c.ok == nil
	_ = A.m == nil
	A.x.y()
}
