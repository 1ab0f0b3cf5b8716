package seen

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"sync"
	"time"
)

func named() (n int) {
	defer func() { n++ }()
	return 42
}

type report struct{ elapsed time.Duration }

func pointer() *report {
	start := time.Now()
	r := &report{}
	defer func() { r.elapsed = time.Since(start) }()
	return r
}

func maps() map[string]int {
	m := map[string]int{}
	defer func() { m["end"] = 1 }()
	return m
}

func addressOf() *int {
	x := 42
	defer func() { x++ }()
	return &x
}

func elements(n int) []int {
	xs := make([]int, n+1)
	defer func() { xs[0] = n }()
	return xs
}

// A deferred call that runs later reads it.
func logged(f func() error) error {
	var err error
	defer func() { log.Print(err) }()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	err = f()
	return err
}

// It reads it itself.
func closeLogged(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() {
		if err = f.Close(); err != nil {
			log.Print(err)
		}
	}()
	return nil
}

// The function around goes on with it.
func around(f func()) error {
	var err error
	func() {
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("panic: %v", r)
			}
		}()
		f()
	}()
	return err
}

// So does one that waits.
func wait(fs []func()) error {
	var (
		wg  sync.WaitGroup
		mu  sync.Mutex
		err error
	)
	for _, f := range fs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() {
				if r := recover(); r != nil {
					mu.Lock()
					defer mu.Unlock()
					err = errors.Join(err, fmt.Errorf("panic: %v", r))
				}
			}()
			f()
		}()
	}
	wg.Wait()
	return err
}

// The variable is kept by a closure that is returned.
func kept() (func() int, int) {
	n := 0
	defer func() { n++ }()
	return func() int { return n }, 1
}

// A flag that nobody returns.
func flag(work func()) {
	running := true
	defer func() { running = false }()
	go func() {
		for running {
			work()
		}
	}()
}

// Letting go of memory.
func release(n int) int {
	buf := make([]byte, n)
	defer func() { buf = nil }()
	return len(buf)
}

func closeInto(c io.Closer, err *error) {
	if cerr := c.Close(); cerr != nil && *err == nil {
		*err = cerr
	}
}

func byHelper(name string) (err error) {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer closeInto(f, &err)
	return nil
}

// A variable of the deferred function that means nothing outside.
func ownCount(xs []int) (sum int) {
	defer func() {
		n := 0
		for range xs {
			n++
		}
		log.Print(n)
	}()
	return len(xs)
}

// After a panic the function returns zero anyway.
func isNil(v any) bool {
	var result bool
	defer func() {
		if e := recover(); e != nil {
			result = false
		}
	}()
	result = v.(fmt.Stringer) == nil
	return result
}

func isSet(v any) bool {
	var result bool
	defer func() {
		if e := recover(); e != nil {
			result = true // want "this is lost"
		}
	}()
	result = v.(fmt.Stringer) == nil
	return result
}

// With an error nothing of it was returned.
func fetched(name string) (_ *os.File, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	file := f
	defer func() {
		if err != nil {
			file.Close()
			file = nil
		}
	}()
	if _, err := file.Stat(); err != nil {
		return nil, err
	}
	return file, nil
}

// With an error it may have been.
func fetchedBoth(name string) (_ *os.File, err error) {
	file := os.Stdin
	defer func() {
		if err != nil {
			file = nil // want "this is lost"
		}
	}()
	_, err = file.Stat()
	return file, err
}
