//sample: go1.24

package others

import "sync"

func either(first, second func()) {
	var wg sync.WaitGroup
	if first != nil {
		wg.Add(1)
		go func() {
			defer wg.Done()
			first()
		}()
	}
	if second != nil {
		go func() {
			wg.Add(1) // want "the goroutine adds itself to `wg`"
			defer wg.Done()
			second()
		}()
	}
	wg.Wait()
}

// The caller counts himself until all are started.
func counted(work []func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	for _, w := range work {
		go func() {
			wg.Add(1)
			defer wg.Done()
			w()
		}()
	}
	go println("started")
	wg.Done()
	wg.Wait()
}
