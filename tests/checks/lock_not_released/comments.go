package comments

import "sync"

type row struct {
	sync.Mutex
	n int
}

type table struct {
	mu   sync.Mutex
	rows map[string]*row
}

// each calls f for all, with the table's lock held.
func (t *table) each(f func(*row) bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range t.rows {
		r.Lock() // want "`r` may still be locked when .* returns"
		if !f(r) {
			return
		}
		r.Unlock()
	}
}

// find returns the row locked, or nil.
func (t *table) find(name string) *row {
	t.mu.Lock()
	r := t.rows[name]
	t.mu.Unlock()
	if r == nil {
		return nil
	}
	r.Lock()
	if r.n < 0 {
		r.Unlock()
		return nil
	}
	return r
}

// reset leaves the table locked: its caller fills it and calls done.
func (t *table) reset() {
	t.mu.Lock()
	clear(t.rows)
}

func (t *table) done() { t.mu.Unlock() }

type shelf struct {
	mu    sync.Mutex
	books map[string]int
}

// What a comment says of a mistake does not make it meant.
func (s *shelf) take(name string) (int, bool) {
	s.mu.Lock() // want "may still be locked" lock-not-released
	n, ok := s.books[name]
	if !ok {
		return 0, false
	}
	s.mu.Unlock()
	return n, true
}

// give forgets to unlock when there is nothing.
func (s *shelf) give(name string) (int, bool) {
	// BUG: is not unlocked on the early return.
	s.mu.Lock() // want "may still be locked"
	n, ok := s.books[name]
	if !ok {
		return 0, false
	}
	s.mu.Unlock()
	return n, true
}
