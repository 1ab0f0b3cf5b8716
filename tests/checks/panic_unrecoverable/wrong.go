package main

import (
	"errors"
	"fmt"
	"log"
	"os"
	"sync"
)

type config struct{ name string }

func validate(c config) (err error) {
	defer func() {
		if r := recover(); r != nil { // note "this `recover` cannot stop it"
			err = fmt.Errorf("invalid: %v", r)
		}
	}()
	if c.name == "" {
		log.Fatal("no name") // want "^warning: `Fatal` ends the process: no deferred call runs, .* \[panic-unrecoverable\]$"
	}
	return nil
}

func usage() {
	fmt.Println("usage: …")
	os.Exit(2)
}

func parse(args []string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("parse: %v", r)
		}
	}()
	if len(args) == 0 {
		usage() // want "`usage` ends the process"
	}
	return nil
}

type store struct {
	mu sync.Mutex
	rw sync.RWMutex
	m  map[string]int
}

func (s *store) tryUnlock() (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	s.mu.Unlock() // want "`Unlock` of a mutex that is not locked is a fatal error"
	return true
}

func (s *store) tryRUnlock() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New("not locked")
		}
	}()
	s.rw.RUnlock() // want "`RUnlock` of a mutex"
	return nil
}

func (s *store) countAll(words []string) {
	var wg sync.WaitGroup
	for _, w := range words {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() {
				if r := recover(); r != nil {
					log.Println("concurrent write:", r)
				}
			}()
			s.m[w]++ // want "write to the map at the same time"
		}()
	}
	wg.Wait()
}

func wait() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("deadlock: %v", r)
		}
	}()
	ch := make(chan int)
	<-ch // want "nobody else has this channel"
	return nil
}

func deeper(n int) int { return deeper(n+1) + 1 }

func depth() (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("too deep: %v", r)
		}
	}()
	return deeper(0), nil // want "`deeper` calls itself without an end"
}

func main() {
	fmt.Println(validate(config{}), parse(os.Args), wait())
	fmt.Println(depth())
	s := &store{m: map[string]int{}}
	s.mu.Lock()
	fmt.Println(s.tryUnlock(), s.tryRUnlock())
	s.countAll(nil)
}
