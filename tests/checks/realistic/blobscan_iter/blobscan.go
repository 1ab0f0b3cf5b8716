// Package blobscan walks blobs of a store by iterators.
package blobscan

import (
	"io"
	"iter"
	"os"
	"path/filepath"
)

type Store struct{ dir string }

// Names yields the blob names.
func (s *Store) Names() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		ents, err := os.ReadDir(s.dir)
		if err != nil {
			yield("", err)
			return
		}
		for _, e := range ents {
			if !yield(e.Name(), nil) {
				return
			}
		}
	}
}

// TotalSize defers in a range-over-func body: these belong to TotalSize, not to the body.
func (s *Store) TotalSize() (int64, error) {
	var total int64
	for name, err := range s.Names() {
		if err != nil {
			return 0, err
		}
		f, err := os.Open(filepath.Join(s.dir, name))
		if err != nil {
			return 0, err
		}
		defer f.Close() // want "\[defer-in-loop\]"
		n, err := io.Copy(io.Discard, f)
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

// FirstByte leaves the loop body at once.
func (s *Store) FirstByte() (byte, error) {
	for name, err := range s.Names() {
		if err != nil {
			return 0, err
		}
		f, err := os.Open(filepath.Join(s.dir, name))
		if err != nil {
			return 0, err
		}
		defer f.Close()
		var b [1]byte
		_, err = io.ReadFull(f, b[:])
		return b[0], err
	}
	return 0, io.EOF
}

// Each calls fn with every opened blob; the literal closes per iteration.
func (s *Store) Each(fn func(io.Reader) error) error {
	for name, err := range s.Names() {
		if err != nil {
			return err
		}
		one := func() error {
			f, err := os.Open(filepath.Join(s.dir, name))
			if err != nil {
				return err
			}
			defer f.Close()
			return fn(f)
		}
		if err := one(); err != nil {
			return err
		}
	}
	return nil
}
