package main

import (
	"fmt"
	"os"
)

func main() {
	f, _ := os.CreateTemp("", "x") // want "warning: .*\[open-error-ignored\]"
	defer os.Remove(f.Name())
	defer f.Close() // want "the error of closing `f` is dropped"
	n, err := f.Write([]byte("hello"))
	fmt.Println(n, err)
}
