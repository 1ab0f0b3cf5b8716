package openerrors

import (
	"os"

	"github.com/klauspost/compress/zstd"
)

// It fails by wrong options alone.
func unpack(b []byte) ([]byte, error) {
	d, _ := zstd.NewReader(nil)
	defer d.Close()
	return d.DecodeAll(b, nil)
}

func read(name string) ([]byte, error) {
	f, _ := os.Open(name) // want "the error of `os.Open\(name\)` is dropped"
	defer f.Close()
	d, err := zstd.NewReader(f)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	b := make([]byte, 8)
	_, err = d.Read(b)
	return b, err
}
