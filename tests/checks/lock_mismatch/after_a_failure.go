package p

import (
	"errors"
	"net"
	"sync"
)

type client struct {
	mu     sync.Mutex
	conn   net.Conn
	closed bool
}

var errClosed = errors.New("closed")

// It fails, or it locks.
func (c *client) dial(address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.conn = conn
	return nil
}

// Who calls it with the lock held may know that there is nothing to do.
func (c *client) drop() {
	if c.closed {
		return
	}
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
}

func (c *client) connect(address string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errClosed
	}
	return c.dial(address) // want "`c.dial` locks `c.mu`, which is locked here since line 40: it waits for itself"
}

func (c *client) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.conn != nil {
		c.closed = true
		c.drop()
	}
}
