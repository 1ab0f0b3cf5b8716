package main

import (
	"fmt"
	"sync"
	"time"
)

type account struct {
	mu  sync.Mutex
	bal int
}

func (a *account) with(f func() error) (err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	before := a.bal
	defer func() {
		switch r := recover().(type) {
		case nil:
			if err != nil {
				a.bal = before
			}
		case error:
			a.bal, err = before, r
		default:
			a.bal = before
			panic(r)
		}
	}()
	return f()
}

func main() {
	a := &account{bal: 10}
	fmt.Println(a.with(func() error { a.bal -= 3; return nil }), a.bal)
	fmt.Println(a.with(func() error { a.bal -= 3; return fmt.Errorf("declined") }), a.bal)
	fmt.Println(a.with(func() error { a.bal -= 3; var p *account; p.bal++; return nil }), a.bal)
	func() {
		defer func() { fmt.Println("through", recover(), a.bal, a.mu.TryLock()) }()
		a.with(func() error { a.bal = 0; panic("text") })
	}()
	a.mu.Unlock()
	results := make(chan string, 3)
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					results <- fmt.Sprint("worker ", i, ": ", r)
				}
			}()
			time.Sleep(time.Duration(3-i) * time.Millisecond)
			if i != 1 {
				panic(i)
			}
			results <- "ok"
		})
	}
	wg.Wait()
	close(results)
	for r := range results {
		fmt.Println(r)
	}
}
