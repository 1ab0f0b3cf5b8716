// -lang=go1.17
package p

// What is no element in this version does not make a constraint.

type I interface {
	int
	m()
}

type V struct{}

func (V) m() {}

var i I = V{}

func f() I { return V{} }

func g() {
	type local interface{ ~string }
	var l local = V{}
	_ = l
}
