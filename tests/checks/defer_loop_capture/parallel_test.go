//go:build go1.21

package p

import (
	"fmt"
	"testing"
)

func TestParallel(t *testing.T) {
	for _, tt := range []struct{ name string }{{"a"}, {"b"}} {
		t.Run(tt.name, func(t *testing.T) { // want "kept for later, uses `tt`, which all iterations share in go1.21"
			t.Parallel()
			fmt.Println(tt.name)
		})
	}
}

func TestUsedBeforeParallel(t *testing.T) {
	for _, tt := range []struct{ name string }{{"a"}, {"b"}} {
		t.Run(tt.name, func(t *testing.T) {
			fmt.Println(tt.name)
			t.Parallel()
		})
	}
}

func TestInSequence(t *testing.T) {
	for _, tt := range []struct{ name string }{{"a"}, {"b"}} {
		t.Run(tt.name, func(t *testing.T) {
			fmt.Println(tt.name)
		})
	}
}

func TestCleanup(t *testing.T) {
	for _, name := range []string{"a", "b"} {
		t.Cleanup(func() { fmt.Println(name) }) // want "`name`"
	}
}
