package deferredrlock

import "sync"

type gauge struct {
	mu sync.RWMutex
	n  int
}

// defer-lock says it where the mistake is.
func (g *gauge) value() int {
	g.mu.RLock() // want "^info: "
	defer g.mu.RLock()
	return g.n
}

func (g *gauge) twice() int {
	g.mu.RLock() // want "^warning: "
	return g.n
}
