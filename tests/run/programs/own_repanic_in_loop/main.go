package main

import (
	"fmt"
	"os"
)

func retry(n int, f func(int)) (tries int, last any) {
	for tries = 1; tries <= n; tries++ {
		ok := func() (ok bool) {
			defer func() {
				if last = recover(); last == nil {
					ok = true
				}
			}()
			f(tries)
			return
		}()
		if ok {
			break
		}
	}
	return
}

func unwind(n int, log *[]int) {
	defer func() {
		*log = append(*log, n)
		if n%2 == 0 {
			if r := recover(); r != nil {
				defer func() { panic(fmt.Sprint(r, "<", n)) }()
			}
		}
	}()
	if n == 5 {
		panic("bottom")
	}
	unwind(n+1, log)
}

func main() {
	fmt.Println(retry(5, func(i int) {
		if i < 3 {
			panic(fmt.Sprint("try ", i))
		}
	}))
	fmt.Println(retry(2, func(i int) { panic(i) }))
	var log []int
	func() {
		defer func() { fmt.Println(recover()) }()
		unwind(0, &log)
	}()
	fmt.Println(log)
	defer os.Exit(4)
	defer func() { fmt.Println("exiting") }()
	panic("hidden by os.Exit")
}
