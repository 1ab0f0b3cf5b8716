//go:build go1.22

package walk

import "sync"

// New is in a file of a later version: each turn has its own variable.
func New(nodes []*Node, f func(*Node)) {
	var wg sync.WaitGroup
	for _, n := range nodes {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f(n)
		}()
	}
	wg.Wait()
}
