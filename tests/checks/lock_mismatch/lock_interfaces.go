//sample: go1.24

package locks

import "sync"

// locking is what a sync.RWMutex and one that finds deadlocks have both.
type locking interface {
	Lock()
	Unlock()
	RLock()
	RUnlock()
}

type core struct {
	state locking
	n     int
}

func newCore(checks bool) *core {
	if checks {
		return &core{state: &counted{}}
	}
	return &core{state: &sync.RWMutex{}}
}

type counted struct {
	sync.RWMutex
	n int
}

func (c *counted) Lock() {
	c.RWMutex.Lock()
	c.n++
}

func (c *core) get() int {
	c.state.RLock()
	n := c.n
	c.state.Unlock() // want "`c.state` is locked by `RLock` at line 38 and unlocked by `Unlock`"
	return n
}

func (c *core) set(n int) {
	c.state.Lock()
	defer c.state.Unlock()
	c.n = n + c.get() // want "`c.get` locks `c.state`, which is locked here"
}

func (c *core) add(n int) {
	c.state.Lock()
	c.n += n
	c.state.Unlock()
}

// door is no lock: what it does may fail.
type door interface {
	Lock() error
	Unlock() error
}

func twice(d door) error {
	if err := d.Lock(); err != nil {
		return err
	}
	return d.Lock()
}
