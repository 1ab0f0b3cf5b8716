package p

import "sync"

// The goroutine unlocks what is locked when it is started.
func byTurns(work func()) {
	var mu sync.Mutex
	mu.Lock()
	done := make(chan bool)
	go func() {
		for {
			work()
			mu.Unlock()
			mu.Lock()
			select {
			case done <- true:
				return
			default:
			}
		}
	}()
	for i := 0; i < 10; i++ {
		mu.Lock()
		work()
		mu.Unlock()
	}
	<-done
}

// The goroutine locks, and the function around it unlocks.
func handedOver(mu *sync.RWMutex) {
	locked := make(chan bool)
	go func() {
		for i := 0; i < 10; i++ {
			mu.RLock()
			mu.RLock()
			locked <- true
		}
	}()
	for i := 0; i < 10; i++ {
		<-locked
		mu.RUnlock()
		mu.RUnlock()
	}
}

func ownBusiness(mu *sync.Mutex) {
	go func() {
		mu.Lock()
		mu.Lock() // want "`mu` is locked here though it is since line 49: it waits for itself"
		mu.Unlock()
	}()
}

func withHelper(mu *sync.Mutex, work func()) {
	mu.Lock()
	go func() {
		mu.Lock()
		defer mu.Unlock()
		work()
	}()
	mu.Lock() // want "`mu` is locked here though it is since line 56: it waits for itself"
	mu.Unlock()
}
