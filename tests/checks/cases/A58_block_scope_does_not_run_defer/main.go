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

func block(n int) {
	for i := 0; i < n; i++ {
		{
			f := Open()
			defer f.Close() // want "\[defer-in-loop\]"
		}
	}
}
func lit(n int) {
	for i := 0; i < n; i++ {
		func() {
			f := Open()
			defer f.Close()
		}()
	}
}
func main() {
	block(50)
	fmt.Println("block peak", peak)
	peak = 0
	lit(50)
	fmt.Println("func literal peak", peak)
}
