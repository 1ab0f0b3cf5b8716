//sample: go1.21
//output: different

package main

import (
	"fmt"
	"sync"
)

func main() {
	for i := 0; i < 2; i++ { // counts
		defer func() {
			fmt.Println("deferred", i)
		}()
	}
	var wg sync.WaitGroup
	seen := make([]int, 3)
	for i, name := range []string{"a", "b", "c"} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			seen[i] = len(name)
		}()
	}
	wg.Wait()
	fmt.Println(seen)

	// The body changes the variable that counts.
	var kept []func()
	for i := 0; i < 4; i++ {
		kept = append(kept, func() { fmt.Println(i) })
		i++
	}
	for _, f := range kept {
		f()
	}

	// Two in one loop, which want different copies.
	for k, v := range []string{"x", "y"} {
		kept = append(kept, func() { fmt.Println(k) })
		kept = append(kept, func() { fmt.Println(k, v) })
	}
	kept[len(kept)-1]()

	var outside int
	for outside = range []int{1, 2} {
		kept = append(kept, func() { fmt.Println(outside) })
	}
}
