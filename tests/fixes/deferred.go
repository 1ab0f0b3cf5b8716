//output: different

package main

import (
	"errors"
	"fmt"
	"os"
	"sync"
)

type conn struct{ name string }

func (c *conn) Close() error {
	fmt.Println("close", c.name)
	return nil
}

func dial(fail bool) (*conn, error) {
	if fail {
		return nil, errors.New("no route")
	}
	return &conn{"c"}, nil
}

func ping(fail bool) error {
	c, err := dial(fail)
	// It is always closed,
	// whatever comes.
	defer c.Close() // in the end

	if err != nil {
		return err
	}
	fmt.Println("ping", c.name)
	return nil
}

func pingTwice() (err error) {
	c, err := dial(false)
	fmt.Println("dialled")

	defer func() {
		fmt.Println("closing", c.name)
		c.Close()
	}()
	if nil != err {
		return err
	}
	if err != nil {
		return err
	}
	return nil
}

func trace(name string) func() {
	fmt.Println("enter", name)
	return func() { fmt.Println("leave", name) }
}

type table struct {
	sync.RWMutex
	rows map[string]int
}

func (t *table) get(key string) int {
	defer trace("get")
	t.RLock()
	defer t.RLock()
	return t.rows[key]
}

func (t *table) put(key string) {
	t.Lock()
	t.rows[key]++
	t.RUnlock()
}

// Which unlock is right depends on the way.
func (t *table) both(write bool) {
	if write {
		t.Lock()
	} else {
		t.RLock()
	}
	t.Unlock()
}

// Nobody but the function knows this lock: the clash is what it is for.
func provoke() {
	var mu sync.RWMutex
	mu.RLock()
	mu.Unlock()
}

func try(f func()) {
	defer func() { fmt.Println("recovered:", recover()) }()
	f()
}

func main() {
	try(func() { fmt.Println(ping(true)) })
	try(func() { fmt.Println(ping(false), pingTwice()) })
	t := &table{rows: map[string]int{}}
	fmt.Println(t.get("x"))
	if len(os.Args) > 1 {
		t.put("x")
		t.both(true)
		provoke()
	}
}
