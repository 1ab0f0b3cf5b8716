package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strings"
	"sync"
)

type config struct {
	Name string
	Port int
}

func afterPanic(name string) (err error) {
	if name == "" {
		panic("no name")
	}
	defer func() {
		if r := recover(); r != nil { // want "^warning: no panic gets to this `recover`: what may panic in `afterPanic` comes before the `defer`; defer it first \[recover-unreachable\]$"
			err = fmt.Errorf("config: %v", r)
		}
	}()
	return os.Setenv("NAME", strings.TrimSpace(name))
}

func parse(text string) config {
	name, port, ok := strings.Cut(text, ":")
	if !ok {
		panic("no port in " + text)
	}
	var c config
	c.Name = name
	if _, err := fmt.Sscan(port, &c.Port); err != nil {
		panic(err)
	}
	return c
}

func afterCall(text string) (c config, err error) {
	c = parse(text)
	defer func() {
		if r := recover(); r != nil { // want "comes before the `defer`"
			err = fmt.Errorf("parse: %v", r)
		}
	}()
	if c.Port == 0 {
		c.Port = 80
	}
	return c, nil
}

func nothing(a, b int) (sum int) {
	defer func() {
		if r := recover(); r != nil { // want "nothing that `nothing` does while it is deferred can panic"
			log.Println("sum:", r)
		}
	}()
	sum = a + b
	return sum
}

func read(path string) (c config, err error) {
	if !strings.HasSuffix(path, ".json") {
		panic("not a JSON file: " + path)
	}
	defer func() { // note "it is deferred here"
		if r := recover(); r != nil { // want "no panic gets to this `recover`"
			err = fmt.Errorf("%s: %v", path, r)
		}
	}()
	data, err := os.ReadFile(path)
	if err != nil {
		return c, err
	}
	err = json.Unmarshal(data, &c)
	return c, err
}

// The second one leaves nothing to the first.
func twice(f func()) {
	defer func() {
		if r := recover(); r != nil { // want "no panic gets to this `recover`"
			log.Println("outer:", r)
		}
	}()
	defer func() {
		r := recover()
		log.Println("inner:", r)
	}()
	f()
}

func logPanic() {
	if r := recover(); r != nil {
		log.Println("panic:", r)
	}
}

func needsIt(f func()) {
	defer logPanic()
	f()
}

func needsItNot(values []string) string {
	defer logPanic() // want "no panic gets to this `recover`"
	return strings.Join(values, ",")
}

type registry struct {
	mu    sync.Mutex
	names []string
}

func (r *registry) add(name string) {
	if name == "" {
		panic("registry: empty name")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	defer func() {
		if e := recover(); e != nil { // want "no panic gets to this `recover`: what may panic in `add` comes before"
			log.Println("add:", e)
		}
	}()
	r.names = append(r.names, name)
}

func inRange(xs []int) (n int) {
	defer func() {
		if r := recover(); r != nil { // want "no panic gets"
			n = -1
		}
	}()
	for i := range xs {
		n += xs[i]
	}
	for i := 0; i < len(xs); i++ {
		xs[i] = n / 2
	}
	if len(xs) > 1 {
		n += xs[0] + xs[1]
	}
	return n
}

func main() {
	fmt.Println(afterPanic("a"), nothing(1, 2), inRange(nil))
	fmt.Println(afterCall("a:1"))
	fmt.Println(read("a.json"))
	twice(func() {})
	needsIt(func() {})
	fmt.Println(needsItNot(nil))
	new(registry).add("a")
}
