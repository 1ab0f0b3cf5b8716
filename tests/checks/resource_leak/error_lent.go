package p

import (
	"errors"
	"os"
)

// The error decides though others have the address of its variable.

func capture(to *error, f func() error) func() {
	return func() {
		if err := f(); *to == nil {
			*to = err
		}
	}
}

func size(path string) (n int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer capture(&err, f.Close)()
	st, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return st.Size(), nil
}

func both(a, b string) (err error) {
	f, err := os.Open(a)
	if err != nil {
		return err
	}
	defer capture(&err, f.Close)()
	g, err := os.Open(b)
	if err != nil {
		return err
	}
	defer capture(&err, g.Close)()
	return nil
}

func bothButOne(a, b string) (err error) {
	f, err := os.Open(a)
	if err != nil {
		return err
	}
	defer capture(&err, f.Close)()
	g, err := os.Open(b) // want "`g` may be still open when `bothButOne` returns at line 56"
	if err != nil {
		return err
	}
	if a == b {
		return errors.New("the same")
	}
	defer capture(&err, g.Close)()
	return nil
}

func wrap(err *error) {
	if *err != nil {
		*err = errors.Join(*err, errors.New("in wrap"))
	}
}

func forget(err *error) { *err = nil }

func wrapped(path string) error {
	f, err := os.Open(path)
	if err != nil {
		wrap(&err)
		return err
	}
	return f.Close()
}

func forgotten(path string) error {
	f, err := os.Open(path) // want "`f` may be still open when `forgotten` returns at line 83"
	forget(&err)
	if err != nil {
		return err
	}
	return f.Close()
}
