package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "acctd")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	os.Chdir(dir)
	os.Exit(m.Run()) // want "^warning: "
}

func TestLock(t *testing.T) {
	l, err := openLedger(filepath.Join(t.TempDir(), "x"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.unlock()
	if _, err := openLedger(l.path); err == nil {
		t.Fatal("locked twice")
	}
}
