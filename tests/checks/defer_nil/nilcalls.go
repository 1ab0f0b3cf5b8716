// Package hooks runs functions around calls.
package hooks

import (
	"fmt"
	"io"
	"os"
)

type Conn struct{ name string }

func (c *Conn) Close() error {
	fmt.Println("close", c.name)
	return nil
}

// Quiet bears a nil receiver.
type Quiet struct{ n int }

func (q *Quiet) Done() {
	if q == nil {
		return
	}
	q.n++
}

func dial(addr string) *Conn {
	if addr == "" {
		return nil
	}
	return &Conn{addr}
}

// Func defers a variable that is still nil.
func Func(f func() error) error {
	var after func()
	defer after() // want "^error: "
	after = func() { fmt.Println("after") }
	return f()
}

// FuncSet has one on each path.
func FuncSet(verbose bool, f func() error) error {
	after := func() {}
	if verbose {
		after = func() { fmt.Println("after") }
	}
	defer after()
	return f()
}

// Interface calls through a nil interface at once.
func Interface(path string) error {
	var c io.Closer
	defer c.Close() // want "^error: "
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	c = f
	_, err = io.Copy(os.Stdout, f)
	return err
}

// Later sees the closer at its end, if there is one.
func Later(path string) error {
	var c io.Closer
	defer func() {
		if c != nil {
			c.Close()
		}
	}()
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	c = f
	_, err = io.Copy(os.Stdout, f)
	return err
}

// Pointer touches the fields of nil.
func Pointer(addr string) {
	var c *Conn
	defer c.Close() // want "^error: "
	c = dial(addr)
	fmt.Println(c)
}

// Bears is a method that asks.
func Bears() {
	var q *Quiet
	defer q.Done()
	fmt.Println("busy")
}

// Option has its nil looked at.
func Option(after func()) {
	if after != nil {
		defer after()
	}
	fmt.Println("busy")
}

// Missing returns before.
func Missing(hooks map[string]func(), name string) error {
	h := hooks[name]
	if h == nil {
		return fmt.Errorf("no hook %s", name)
	}
	defer h()
	return nil
}

// Empty asks the wrong way round.
func Empty(after func()) {
	if after == nil {
		defer after() // want "^error: "
	}
	fmt.Println("busy")
}

// Addr asks dial, which may say nil, and looks.
func Addr(addr string) {
	c := dial(addr)
	if c == nil {
		return
	}
	defer c.Close()
	fmt.Println(c.name)
}

// NilArm passes the branch in which it is nil.
func NilArm(addr string) {
	c := dial(addr)
	if c == nil {
		fmt.Println("no connection")
	}
	defer c.Close()
	fmt.Println("go on")
}
