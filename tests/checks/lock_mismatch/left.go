// A helper that leaves a lock locked, called again.
package p

import "sync"

type gate struct{ mu sync.Mutex }

func (g *gate) lockIn() { g.mu.Lock() }

func twice(g *gate) {
	g.lockIn()
	g.lockIn() // want "`g.lockIn` locks what `g.lockIn` locks, which is locked here since line 11"
	g.mu.Unlock()
}
