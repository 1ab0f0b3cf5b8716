package p

import (
	"os"
	"testing"
)

func TestAll(t *testing.T) {
	for _, tt := range tests {
		f, err := os.Open(tt.name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close() // want "^info: "
	}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close() // want "^warning: "
	}
}
