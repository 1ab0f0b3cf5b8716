// A trace begins with the caller of runtime.Stack.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

type T struct{}

//go:noinline
func (t *T) trace(n int) []string {
	b := make([]byte, 4000)
	text := string(b[:runtime.Stack(b, false)])
	var names []string
	for i, line := range strings.Split(text, "\n") {
		if i > 0 && line != "" && line[0] != '\t' {
			names = append(names, line[:strings.LastIndex(line, "(")])
		}
	}
	return names
}

func main() {
	fmt.Println(new(T).trace(1))
	b := make([]byte, 4000)
	fmt.Println(strings.Contains(string(b[:runtime.Stack(b, false)]), "\nmain.main()\n\t"))
}
