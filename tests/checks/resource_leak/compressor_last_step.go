//sample: go1.24

package laststep

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"os"
)

// The way on which all went well ends in the last step.
func pack(name string, data []byte) error {
	f, err := os.Create(name + ".tmp")
	if err != nil {
		return err
	}
	zw := gzip.NewWriter(f) // want "`zw` may be still open when `pack` returns"
	if _, err := zw.Write(data); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func closed(f *os.File, data []byte) error {
	zw := gzip.NewWriter(f)
	if _, err := zw.Write(data); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := zw.Close(); err != nil {
		return err
	}
	return f.Sync()
}

// The reader is told that it has failed.
func stream(fill func(*tar.Writer) error) io.ReadCloser {
	r, w := io.Pipe()
	go func() {
		tw := tar.NewWriter(w)
		if err := fill(tw); err != nil {
			w.CloseWithError(err)
			return
		}
		w.CloseWithError(tw.Close())
	}()
	return r
}

func forgets(h *tar.Header) io.ReadCloser {
	r, w := io.Pipe()
	go func() {
		tw := tar.NewWriter(w) // want "`tw` may be still open"
		err := tw.WriteHeader(h)
		w.CloseWithError(err)
	}()
	return r
}
