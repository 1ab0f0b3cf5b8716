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
