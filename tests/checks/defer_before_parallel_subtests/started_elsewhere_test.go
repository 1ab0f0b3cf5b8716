package p

import (
	"os"
	"testing"
)

// A literal starts the subtests.
func TestByLiteral(t *testing.T) {
	f, err := os.CreateTemp(t.TempDir(), "log")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() // want "use `t.Cleanup`"
	run := func(name string) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := f.WriteString(name); err != nil {
				t.Error(err)
			}
		})
	}
	run("one")
	run("two")
}

func checkAll(t *testing.T, f *os.File, names ...string) {
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := f.WriteString(name); err != nil {
				t.Error(err)
			}
		})
	}
}

// A helper does.
func TestByHelper(t *testing.T) {
	f, err := os.CreateTemp(t.TempDir(), "log")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() // want "use `t.Cleanup`"
	checkAll(t, f, "one", "two")
}

// The group waits for them.
func TestInGroup(t *testing.T) {
	f, err := os.CreateTemp(t.TempDir(), "log")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	t.Run("group", func(t *testing.T) { checkAll(t, f, "one", "two") })
}

func checkNames(t *testing.T, f *os.File, names ...string) {
	size, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if int64(len(name)) > size.Size() {
				t.Error(name)
			}
		})
	}
}

// The subtests have what was read from it.
func TestReadBefore(t *testing.T) {
	f, err := os.CreateTemp(t.TempDir(), "log")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	checkNames(t, f, "one", "two")
}
