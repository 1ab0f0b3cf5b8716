package p

import (
	"fmt"
	"os"
	"sync"
)

const three = 3

func constants() {
	for i := 0; i < 3; i++ {
		defer fmt.Println(i)
	}
	for i := 10; i > 0; i -= 2 {
		defer fmt.Println(i)
	}
	for i := 0; three >= i; i++ {
		defer fmt.Println(i)
	}
	for range 8 {
		defer fmt.Println()
	}
	for i := range three {
		defer fmt.Println(i)
	}
	for _, s := range []string{"a", "b"} {
		f, _ := os.Open(s)
		defer f.Close()
	}
	for _, s := range [...]string{"a", "b"} {
		f, _ := os.Open(s)
		defer f.Close()
	}
	for i := range [4]int{} {
		defer fmt.Println(i)
	}
	names := []string{"a", "b", "c"}
	for _, s := range names {
		f, _ := os.Open(s)
		defer f.Close()
	}
	for i := 0; i < len(names); i++ {
		f, _ := os.Open(names[i])
		defer f.Close()
	}
}

func many() {
	for i := 0; i < 9; i++ {
		defer fmt.Println(i) // want "^info: "
	}
	for range 0x10 {
		f, _ := os.Open("x")
		defer f.Close() // want "^warning: "
	}
	// Nine, of two loops.
	for range 3 {
		for range 3 {
			f, _ := os.Open("x")
			defer f.Close() // want "^warning: "
		}
	}
	// The inner loop runs once.
	for range 3 {
		for range 3 {
			f, _ := os.Open("x")
			defer f.Close()
			break
		}
	}
}

func changing(more bool) {
	names := []string{"a"}
	names = append(names, "b")
	for _, s := range names {
		f, _ := os.Open(s)
		defer f.Close() // want "f.Close"
	}
	for i := 0; i < 3; i++ {
		if more {
			i--
		}
		f, _ := os.Open("x")
		defer f.Close() // want "f.Close"
	}
}

func atMostOnce() {
	for i := 0; i < 1; i++ {
		var mu sync.Mutex
		mu.Lock()
		defer mu.Unlock()
	}
	for false {
		defer fmt.Println()
	}
}

// Two locks are two too many.
func locks(mu *sync.Mutex, all []*sync.RWMutex) {
	for range 2 {
		mu.Lock()
		defer mu.Unlock() // want "^warning: `mu.Unlock\(\)` .*: the next iteration finds the lock still held; "
	}
	for _, each := range all {
		each.RLock()
		defer each.RUnlock() // want "each lock stays held until then"
		fmt.Println(each)
	}
	// All of them for what follows.
	for _, each := range all {
		each.RLock()
		defer each.RUnlock()
	}
	fmt.Println(len(all))
}

func sameLockForEach(mu *sync.Mutex, names []string) {
	for _, name := range names {
		mu.Lock()
		defer mu.Unlock() // want "the next iteration finds the lock still held"
		fmt.Println(name)
	}
}

func lockInLiteral(mu *sync.Mutex, names []string) {
	for range names {
		mu.Lock()
		defer func() { mu.Unlock() }() // want "the next iteration finds"
	}
}
