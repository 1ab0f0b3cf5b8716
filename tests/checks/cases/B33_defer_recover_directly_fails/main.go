package main

import "fmt"

func main() {
	defer fmt.Println("other defer ran")
	defer recover() // want "\[recover-not-direct\]"
	panic("test")
}
