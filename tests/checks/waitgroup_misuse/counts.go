package p

import (
	"fmt"
	"sync"
)

func onceForAll(names []string, do func(string)) {
	var wg sync.WaitGroup
	wg.Add(1) // want "`wg` is counted up by 1 in all, but each turn of the loop at line 11 starts a goroutine that calls `Done`"
	for _, name := range names {
		go func() {
			defer wg.Done()
			do(name)
		}()
	}
	wg.Wait()
}

func oneTooFew(a, b func()) {
	var wg sync.WaitGroup
	wg.Add(1) // want "`wg` is counted up by 1 in all, but down by 2 before `Wait` returns: the counter gets negative"
	go func() { defer wg.Done(); a() }()
	go func() { defer wg.Done(); b() }()
	wg.Wait()
}

func oneTooMany(a, b func()) {
	var wg sync.WaitGroup
	wg.Add(3) // want "`wg` is counted up by 3 in all, but down by 2: `Wait` waits for ever"
	go func() {
		a()
		wg.Done()
	}()
	go func() {
		defer func() {
			fmt.Println("b is done")
			wg.Done()
		}()
		b()
	}()
	wg.Wait()
}

func never(do func()) {
	var wg sync.WaitGroup
	go func() {
		defer wg.Done() // want "`Done` without any `Add` of `wg`: the counter gets negative"
		do()
	}()
	wg.Wait()
}

func threeOfFour(do func(int)) {
	var wg sync.WaitGroup
	wg.Add(3) // want "by 3 in all, but each of the 4 turns of the loop at line 57 starts a goroutine that calls `Done`: the counter gets negative"
	for i := 0; i < 4; i++ {
		go func() {
			defer wg.Done()
			do(i)
		}()
	}
	wg.Wait()
}

func worker(wg *sync.WaitGroup, do func()) {
	defer wg.Done()
	do()
}

func declared(a, b func()) {
	var wg sync.WaitGroup
	wg.Add(1) // want "by 1 in all, but down by 2"
	go worker(&wg, a)
	go worker(&wg, b)
	wg.Wait()
}

func recovered(names []string, do func(string)) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer func() {
				if r := recover(); r != nil {
					fmt.Println(name, r)
				}
			}()
			do(name)
			wg.Done() // want "a panic at line 89, which is recovered, leaves out this `Done`"
		}()
	}
	wg.Wait()
}

// Look-alikes.

func two(a, b func()) {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() { defer wg.Done(); a() }()
	go func() { defer wg.Done(); b() }()
	wg.Wait()
}

func perhaps(a, b func()) {
	var wg sync.WaitGroup
	if a != nil {
		wg.Add(1)
		go func() { defer wg.Done(); a() }()
	}
	if b != nil {
		wg.Add(1)
		go worker(&wg, b)
	}
	wg.Wait()
}

func again(a, b func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go worker(&wg, a)
	wg.Wait()
	wg.Add(1)
	go worker(&wg, b)
	wg.Wait()
}

func four(do func(int)) {
	var wg sync.WaitGroup
	wg.Add(4)
	for i := range 4 {
		go func() {
			defer wg.Done()
			do(i)
		}()
	}
	wg.Wait()
}

func both(a, b func()) {
	var wg sync.WaitGroup
	wg.Add(2)
	for _, f := range []func(){a, b} {
		go worker(&wg, f)
	}
	wg.Wait()
}

func asMany(n int, do func(int)) {
	var wg sync.WaitGroup
	wg.Add(n)
	for i := range n {
		go func() {
			defer wg.Done()
			do(i)
		}()
	}
	wg.Wait()
}

func first(names []string, do func(string)) {
	var wg sync.WaitGroup
	wg.Add(1)
	for _, name := range names {
		if name != "" {
			go func() {
				defer wg.Done()
				do(name)
			}()
			break
		}
	}
	wg.Wait()
}

func chosen(names []string, which int, do func(string)) {
	var wg sync.WaitGroup
	wg.Add(1)
	for i, name := range names {
		if i == which {
			go func() {
				defer wg.Done()
				do(name)
			}()
		}
	}
	wg.Wait()
}

func lastOne(names []string, do func(string)) {
	var wg sync.WaitGroup
	wg.Add(1)
	var mu sync.Mutex
	left := len(names)
	for _, name := range names {
		go func() {
			do(name)
			mu.Lock()
			defer mu.Unlock()
			if left--; left == 0 {
				wg.Done()
			}
		}()
	}
	wg.Wait()
}

func start(wg *sync.WaitGroup, do func()) {
	wg.Add(1)
	go worker(wg, do)
}

func byHelper(a, b func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	start(&wg, a)
	go worker(&wg, b)
	wg.Wait()
}

func closer(a func() int) <-chan int {
	c := make(chan int)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		c <- a()
	}()
	go func() {
		wg.Wait()
		close(c)
	}()
	return c
}

func notStarted(start func() error, do func()) error {
	var wg sync.WaitGroup
	defer wg.Wait()
	wg.Add(1)
	if err := start(); err != nil {
		wg.Done()
		return err
	}
	go worker(&wg, do)
	return nil
}

func byGo(a, b func()) {
	var wg sync.WaitGroup
	wg.Go(a)
	wg.Add(1)
	go worker(&wg, b)
	wg.Wait()
}

func recoveredFirst(names []string, do func(string)) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer func() {
				if r := recover(); r != nil {
					fmt.Println(name, r)
					wg.Done()
				}
			}()
			do(name)
			wg.Done()
		}()
	}
	wg.Wait()
}

func recoveredWithin(names []string, do func(string)) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			func() {
				defer func() { fmt.Println(recover()) }()
				do(name)
			}()
			wg.Done()
		}()
	}
	wg.Wait()
}

func sameTwice(a, b <-chan int, do func(int)) {
	var wg sync.WaitGroup
	each := func(c <-chan int) {
		defer wg.Done()
		for n := range c {
			do(n)
		}
	}
	wg.Add(2)
	go each(a)
	go each(b)
	wg.Wait()
}

func calledAndStarted(do func()) {
	var wg sync.WaitGroup
	each := func() {
		defer wg.Done()
		do()
	}
	wg.Add(2)
	each()
	go each()
	wg.Wait()
}

func doneOnceMore(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			job()
		}()
	}
	wg.Wait()
	wg.Done() // want "`Done` of `wg` comes after `Wait` has returned at line \d+"
}

func usedAgain(first, second func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		first()
	}()
	wg.Wait()
	wg.Add(1)
	second()
	wg.Done()
	wg.Wait()
}

// The first Done says that it is ready, and the second one that it is over.
func serveOnce(ready *sync.WaitGroup, work func()) {
	defer ready.Done()
	work()
	ready.Done()
	work()
}

func servedAgain(work func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go serveOnce(&wg, work)
	wg.Wait()
	wg.Add(1)
	work()
	wg.Wait()
}

func endTwice(over *sync.WaitGroup, work func()) {
	defer over.Done()
	work()
	over.Done() // want "`Done` is called twice on one way"
}

func endedTwice(work func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go endTwice(&wg, work)
	wg.Wait()
}
