// Package zstd has what the tests need of github.com/klauspost/compress/zstd.
package zstd

import (
	"io"
)

type Decoder struct{ n int }

func NewReader(r io.Reader) (*Decoder, error) { return &Decoder{}, nil }
func (d *Decoder) Close()                     {}
func (d *Decoder) Read(b []byte) (int, error) { return 0, nil }
func (d *Decoder) DecodeAll(in, to []byte) ([]byte, error) {
	return to, nil
}

func (d *Decoder) IOReadCloser() io.ReadCloser { return closer{d} }

type closer struct{ d *Decoder }

func (c closer) Read(b []byte) (int, error) { return c.d.Read(b) }

func (c closer) Close() error {
	c.d.Close()
	return nil
}
