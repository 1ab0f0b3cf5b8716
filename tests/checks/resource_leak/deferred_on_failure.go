package p

import (
	"errors"
	"io"
	"os"
)

// What is closed only where the function fails leaks where it succeeds.
func firstByte(p string) (n int, err error) {
	f, err := os.Open(p) // want "`f` may be still open when"
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	b := make([]byte, 1)
	if _, err := f.Read(b); err != nil {
		return 0, err
	}
	return int(b[0]), nil
}

func throughVariable(p string) (n int, err error) {
	var f *os.File
	defer func() {
		if err != nil && f != nil {
			f.Close()
		}
	}()
	f, err = os.Open(p) // want "`f` may be still open when"
	if err != nil {
		return 0, err
	}
	b := make([]byte, 1)
	if _, err := f.Read(b); err != nil {
		return 0, err
	}
	return int(b[0]), nil
}

func byFlag(p string) (n int, err error) {
	f, err := os.Open(p) // want "`f` may be still open when"
	if err != nil {
		return 0, err
	}
	done := false
	defer func() {
		if !done {
			f.Close()
		}
	}()
	b := make([]byte, 1)
	if _, err := f.Read(b); err != nil {
		return 0, err
	}
	done = true
	return int(b[0]), nil
}

// The literal asks for the variable of the function, which is nil by then, not
// for the result.
func ofOtherVariable(p string, data []byte) error {
	f, err := os.Create(p) // want "`f` may be still open when"
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(p)
		}
	}()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Close()
}

// Every error is put into the variable that the literal asks for.
func ofSameVariable(p string, data []byte) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(p)
		}
	}()
	_, err = f.Write(data)
	if err != nil {
		return err
	}
	err = f.Close()
	return err
}

func handedOver(p string) (_ io.ReadCloser, err error) {
	f, err := os.Open(p)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	b := make([]byte, 1)
	if _, err := f.Read(b); err != nil {
		return nil, err
	}
	if b[0] == 0 {
		return nil, errors.New("empty")
	}
	return f, nil
}

func closedOnSuccess(p string) (n int, err error) {
	f, err := os.Open(p)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	b := make([]byte, 1)
	if n, err = f.Read(b); err != nil {
		return 0, err
	}
	if err = f.Close(); err != nil {
		return 0, err
	}
	return n, nil
}
