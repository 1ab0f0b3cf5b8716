// Literals of the test that make their caller parallel.
package p

import (
	"os"
	"path/filepath"
	"testing"
)

func TestChecked(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "x"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() // want "its parallel subtests, which use what it releases"
	check := func(t *testing.T, at int64) {
		t.Parallel()
		if _, err := f.WriteAt([]byte("x"), at); err != nil {
			t.Error(err)
		}
	}
	t.Run("one", func(t *testing.T) { check(t, 1) })
	t.Run("two", func(t *testing.T) { check(t, 2) })
}

func TestCheckedInOrder(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "x"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	check := func(t *testing.T, at int64) {
		if _, err := f.WriteAt([]byte("x"), at); err != nil {
			t.Error(err)
		}
	}
	t.Run("one", func(t *testing.T) { check(t, 1) })
}
