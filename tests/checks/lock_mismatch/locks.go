package p

import "sync"

type cache struct {
	mu   sync.RWMutex
	io   sync.Mutex
	rows map[string]int
	kids []*cache
	top  *cache
}

func (c *cache) len() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.rows)
}

func (c *cache) put(key string, n int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rows[key] = n
	return c.len() // want "`c.len` locks `c.mu`, which is locked here since line 20"
}

func (c *cache) deep(key string) {
	c.mu.Lock()
	c.middle(key) // want "locks `c.mu`"
	c.mu.Unlock()
}

func (c *cache) middle(key string) {
	if key != "" {
		c.put(key, 1)
	}
}

func (c *cache) wrongUnlock() int {
	c.mu.RLock()
	defer c.mu.Unlock() // want "locked by `RLock` at line 39 and unlocked by `Unlock`"
	return len(c.rows)
}

func (c *cache) wrongRUnlock() {
	c.mu.Lock()
	c.rows = nil
	c.mu.RUnlock() // want "use `Unlock`"
}

func (c *cache) wrongInLiteral() {
	c.mu.RLock()
	defer func() {
		c.mu.Unlock() // want "use `RUnlock`"
	}()
	c.rows = nil
}

func (c *cache) upgrade() {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if len(c.rows) == 0 {
		c.mu.Lock() // want "it waits for itself"
		c.rows = map[string]int{}
		c.mu.Unlock()
	}
}

func (c *cache) loop(keys []string) {
	for _, key := range keys {
		c.io.Lock() // want "from the iteration before"
		if key == "" {
			continue
		}
		c.rows[key]++
		c.io.Unlock()
	}
}

// The defer is what is wrong: defer-in-loop.
func (c *cache) deferred(keys []string) {
	for _, key := range keys {
		c.io.Lock()
		defer c.io.Unlock()
		c.rows[key]++
	}
}

func (c *cache) self(n int) {
	c.io.Lock()
	defer c.io.Unlock()
	if n > 0 {
		c.self(n - 1) // want "locks `c.io`"
	}
}

func byValue(c cache) int { // want "`c` is a copy of the caller's value"
	return len(c.rows)
}

func (c cache) size() int { // want "`c` is a copy"
	return len(c.rows)
}

func copied(c *cache) {
	d := *c // want "this copies a lock"
	d.rows = nil
}

func rangeCopy(all []cache) (n int) {
	for _, c := range all { // want "this copies a lock"
		n += len(c.rows)
	}
	return n
}

func notLocked() {
	var mu sync.Mutex
	mu.Unlock() // want "nothing has locked it"
}

// Look-alikes.

func (c *cache) lenLocked() int { return len(c.rows) }

func (c *cache) putRight(key string, n int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rows[key] = n
	return c.lenLocked()
}

func (c *cache) call(name string) int {
	if name != "init" {
		return c.ready()
	}
	return 0
}

func (c *cache) ready() int {
	c.io.Lock()
	defer c.io.Unlock()
	return c.call("init")
}

func readers(all *cache) {
	l := all.mu.RLocker()
	l.Lock()
	l.Lock()
	l.Unlock()
	l.Unlock()
}

func (c *cache) after() int {
	c.mu.Lock()
	c.rows = nil
	c.mu.Unlock()
	return c.len()
}

func (c *cache) tree() (n int) {
	c.io.Lock()
	defer c.io.Unlock()
	for _, kid := range c.kids {
		n += kid.tree()
	}
	return n + c.top.len()
}

func (c *cache) both(other *cache) {
	c.mu.Lock()
	defer c.mu.Unlock()
	other.mu.Lock()
	defer other.mu.Unlock()
	c.rows, other.rows = other.rows, c.rows
}

func (c *cache) get(key string, locked bool) int {
	if !locked {
		c.mu.RLock()
		defer c.mu.RUnlock()
	}
	return c.rows[key]
}

func (c *cache) getLocked(key string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.get(key, true)
}

func (c *cache) without(f func()) {
	c.mu.Unlock()
	f()
	c.mu.Lock()
}

func (c *cache) upgradeRight() {
	c.mu.RLock()
	n := len(c.rows)
	c.mu.RUnlock()
	if n == 0 {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.rows = map[string]int{}
	}
}

func (c *cache) later() func() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return func() int { return c.len() }
}

func (c *cache) goroutine() {
	c.mu.Lock()
	defer c.mu.Unlock()
	go c.len()
}

func newCache() cache {
	c := cache{rows: map[string]int{}}
	return c
}

func pointers(all []*cache) (n int) {
	for _, c := range all {
		c.mu.Lock()
		n += len(c.rows)
		c.mu.Unlock()
	}
	return n
}

func index(all []cache) (n int) {
	for i := range all {
		c := &all[i]
		c.mu.Lock()
		n += len(c.rows)
		c.mu.Unlock()
	}
	return n
}

type keyed struct {
	locks map[string]*sync.Mutex
}

func (k *keyed) of(key string) *sync.Mutex { return k.locks[key] }

func (k *keyed) two(a, b string) {
	k.of(a).Lock()
	defer k.of(a).Unlock()
	k.of(b).Lock()
	defer k.of(b).Unlock()
}
