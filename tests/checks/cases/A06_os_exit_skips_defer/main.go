package main

import (
	"fmt"
	"os"
)

func main() {
	defer fmt.Println("deferred")
	fmt.Println("before exit")
	os.Exit(0) // want "warning: .*\[defer-skipped-by-exit\]"
}
