// Situations of staticcheck's issue 727 and golang/go's 74641: a read lock
// within a read lock.
package p

import "sync"

func twice74641() {
	lock := sync.RWMutex{}
	lock.RLock()
	defer lock.RUnlock()
	println("first")
	lock.RLock() // want "lock-mismatch"
	defer lock.RUnlock()
	println("second")
}

type table struct {
	mu   sync.RWMutex
	rows map[string]int
}

func (t *table) size() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.rows)
}

// 727: the second one is a call away.
func (t *table) get727(name string) (int, int) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.rows[name], t.size() // want "lock-mismatch"
}

func (t *table) apart(name string) (int, int) {
	n := t.size()
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.rows[name], n
}
