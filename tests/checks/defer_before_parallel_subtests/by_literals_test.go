package p

import (
	"os"
	"testing"
)

// The subtests use the file by a literal of the test.
func TestByLiteral(t *testing.T) {
	f, err := os.Open("testdata/a")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() // want "its parallel subtests, which use what it releases, run only then"
	check := func(t *testing.T, at int64) {
		var b [1]byte
		if _, err := f.ReadAt(b[:], at); err != nil {
			t.Error(err)
		}
	}
	t.Run("0", func(t *testing.T) { t.Parallel(); check(t, 0) })
	t.Run("1", func(t *testing.T) { t.Parallel(); check(t, 1) })
}

// The literal that they use has nothing to do with it.
func TestByOtherLiteral(t *testing.T) {
	f, err := os.Open("testdata/a")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	size := st.Size()
	check := func(t *testing.T, at int64) {
		if at >= size {
			t.Error(at)
		}
	}
	t.Run("0", func(t *testing.T) { t.Parallel(); check(t, 0) })
	t.Run("1", func(t *testing.T) { t.Parallel(); check(t, 1) })
}
