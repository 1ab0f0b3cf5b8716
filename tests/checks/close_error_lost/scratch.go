package p

import (
	"io"
	"os"
)

// It is gone before anyone reads it again, so that it hardly matters.
func spool(r io.Reader) (int64, error) {
	tmp, err := os.CreateTemp("", "spool")
	if err != nil {
		return 0, err
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close() // want "^info: "
	return io.Copy(tmp, r)
}

func spoolInOne(r io.Reader) (int64, error) {
	tmp, err := os.CreateTemp("", "spool")
	if err != nil {
		return 0, err
	}
	defer func() {
		tmp.Close() // want "^info: "
		os.Remove(tmp.Name())
	}()
	return io.Copy(tmp, r)
}

func spoolApart(r io.Reader) (int64, error) {
	tmp, err := os.CreateTemp("", "spool")
	if err != nil {
		return 0, err
	}
	name := tmp.Name()
	defer os.Remove(name)
	defer func() { tmp.Close() }() // want "^info: "
	return io.Copy(tmp, r)
}

// What is removed is another file.
func other(in *os.File, r io.Reader) (int64, error) {
	tmp, err := os.CreateTemp("", "spool")
	if err != nil {
		return 0, err
	}
	defer os.Remove(in.Name())
	defer tmp.Close() // want "^warning: the error of closing `tmp` is dropped"
	return io.Copy(tmp, r)
}

// It is used once it is closed.
func reopened(r io.Reader, use func(name string) error) error {
	tmp, err := os.CreateTemp("", "spool")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if _, err := io.Copy(tmp, r); err != nil {
		tmp.Close()
		return err
	}
	tmp.Close() // want "^warning: the error of closing `tmp` is dropped"
	return use(tmp.Name())
}

// It becomes the file that counts.
func replace(name string, r io.Reader) error {
	tmp, err := os.CreateTemp("", "replace")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close() // want "^warning: the error of closing `tmp` is dropped"
	if _, err := io.Copy(tmp, r); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}
