package p

import (
	"io"
	"os"
	"testing"
)

func readAt(t *testing.T, f *os.File, off int64) {
	t.Helper()
	together(t)
	if _, err := f.ReadAt(make([]byte, 1), off); err != nil && err != io.EOF {
		t.Error(err)
	}
}

func together(t *testing.T) {
	t.Helper()
	t.Parallel()
}

func TestReadAt(t *testing.T) {
	f, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() // want "this runs when the test function returns"
	t.Run("begin", func(t *testing.T) { readAt(t, f, 0) })
	t.Run("later", func(t *testing.T) { readAt(t, f, 8) })
}

func readOne(t *testing.T, f *os.File) {
	t.Helper()
	if _, err := f.Read(make([]byte, 1)); err != nil && err != io.EOF {
		t.Error(err)
	}
}

func TestOneByOne(t *testing.T) {
	f, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for range 2 {
		t.Run("next", func(t *testing.T) { readOne(t, f) })
	}
}
