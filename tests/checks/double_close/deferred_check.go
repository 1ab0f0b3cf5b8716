package p

import (
	"archive/zip"
	"io"
)

// The literal hands on that the second Close fails.
func packTwice(out io.Writer, b []byte) (err error) {
	zw := zip.NewWriter(out)
	defer func() {
		if cerr := zw.Close(); err == nil {
			err = cerr
		}
	}()
	w, err := zw.Create("data")
	if err != nil {
		return err
	}
	if _, err := w.Write(b); err != nil {
		return err
	}
	return zw.Close() // want "zw"
}

// A safety net, whose error nobody looks at.
func packOnce(out io.Writer, b []byte) error {
	zw := zip.NewWriter(out)
	defer zw.Close()
	w, err := zw.Create("data")
	if err != nil {
		return err
	}
	if _, err := w.Write(b); err != nil {
		return err
	}
	return zw.Close()
}
