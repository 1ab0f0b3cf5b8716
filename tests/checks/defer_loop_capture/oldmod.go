//sample: go1.19

// Package old is a module of Go 1.19 with its idioms.
package old

import (
	"fmt"
	"io/ioutil"
	"log"
	"os"
	"sync"
	"time"
)

type Event struct {
	ID   int
	Tags []string
}

// Dispatch has handlers that share the event of the loop.
func Dispatch(evs []Event, hs map[string]func(*Event)) {
	var wg sync.WaitGroup
	for _, ev := range evs {
		for _, tag := range ev.Tags {
			h, ok := hs[tag]
			if !ok {
				continue
			}
			wg.Add(1)
			go func() { // want "^warning: "
				defer wg.Done()
				h(&ev)
			}()
		}
	}
	wg.Wait()
}

// DispatchParam does not.
func DispatchParam(evs []Event, h func(*Event)) {
	var wg sync.WaitGroup
	for i := range evs {
		wg.Add(1)
		go func(ev *Event) {
			defer wg.Done()
			h(ev)
		}(&evs[i])
	}
	wg.Wait()
}

// Semaphore waits by a channel at the end, which is too late for the variable.
func Semaphore(names []string, f func(string)) {
	sem := make(chan struct{}, 4)
	for _, n := range names {
		sem <- struct{}{}
		go func() { // want "^warning: "
			defer func() { <-sem }()
			f(n)
		}()
	}
	for i := 0; i < cap(sem); i++ {
		sem <- struct{}{}
	}
}

// After lets timers run later.
func After(names []string) {
	for i, n := range names {
		time.AfterFunc(time.Duration(i)*time.Second, func() { // want "^warning: "
			log.Println(n)
		})
	}
}

// Immediate calls at once, by a helper that does not keep it.
func Immediate(names []string) (out []string) {
	for _, n := range names {
		each(func() { out = append(out, n) })
	}
	return out
}

func each(f func()) { f() }

// Cleanup removes files at the end: arguments are evaluated at once.
func Cleanup(n int) error {
	for i := 0; i < n; i++ {
		f, err := ioutil.TempFile("", "old")
		if err != nil {
			return err
		}
		defer os.Remove(f.Name())
		defer f.Close()
		fmt.Fprintln(f, i)
	}
	return nil
}

// Order prints 2 1 0.
func Order() {
	for i := 0; i < 3; i++ {
		defer fmt.Println(i)
	}
}

// OrderCaptured prints 3 3 3.
func OrderCaptured() {
	for i := 0; i < 3; i++ {
		defer func() { fmt.Println(i) }() // want "^warning: "
	}
}
