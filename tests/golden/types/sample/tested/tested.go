package tested

type thing struct{ n int }

func New(n int) *thing { return &thing{n} }

func (t *thing) Double() int { return t.n * factor }

const factor = 2
