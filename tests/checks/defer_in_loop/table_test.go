package p

import (
	"os"
	"testing"
)

func TestTable(t *testing.T) {
	tests := []struct{ name string }{
		{"a"}, {"b"}, {"c"}, {"d"}, {"e"}, {"f"}, {"g"}, {"h"}, {"i"}, {"j"},
	}
	for _, tt := range tests {
		f, err := os.Open(tt.name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close() // want "^info: "
	}
}

func TestUnknownTable(t *testing.T) {
	for _, name := range os.Args {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close() // want "^warning: "
	}
}

func TestSubtests(t *testing.T) {
	for _, name := range os.Args {
		t.Run(name, func(t *testing.T) {
			f, err := os.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
		})
	}
}

func BenchmarkDefer(b *testing.B) {
	for i := 0; i < b.N; i++ {
		defer func() {}() // want "^info: "
	}
}
