package structs

type A struct{ x, y int }
type B struct{ x, z int }
type C struct {
	A
	B
	y string
}
type D struct {
	*C
	x func() int
}
type Gen[T any] struct{ val T }

func (g *Gen[T]) Get() T  { return g.val }
func (g Gen[T]) Copy() Gen[T] { return g }

type IntGen struct{ Gen[int] }
type PtrGen[K comparable] struct {
	*Gen[map[K]string]
	key K
}
type aliasA = A
type WithAlias struct {
	aliasA
	*Gen[string]
}
type builtinEmbed struct {
	int
	error
	string
}

func promoted(c C, d D, i IntGen, p PtrGen[rune], w WithAlias) {
	_ = c.y
	_ = c.A.y + c.z + c.A.x + c.B.x
	_ = d.x() + d.z + d.A.y
	_ = d.y
	_ = i.Get() + i.val + i.Gen.Get() + i.Copy().val
	_ = p.Get()[p.key]
	cp := p.Copy()
	_ = cp.Get()
	_ = w.x + len(w.Get())
	_ = w.aliasA.x
	var b builtinEmbed
	_ = b.int + len(b.string)
	_ = b.Error()
}
