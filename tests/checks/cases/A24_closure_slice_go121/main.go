package main

import "fmt"

func main() {
	funcs := make([]func(), 3)
	for i := 0; i < 3; i++ {
		funcs[i] = func() { fmt.Println(i) } // want "\[defer-loop-capture\]"
	}
	for _, f := range funcs {
		f()
	}
}
