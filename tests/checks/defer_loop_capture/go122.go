//go:build go1.22

package p

import (
	"fmt"
	"sync"
)

func ownVariables(names []string) (all []func()) {
	for i := 0; i < 3; i++ {
		defer func() { fmt.Println(i) }()
	}
	for _, name := range names {
		go func() { fmt.Println(name) }()
		all = append(all, func() { fmt.Println(name) })
	}
	return all
}

func outside() {
	var i int
	for i = 0; i < 3; i++ {
		defer func() { fmt.Println(i) }() // want "this deferred function literal uses `i`, which is declared outside the loop and so shared by all iterations: it runs after the loop"
	}
}

func outsideRange(names []string) {
	var name string
	for _, name = range names {
		go func() { fmt.Println(name) }() // want "this goroutine uses `name`, which is declared outside"
	}
}

func outsideWithoutInit(n int) {
	i := 0
	for ; i < n; i++ {
		go func() { fmt.Println(i) }() // want "`i`"
	}
}

func outsideCopied(names []string) {
	var name string
	for _, name = range names {
		name := name
		go func() { fmt.Println(name) }()
	}
}

func outsideNotAssigned(names []string) {
	total := 0
	for range names {
		defer func() { total++ }()
	}
}

func outsideFinal(names []string) {
	var i int
	defer func() { fmt.Println("stopped at", i) }()
	for i = range names {
		fmt.Println(i)
	}
}

// A loop variable in all but name.
func setInBody(names []string, out chan string) {
	var name string
	for i := range names {
		name = names[i]
		go func() { out <- name }() // want "this goroutine uses `name`, which is declared outside"
	}
}

func deferredSetInBody(names []string) {
	var name string
	for i := range names {
		name = names[i] + "x"
		defer func() { fmt.Println(name) }() // want "`name`"
	}
}

// What the loop leaves behind is meant.
func outcome(steps []func() error) (err error) {
	for _, step := range steps {
		err = step()
		defer func() {
			if err != nil {
				fmt.Println(err)
			}
		}()
	}
	return err
}

func lastSeen(names []string) string {
	var last string
	for i := range names {
		last = names[i]
		defer func() { fmt.Println(last) }()
	}
	return last
}

func total(names []string) {
	sum := 0
	for _, name := range names {
		sum += len(name)
		defer func() { fmt.Println(sum) }()
	}
}

// Before another one is started, the loop waits.
func oneAtATime(names chan string, use func(string)) {
	var wg sync.WaitGroup
	var name string
	running := false
	for next := range names {
		if next == "" {
			if running {
				wg.Wait()
				running = false
			}
			continue
		}
		if !running {
			name = next + "!"
			wg.Add(1)
			go func() {
				defer wg.Done()
				use(name)
			}()
			running = true
		}
	}
}
