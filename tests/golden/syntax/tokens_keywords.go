package golden

import "fmt"

const k = 1

type t struct{}

type i interface{ m() }

type table map[string]chan func()

var v = 2

func keywords(ch chan int, x any) {
	defer func() {}()
	go func() {}()
outer:
	for n := range 10 {
		if n == 3 {
			continue
		} else if n == 4 {
			continue outer
		} else {
			break outer
		}
	}
	switch v {
	case 1:
		fallthrough
	case 2:
		goto end
	default:
		return
	}
	select {
	case <-ch:
	default:
	}
	switch x.(type) {
	}
end:
	fmt.Println()
}

// Not keywords: predeclared names may be declared again.
func notKeywords() {
	var nil, true, false, iota = 1, 2, 3, 4
	type int string
	type (
		any   = int
		error = int
	)
}
