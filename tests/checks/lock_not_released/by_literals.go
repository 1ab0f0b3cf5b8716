//sample: go1.24

package literals

import "sync"

type store struct {
	mu   sync.Mutex
	rows map[string]int
}

// The literal locks for the function around it.
func (s *store) stop(isHeld bool, done chan struct{}) {
	drainAndLock := func() {
		<-done
		s.mu.Lock()
		clear(s.rows)
	}
	if !isHeld {
		drainAndLock()
		defer s.mu.Unlock()
	}
	s.rows = nil
}

// This one locks for itself.
func (s *store) sum() int {
	get := func(key string) int {
		s.mu.Lock() // want "`s.mu` may still be locked when the function literal returns"
		row, ok := s.rows[key]
		if !ok {
			return 0
		}
		s.mu.Unlock()
		return row
	}
	s.mu.Lock()
	n := len(s.rows)
	s.mu.Unlock()
	return n + get("a")
}
