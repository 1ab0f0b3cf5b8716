package p

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

func entry(archive, name string) (io.ReadCloser, error) {
	zr, err := zip.OpenReader(archive)
	if err != nil {
		return nil, err
	}
	defer zr.Close() // want "`zr` is in what is returned"
	for _, e := range zr.File {
		if e.Name == name {
			return e.Open()
		}
	}
	return nil, os.ErrNotExist
}

func byName(archive, name string) (fs.File, error) {
	zr, err := zip.OpenReader(archive)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", archive, err)
	}
	defer zr.Close() // want "`zr` is in what is returned"
	f, err := zr.Open(name)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// What is read of it lives on.
func content(archive, name string) ([]byte, error) {
	zr, err := zip.OpenReader(archive)
	if err != nil {
		return nil, err
	}
	defer zr.Close()
	f, err := zr.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func sizes(archive string) (map[string]uint64, error) {
	zr, err := zip.OpenReader(archive)
	if err != nil {
		return nil, err
	}
	defer zr.Close()
	all := map[string]uint64{}
	for _, e := range zr.File {
		all[e.Name] = e.UncompressedSize64
	}
	return all, nil
}

// Closing the entry closes the archive.
type owned struct {
	io.ReadCloser
	archive io.Closer
}

func (o owned) Close() error { return errors.Join(o.ReadCloser.Close(), o.archive.Close()) }

func whole(archive string) (io.ReadCloser, error) {
	zr, err := zip.OpenReader(archive)
	if err != nil {
		return nil, err
	}
	rc, err := zr.File[0].Open()
	if err != nil {
		zr.Close()
		return nil, err
	}
	return owned{rc, zr}, nil
}

// The caller has the archive open.
func first(zr *zip.Reader) (io.ReadCloser, error) {
	for _, e := range zr.File {
		return e.Open()
	}
	return nil, os.ErrNotExist
}
