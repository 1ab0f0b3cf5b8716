package main

import (
	"log"
	"os"
)

func main() {
	f, err := os.Open("x") // want "^info: `f` may be still open"
	if err != nil {
		log.Fatal(err)
	}
	println(f.Name())
}
