package main

import "fmt"

func main() {
	for i := 0; i < 3; i++ {
		defer func() { // want "\[defer-loop-capture\]"
			fmt.Println(i)
		}()
	}
}
