package structs

type Node struct {
	next, prev *Node
	children   []Node
	index      map[string]Node
	parent     func(Node) Node
	iface      interface{ Visit(Node) Node }
	ch         chan Node
}

type (
	T1 *T2
	T2 *T1
	F  func(F) F
	M  map[string]M
	S  []S
	Ch chan Ch
	I1 interface{ M() I2 }
	I2 interface {
		I1
		N() I1
	}
	E struct{ *E }
	X struct{ y Y }
	Y struct{ x []X }
)

type Expr interface{ Eval(env Env) Value }
type Env map[string]Value
type Value interface {
	Expr
	Type() Type
}
type Type interface{ Of(Value) Type }

func cyclic(n *Node, f F, m M, s S, e E, i I2) {
	n.next.prev.children[0].index["a"].parent(*n).iface.Visit(*n)
	f(f)(f)
	_ = m["a"]["b"]["c"]
	s = append(s, s, s[0])
	_ = e.E.E.E
	_ = i.M().M().N().M()
	var x X
	_ = x.y.x[0].y
	var v Value
	_ = v.Type().Of(v.Eval(nil))
}

var selfRef = func() *Node { return loop() }
var loop = func() *Node { return nil }

const size = len(array)

var array [4]int

type Sized [size]*Sized
