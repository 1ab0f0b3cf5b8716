//sample: go1.24

package channels

import "sync"

func source(xs []int) <-chan int {
	c := make(chan int)
	defer close(c) // want "this closes the channel when `source` returns, and a goroutine that nothing here waits for sends to it"
	go func() {
		for _, x := range xs {
			c <- x
		}
	}()
	return c
}

func feed(c chan<- int, n int) {
	for i := range n {
		select {
		case c <- i:
		default:
		}
	}
}

func fed(n int) <-chan int {
	c := make(chan int, n)
	defer close(c) // want "this closes the channel when `fed` returns"
	go feed(c, n)
	return c
}

func right(xs []int) <-chan int {
	c := make(chan int)
	go func() {
		defer close(c)
		for _, x := range xs {
			c <- x
		}
	}()
	return c
}

// The goroutine only receives.
func sink(xs []int) {
	c := make(chan int)
	defer close(c)
	go func() {
		for x := range c {
			println(x)
		}
	}()
	for _, x := range xs {
		c <- x
	}
}

func waits(xs []int) <-chan int {
	c := make(chan int, len(xs))
	defer close(c)
	var wg sync.WaitGroup
	for _, x := range xs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c <- x
		}()
	}
	wg.Wait()
	return c
}

func reads(n int) (sum int) {
	c := make(chan int)
	defer close(c)
	go feed(c, n)
	for range n {
		sum += <-c
	}
	return sum
}

func filled(xs []int) <-chan int {
	c := make(chan int, len(xs))
	defer close(c)
	for _, x := range xs {
		c <- x
	}
	return c
}
