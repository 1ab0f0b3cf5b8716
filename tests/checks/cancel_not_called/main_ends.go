package main

import (
	"context"
	"os"
)

// The process ends with main, and all contexts with it.
func main() {
	_, cancel := context.WithCancel(context.Background()) // want "info: "
	if len(os.Args) > 1 {
		cancel()
	}
	work()
}

func work() {
	_, cancel := context.WithCancel(context.Background()) // want "warning: "
	if len(os.Args) > 1 {
		cancel()
	}
}
