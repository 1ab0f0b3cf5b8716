package main

import (
	"errors"
	"fmt"
	"log"
	"sync"
	"time"
)

func inDeferred() {
	defer func() {
		done := make(chan bool)
		go func() { // note "the goroutine is started here"
			recover() // want "^error: `recover` runs in a goroutine of its own, where no panic is under way: .* \[recover-wrong-goroutine\]$"
			close(done)
		}()
		<-done
	}()
	panic("boom")
}

func inDeferredThroughHelper() {
	defer func() {
		go func() {
			logPanic()
		}()
	}()
	panic("boom")
}

func logPanic() {
	if r := recover(); r != nil { // want "runs in a goroutine of its own"
		log.Println(r)
	}
}

func startedHelper() {
	go rescue()
	panic("boom")
}

func rescue() {
	if r := recover(); r != nil { // want "runs in a goroutine of its own"
		log.Println("rescued", r)
	}
}

func validate(n int) {
	if n < 0 {
		panic(fmt.Sprintf("bad size %d", n))
	}
}

// The creator waits, and thinks that it recovers for its workers.
func validateAll(sizes []int) (err error) {
	defer func() {
		if r := recover(); r != nil { // want "does not stop a panic of the goroutine that `validateAll` starts"
			err = fmt.Errorf("validate: %v", r)
		}
	}()
	var wg sync.WaitGroup
	for _, n := range sizes {
		wg.Add(1)
		go func() { // note "this goroutine may panic, and has no recover of its own"
			defer wg.Done()
			validate(n)
		}()
	}
	wg.Wait()
	return nil
}

// Whatever the tasks do, they do it elsewhere.
func runAll(tasks []func() error) (err error) {
	defer func() {
		if r := recover(); r != nil { // want "does not stop a panic of the goroutine"
			err = fmt.Errorf("task: %v", r)
		}
	}()
	errs := make([]error, len(tasks))
	var wg sync.WaitGroup
	for i, task := range tasks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			errs[i] = task()
		}()
	}
	wg.Wait()
	return errors.Join(errs...)
}

func withGo(sizes []int) {
	defer func() {
		if r := recover(); r != nil { // want "does not stop a panic of the goroutine"
			log.Print(r)
		}
	}()
	var wg sync.WaitGroup
	for _, n := range sizes {
		wg.Go(func() { validate(n) })
	}
	wg.Wait()
}

type step interface{ run() error }

func runSteps(steps map[string]step) (err error) {
	defer func() {
		if r := recover(); r != nil { // want "does not stop a panic of the goroutine that `runSteps` starts"
			err = fmt.Errorf("run: %v", r)
		}
	}()
	var wg sync.WaitGroup
	errs := make(chan error, len(steps))
	for _, s := range steps {
		wg.Add(1)
		go func(s step) {
			defer wg.Done()
			errs <- s.run()
		}(s)
	}
	wg.Wait()
	close(errs)
	for e := range errs {
		err = errors.Join(err, e)
	}
	return err
}

type worker struct {
	mu   sync.Mutex
	seen map[string]time.Time
}

func (w *worker) loop(names <-chan string) {
	for name := range names {
		if name == "" {
			panic("empty name")
		}
		w.mu.Lock()
		w.seen[name] = time.Now()
		w.mu.Unlock()
	}
}

// Start has nothing else to recover from.
func (w *worker) Start(names <-chan string) {
	defer func() {
		if r := recover(); r != nil { // want "does not stop a panic of the goroutine that `Start` starts"
			log.Println("worker:", r)
		}
	}()
	w.seen = map[string]time.Time{}
	go w.loop(names)
}

func main() {
	defer func() { fmt.Println("main:", recover()) }() // want "does not stop a panic of the goroutine that `main` starts"
	go func() { panic("in the goroutine") }()
	time.Sleep(time.Second)
}
