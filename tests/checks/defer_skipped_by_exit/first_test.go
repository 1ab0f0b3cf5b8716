package sample

import (
	"os"
	"testing"
)

func setup() (dir string) { return os.TempDir() }

func TestMain(m *testing.M) {
	dir := setup()
	defer os.RemoveAll(dir)
	os.Exit(m.Run()) // want "`os.RemoveAll\(dir\)`, deferred at line 12, does not run"
}

func TestFatal(t *testing.T) {
	dir := setup()
	defer os.RemoveAll(dir)
	if dir == "" {
		t.Fatal("no name")
	}
	t.Skip("deferred calls do run")
}
