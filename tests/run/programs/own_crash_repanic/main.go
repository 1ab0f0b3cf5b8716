package main

import "fmt"

type wrapped struct {
	msg string
	n   int
}

func cleanup(name string) {
	if r := recover(); r != nil {
		fmt.Println(name, "saw", r)
		panic(r)
	}
}

func a() { defer cleanup("a"); panic(wrapped{"x", 1}) }
func b() { defer cleanup("b"); a() }

func main() {
	defer func() {
		defer func() { recover() }()
		panic("swallowed")
	}()
	b()
}
