// Package mixedversions has files of two language versions.
package mixedversions

import "fmt"

// PrintNow runs each closure within its iteration, which is right in every version.
func PrintNow(names []string) {
	for i, n := range names {
		show := func() { fmt.Println(i, n) }
		show()
	}
}

// PrintArgs passes the variables on.
func PrintArgs(names []string) {
	for i, n := range names {
		defer fmt.Println(i, n) // want "^info: .*\[defer-in-loop\]"
	}
}

// PrintCopy copies both.
func PrintCopy(names []string) (todo []func()) {
	for i, n := range names {
		i, n := i, n
		todo = append(todo, func() { fmt.Println(i, n) })
	}
	return todo
}
