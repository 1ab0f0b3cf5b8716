package main

import "sync"

// The first half is right and goes through; the second is not.
func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	guarded := map[int]int{}
	for g := range 4 {
		wg.Go(func() {
			for i := range 2000 {
				mu.Lock()
				guarded[i%50] += g
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	println(len(guarded), guarded[7])
	shared := map[int]int{}
	for range 2 {
		go func() {
			defer func() { println("never", recover() != nil) }()
			for i := 0; ; i++ {
				shared[i&1023] = i
			}
		}()
	}
	select {}
}
