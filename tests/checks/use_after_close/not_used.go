package p

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"reflect"
)

type recorder struct {
	w io.Writer
	n int
}

func newRecorder(w io.Writer) *recorder { return &recorder{w: w} }

// The file stays open.
func (r *recorder) Close() error {
	r.n++
	return nil
}

func (r *recorder) Write(p []byte) (int, error) { return r.w.Write(p) }

func record(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	r := newRecorder(f)
	if _, err := r.Write(nil); err != nil {
		return err
	}
	if err := r.Close(); err != nil {
		return err
	}
	return f.Sync()
}

type owner struct {
	f *os.File
	w *bufio.Writer
}

func newOwner(f *os.File) *owner { return &owner{f, bufio.NewWriter(f)} }

func (o *owner) Close() error {
	if err := o.w.Flush(); err != nil {
		return err
	}
	return o.f.Close()
}

func ownedTooLate(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	o := newOwner(f)
	if err := o.Close(); err != nil {
		return err
	}
	return f.Sync() // want "`f` is used by `f.Sync` after it was closed at line 63"
}

// What came before the body can be asked for at any time.
func cookies(url string) (int, error) {
	resp, err := http.Get(url)
	if err != nil {
		return 0, err
	}
	resp.Body.Close()
	fmt.Println(resp, reflect.DeepEqual(resp, nil), resp.ProtoAtLeast(1, 1))
	return len(resp.Cookies()), nil
}
