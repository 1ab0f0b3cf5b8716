package main

import (
	"fmt"
	"runtime"
)

func main() {
	before := runtime.NumGoroutine()
	for i := 0; i < 10000; i++ {
		defer func() {}() // want "^info: .*\[defer-in-loop\]"
	}
	fmt.Println(runtime.NumGoroutine() - before)
}
