package main

import (
	"errors"
	"fmt"
	"os"
)

func main() {
	f, _ := os.Open("/nonexistent/data.txt") // want "warning: .*\[open-error-ignored\]"
	defer func() {
		if err := f.Close(); err != nil {
			fmt.Println("close failed:", err, errors.Is(err, os.ErrInvalid))
		}
	}()
	fmt.Println(f == nil)
}
