package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Workers, a cancelled context, timers, a condition and a once.
func main() {
	var wg sync.WaitGroup
	var total atomic.Int64
	jobs := make(chan int, 3)
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range jobs {
				total.Add(int64(j * j))
			}
		}()
	}
	for i := range 100 {
		jobs <- i
	}
	close(jobs)
	wg.Wait()
	fmt.Println(total.Load())

	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	select {
	case <-ctx.Done():
		fmt.Println(ctx.Err(), errors.Is(ctx.Err(), context.DeadlineExceeded))
	case <-time.After(time.Hour):
		fmt.Println("an hour")
	}

	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	ready := 0
	for i := range 3 {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			ready += i
			cond.Broadcast()
		}()
	}
	mu.Lock()
	for ready < 3 {
		cond.Wait()
	}
	mu.Unlock()
	var once sync.Once
	for range 3 {
		once.Do(func() { fmt.Println("once") })
	}
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	start := time.Now()
	<-ticker.C
	<-ticker.C
	fmt.Println(time.Since(start).Round(time.Second))
	var m sync.Map
	m.Store("a", 1)
	v, ok := m.LoadOrStore("a", 2)
	fmt.Println(v, ok)
	t := time.AfterFunc(time.Minute, func() { fmt.Println("never") })
	fmt.Println(t.Stop(), t.Stop())
}
