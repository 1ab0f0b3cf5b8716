package tested

type extended struct{ *thing }

func (t *thing) Triple() int { return t.Double() + t.n }

var Exported = extended{New(3)}.Triple()

func helper(f func(*thing) int) int { return f(New(factor)) }

var _ = helper((*thing).Triple)
