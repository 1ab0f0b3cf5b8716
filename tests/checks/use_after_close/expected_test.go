package p

import (
	"errors"
	"io"
	"net"
	"os"
	"testing"
)

func TestReadFails(t *testing.T) {
	f, err := os.Open("x")
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	if _, err := f.Read(nil); err == nil {
		t.Fatal("no error")
	}
}

func TestAcceptFails(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ln.Close()
	_, err = ln.Accept()
	if !errors.Is(err, net.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

func TestWriteFails(t *testing.T) {
	r, w := io.Pipe()
	defer r.Close()
	w.Close()
	if _, err := w.Write(nil); err != io.ErrClosedPipe {
		t.Errorf("got %v", err)
	}
}

func TestReadWorks(t *testing.T) {
	f, err := os.Open("x")
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	if _, err := f.Read(nil); err != nil { // want "`f` is used by `f.Read` after it was closed"
		t.Fatal(err)
	}
}

func TestSeekFails(t *testing.T) {
	f, err := os.Open("x")
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	_, err = f.Seek(0, 0)
	if err == nil {
		t.Error("no error")
	}
}
