package comment

import (
	"errors"
	"sync"
)

type table struct {
	mu   sync.Mutex
	rows map[string]int
}

// drop returns with the lock held if there is no such row.
func (t *table) drop(key string) error {
	t.mu.Lock() // want "`t.mu` may still be locked"
	if _, ok := t.rows[key]; !ok {
		return errors.New("no row")
	}
	delete(t.rows, key)
	t.mu.Unlock()
	return nil
}

// open returns with the lock held unless it fails.
func (t *table) open(key string) error {
	t.mu.Lock()
	if _, ok := t.rows[key]; !ok {
		t.mu.Unlock()
		return errors.New("no row")
	}
	return nil
}
