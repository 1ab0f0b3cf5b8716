//sample: go1.24

package locks

import "errors"

type locker interface {
	Lock()
	Unlock()
}

type table struct {
	mu   locker
	rows map[string]int
}

func (t *table) get(key string) (int, error) {
	t.mu.Lock() // want "`t.mu` may still be locked when .* returns"
	row, ok := t.rows[key]
	if !ok {
		return 0, errors.New("no such row")
	}
	t.mu.Unlock()
	return row, nil
}

func (t *table) put(key string, row int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows[key] = row
}

// Not what a lock is.
type door interface {
	Lock() error
	Unlock() error
}

func shut(d door) error {
	return d.Lock()
}
