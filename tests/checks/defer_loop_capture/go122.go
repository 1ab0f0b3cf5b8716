//go:build go1.22

package p

import "fmt"

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
