package main

import (
	"fmt"
	"log"
	"os"
	"sync"
)

type store struct {
	mu sync.Mutex
	m  map[string]int
}

// A nil map panics, and is recovered.
func (s *store) put(key string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("put: %v", r)
		}
	}()
	s.m[key] = 1
	return nil
}

// The usual pair, with a callback between.
func (s *store) with(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("with: %v", r)
		}
	}()
	s.mu.Lock()
	f()
	s.mu.Unlock()
	return nil
}

// A lock guards the map.
func (s *store) countAll(words []string, f func(string) string) {
	var wg sync.WaitGroup
	for _, w := range words {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() {
				if r := recover(); r != nil {
					log.Println("count:", r)
				}
			}()
			key := f(w)
			s.mu.Lock()
			defer s.mu.Unlock()
			s.m[key]++
		}()
	}
	wg.Wait()
}

// The recover is for what run does.
func realMain(run func() error) (code int) {
	defer func() {
		if r := recover(); r != nil {
			log.Println("panic:", r)
			code = 2
		}
	}()
	if err := run(); err != nil {
		log.Fatal(err)
	}
	return 0
}

func negative() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("counter: %v", r)
		}
	}()
	var wg sync.WaitGroup
	done := func() { wg.Done() }
	hooks = append(hooks, done)
	for _, hook := range hooks {
		hook()
	}
	return nil
}

var hooks []func()

func main() {
	s := &store{}
	fmt.Println(s.put("a"), s.with(func() {}), negative())
	s.countAll(nil, func(w string) string { return w })
	os.Exit(realMain(func() error { return nil }))
}
