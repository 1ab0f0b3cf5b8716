package sync

// Pool keeps what was put into it, last in, first out.
type Pool struct {
	noCopy noCopy

	items []any

	// New makes an item when there is none.
	New func() any
}

// Put adds x.
func (p *Pool) Put(x any) {
	if x != nil {
		p.items = append(p.items, x)
	}
}

// Get takes an item out, or makes one.
func (p *Pool) Get() any {
	if n := len(p.items); n > 0 {
		x := p.items[n-1]
		p.items[n-1] = nil
		p.items = p.items[:n-1]
		return x
	}
	if p.New != nil {
		return p.New()
	}
	return nil
}
