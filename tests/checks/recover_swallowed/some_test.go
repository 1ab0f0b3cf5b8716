package p

import "testing"

func TestIgnoresPanic(t *testing.T) {
	func() {
		defer func() { recover() }()
		panic("x")
	}()
}
