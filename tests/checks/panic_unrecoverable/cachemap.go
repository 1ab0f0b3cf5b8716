// Package cache relies on recover where nothing recovers.
package cache

import (
	"errors"
	"fmt"
	"log"
	"os"
	"sync"
)

type Cache struct {
	mu sync.Mutex
	m  map[string]string
}

// Release thinks that a wrong unlock is a panic.
func (c *Cache) Release() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("cache: %v", r)
		}
	}()
	c.mu.Unlock() // want "^warning: "
	return nil
}

// Twice unlocks what it has unlocked, under a recover.
func (c *Cache) Twice(k string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("cache: %v", r)
		}
	}()
	c.mu.Lock()
	if _, ok := c.m[k]; !ok {
		c.mu.Unlock()
		err = errors.New("no such key")
	}
	c.mu.Unlock() // want "^warning: "
	return err
}

// Load ends the process under a recover that is to stop that.
func Load(path string) (m map[string]string, err error) {
	defer func() {
		if r := recover(); r != nil {
			log.Printf("load: %v", r)
			err = fmt.Errorf("load: %v", r)
		}
	}()
	b, err := os.ReadFile(path)
	if err != nil {
		log.Fatalf("load: %v", err) // want "^warning: "
	}
	return map[string]string{path: string(b)}, nil
}

// Put writes to a nil map: a panic like others.
func (c *Cache) Put(k, v string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("put: %v", r)
		}
	}()
	c.m[k] = v
	return nil
}

// Fill writes to one map from many goroutines.
func Fill(keys []string) (m map[string]int, err error) {
	m = map[string]int{}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("fill: %v", r)
		}
	}()
	var wg sync.WaitGroup
	for i, k := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			m[k] = i // want "^warning: "
		}()
	}
	wg.Wait()
	return m, nil
}

// FillLocked has a lock.
func FillLocked(keys []string) map[string]int {
	m := map[string]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i, k := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			m[k] = i
		}()
	}
	wg.Wait()
	return m
}
