package p

import (
	"fmt"
	"os"
)

type archive interface {
	Start() uint64
	ReadAt(p []byte, off int64) (int, error)
	Close() error
}

type flat struct {
	file  *os.File
	start uint64
}

func (f *flat) Start() uint64                           { return f.start }
func (f *flat) ReadAt(p []byte, off int64) (int, error) { return f.file.ReadAt(p, off) }
func (f *flat) Close() error                            { return f.file.Close() }

func openFlat(name string) (archive, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &flat{file: f}, nil
}

// What only tells a number works on.
func check(name string, start uint64) (archive, error) {
	a, err := openFlat(name)
	if err != nil {
		return nil, err
	}
	if a.Start() != start {
		a.Close()
		return nil, fmt.Errorf("%s starts at %d", name, a.Start())
	}
	return a, nil
}

func checkRead(name string, p []byte) error {
	a, err := openFlat(name)
	if err != nil {
		return err
	}
	a.Close()
	_, err = a.ReadAt(p, 0) // want "`a` is used by `a.ReadAt` after it was closed at line 49"
	return err
}
