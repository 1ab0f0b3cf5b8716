package leftbyliteral

import "sync"

type table struct {
	mu      sync.Mutex
	entries map[string]*item
}

type item struct{ mu sync.Mutex }

// Said once, where it is locked.
func (t *table) serve(name string, it *item, next func() bool) {
	defer func() {
		t.mu.Lock()
		delete(t.entries, name)
		it.mu.Lock() // want "`it.mu` may still be locked when the function literal returns"
		t.mu.Unlock()
	}()
	for next() {
	}
}
