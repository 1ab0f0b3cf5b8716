package p

import "sync"

type bus struct {
	c      chan int
	mu     sync.Mutex
	closed bool
}

func (b *bus) Close() { close(b.c) }

func (b *bus) pub(n int) { b.c <- n }

func (b *bus) pubLocked(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.c <- n
}

func (b *bus) pubIfOpen(n int) {
	if !b.closed {
		b.c <- n
	}
}

func (b *bus) tryPub(n int) {
	select {
	case b.c <- n:
	default:
	}
}

func (b *bus) restart(n int) {
	b.c = make(chan int, 1)
	b.c <- n
}

func (b *bus) pubSafely(n int) (ok bool) {
	defer func() { ok = recover() == nil }()
	b.c <- n
	return true
}

func send(c chan<- int, n int) { c <- n }

func sendsLate() {
	b := &bus{c: make(chan int, 4)}
	b.pub(1)
	b.Close()
	b.pub(2) // want "`b.pub` sends on the channel that was closed at line 50: the send panics; call it before, or close it later"
}

func sendsLateLocked(b *bus) {
	b.Close()
	b.pubLocked(2) // want "`b.pubLocked` sends on the channel that was closed"
}

func sendsByFunction() {
	c := make(chan int, 4)
	close(c)
	send(c, 1) // want "`send` sends on the channel that was closed"
}

// Look-alikes.

func sendsInTime(b *bus) {
	defer b.Close()
	b.pub(2)
}

func sendsPerhaps(b *bus) {
	b.Close()
	b.closed = true
	b.pubIfOpen(2)
}

func sendsSafely(b *bus) bool {
	b.Close()
	return b.pubSafely(2)
}

func restarted(b *bus) {
	b.Close()
	b.restart(2)
	b.pub(3)
}

func another(b, d *bus) {
	b.Close()
	d.pub(2)
}

func onOneWay(b *bus, done bool) {
	if done {
		b.Close()
		return
	}
	b.pub(2)
}

type collector struct {
	events chan int
	kept   []int
}

func (c *collector) close() []int {
	close(c.events)
	return c.kept
}

var current = &collector{events: make(chan int)}

// The one that is closed is not current any more.
func replace(next *collector) {
	last := current
	current = next
	for _, e := range last.close() {
		current.events <- e
	}
}

func replaceWrongly(next *collector) {
	last := current
	for _, e := range last.close() {
		current.events <- e // want "was closed at line \d+: the send panics"
	}
	current = next
}
