// Methods of structs, not of pointers, that close what is in them.
package p

import (
	"io/fs"
	"os"
)

type view struct {
	fs.FS
	f *os.File
}

func (v view) Close() error { return v.f.Close() }

func (v view) name() string { return v.f.Name() }

type closer interface{ Close() error }

func open(name string) (closer, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	v := view{f: f}
	if _, err := fs.ReadFile(v, "index"); err != nil {
		_ = v.Close()
		return nil, err
	}
	return v, nil
}

func openAndForget(name string) (closer, error) {
	f, err := os.Open(name) // want "`f` may be still open"
	if err != nil {
		return nil, err
	}
	v := view{f: f}
	if _, err := f.Stat(); err != nil {
		println(v.name())
		return nil, err
	}
	return v, nil
}

func deferred(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	v := view{f: f}
	defer v.Close()
	_, err = v.f.Stat()
	return err
}
