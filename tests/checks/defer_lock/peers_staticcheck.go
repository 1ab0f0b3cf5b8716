// Situations of staticcheck's issues 581 and 1093.
package p

import "sync"

type counter struct {
	sync.Mutex
	inner sync.RWMutex
	n     int
}

// 1093: right behind the lock.
func (c *counter) behind() {
	c.Lock()
	defer c.Lock() // want "error"
	c.n++
}

// 581: with something between.
func (c *counter) later() int {
	c.inner.RLock()
	n := c.n
	defer c.inner.RLock() // want "error"
	return n
}

func (c *counter) right() {
	c.Lock()
	defer c.Unlock()
	c.n++
}
