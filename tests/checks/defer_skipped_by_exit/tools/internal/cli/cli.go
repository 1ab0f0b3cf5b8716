// Package cli is what the commands share.
package cli

import (
	"fmt"
	"io"
	"os"
)

var (
	Stderr io.Writer = os.Stderr
	exit             = os.Exit
)

type Exit struct{ Code int }

// Usage prints and exits.
func Usage(text string) {
	fmt.Fprintln(Stderr, "usage:", text)
	finish(Exit{2})
}

// Check exits when err is not nil.
func Check(err error) {
	if err == nil {
		return
	}
	fmt.Fprintln(Stderr, "error:", err)
	finish(Exit{1})
}

// Warn only prints.
func Warn(args ...any) { fmt.Fprintln(Stderr, args...) }

func finish(e Exit) {
	os.Exit(e.Code)
}

// Only ends the process if another one is there.
func Only(lock string) {
	if _, err := os.Stat(lock); err == nil {
		fmt.Fprintln(Stderr, "it runs already")
		os.Exit(3)
	}
}

// Load asks several, far below.
func Load(names ...string) (sum int) {
	for _, name := range names {
		sum += load(name)
	}
	return sum
}

func load(name string) int {
	b, err := os.ReadFile(name)
	if err != nil {
		fmt.Fprintln(Stderr, err)
		os.Exit(4)
	}
	return len(b)
}
