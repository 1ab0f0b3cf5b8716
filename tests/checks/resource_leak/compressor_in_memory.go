package compressorinmemory

import (
	"bytes"
	"compress/gzip"
)

// `nil` is this function's word for failure: what is in the buffer is of no
// use to anybody.
func pack(b []byte) []byte {
	var buf bytes.Buffer
	gw := gzip.NewWriter(&buf)
	if _, err := gw.Write(b); err != nil {
		return nil
	}
	if err := gw.Close(); err != nil {
		return nil
	}
	return buf.Bytes()
}

func cut(b []byte) []byte {
	var buf bytes.Buffer
	gw := gzip.NewWriter(&buf) // want "may be still open"
	if _, err := gw.Write(b); err != nil {
		return nil
	}
	return buf.Bytes()
}

// Nothing was written to it that could be lost.
func unused(b []byte) int {
	gw := gzip.NewWriter(new(bytes.Buffer))
	if len(b) == 0 {
		return 0
	}
	n, _ := gw.Write(b)
	if gw.Close() != nil {
		return 0
	}
	return n
}
