package main

import "testing"

// A helper of tests, in a package of its own.
func mustPanic(t *testing.T, f func()) {
	t.Helper()
	panicked := true
	func() {
		defer func() { recover() }()
		f()
		panicked = false
	}()
	if !panicked {
		t.Error("no panic")
	}
}

func main() { mustPanic(nil, func() {}) }
