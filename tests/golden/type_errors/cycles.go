package p

type T struct{ t T }
type A [2]A
type B struct{ c C }
type C struct{ b [1]B }
type D D
type E F
type F E
type I interface{ I }
type J interface{ K }
type K interface{ J }
type G = H
type H = G
type L [len(l)]int

var l L

const c1 = c2
const c2 = c1

var v1 = v2
var v2 = f()

func f() int { return v1 }

var self = self
var closure = func() int { return closure() }

type P[T any] struct{ f *P[P[T]] }
type Q[T Q[T]] struct{}
type M[T any] struct{ f M[T] }
type S struct{ *S2 }
type S2 struct{ S }

var sz [unsafeSize]int

const unsafeSize = len(sz)

type N interface{ m(interface{ N }) }
