package p

import (
	"io"
	"os"
)

// It is gone before anyone reads it again.
func spool(r io.Reader) (n int64, err error) {
	tmp, err := os.CreateTemp("", "spool")
	if err != nil {
		return 0, err
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	return io.Copy(tmp, r)
}

// It becomes the file that counts.
func replace(name string, r io.Reader) error {
	tmp, err := os.CreateTemp("", "replace")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if _, err := io.Copy(tmp, r); err != nil {
		tmp.Close()
		return err
	}
	tmp.Close() // want "the error of closing `tmp` is dropped"
	return os.Rename(tmp.Name(), name)
}
