//sample: go1.24

package untested

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
)

// The way on which all went well ends in this return, too.
func writeAll(w io.Writer, data []byte) error {
	zw := gzip.NewWriter(w) // want "`zw` may be still open when `writeAll` returns"
	_, err := zw.Write(data)
	return err
}

func copyAll(w io.Writer, r io.Reader) (int64, error) {
	zw := gzip.NewWriter(w) // want "`zw` may be still open"
	return io.Copy(zw, r)
}

func encode(w io.Writer, v any) error {
	zw := gzip.NewWriter(w) // want "`zw` may be still open"
	return json.NewEncoder(zw).Encode(v)
}

func tested(w io.Writer, data []byte) error {
	zw := gzip.NewWriter(w)
	_, err := zw.Write(data)
	if err == nil {
		return zw.Close()
	}
	return err
}

func wrapped(w io.Writer, data []byte) error {
	zw := gzip.NewWriter(w)
	if _, err := zw.Write(data); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	return zw.Close()
}

func other(w io.Writer, check func() (bool, error), data []byte) error {
	zw := gzip.NewWriter(w)
	if ok, err := check(); !ok {
		// Perhaps nil, but nothing has been written so far.
		return err
	}
	if _, err := zw.Write(data); err != nil {
		return err
	}
	return zw.Close()
}
