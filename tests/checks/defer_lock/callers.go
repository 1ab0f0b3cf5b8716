// The mistake is in the function that defers, not in those that call it.
package p

import "sync"

type index struct {
	mu sync.RWMutex
	m  map[string]int
}

func (x *index) count() int {
	x.mu.RLock()
	defer x.mu.RLock() // want "did you mean `RUnlock`"
	return len(x.m)
}

func (x *index) size() int {
	x.mu.Lock()
	defer x.mu.Lock() // want "did you mean `Unlock`"
	return len(x.m)
}

func (x *index) late() int {
	defer x.mu.Lock() // want "did you mean `Unlock`"
	return len(x.m)
}

func total(x *index) (n int) {
	n = x.count() + x.size()
	n += x.late()
	return n + x.late() + x.size()
}

func (x *index) all() (n int) {
	for range x.m {
		n += func() int {
			x.mu.RLock()
			defer x.mu.RLock() // want "did you mean `RUnlock`"
			return len(x.m)
		}()
	}
	return n
}
