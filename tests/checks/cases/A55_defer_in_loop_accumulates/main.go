package main

import "fmt"

var open, peak int

type F struct{}

func Open() *F {
	open++
	if open > peak {
		peak = open
	}
	return &F{}
}
func (*F) Close() { open-- }

func processBatch(n int) {
	for i := 0; i < n; i++ {
		f := Open()
		defer f.Close() // want "\[defer-in-loop\]"
	}
	fmt.Println("open at loop end:", open)
}
func main() {
	processBatch(100)
	fmt.Println("after return:", open, "peak", peak)
}
