package tdb

import (
	"fmt"
	"os"
	"testing"
)

var srv *Server

func TestMain(m *testing.M) {
	var err error
	if srv, err = Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer srv.Stop()
	os.Exit(m.Run()) // want "warning: .*\[defer-skipped-by-exit\]"
}

func TestDir(t *testing.T) {
	f, err := os.CreateTemp(srv.dir, "x")
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(f.Name())
	if _, err := f.WriteString("x"); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
