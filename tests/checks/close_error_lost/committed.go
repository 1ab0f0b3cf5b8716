package committed

import (
	"io"
	"os"
)

// upload is kept by Commit; a Close without one drops it.
type upload interface {
	io.WriteCloser
	Commit() error
}

type fileUpload struct {
	*os.File
	name string
}

func (f *fileUpload) Commit() error {
	if err := f.Sync(); err != nil {
		return err
	}
	return os.Rename(f.File.Name(), f.name)
}

func begin(name string) (upload, error) {
	f, err := os.Create(name + ".tmp")
	if err != nil {
		return nil, err
	}
	return &fileUpload{File: f, name: name}, nil
}

func send(name string, data []byte) error {
	u, err := begin(name)
	if err != nil {
		return err
	}
	defer u.Close()
	if _, err := u.Write(data); err != nil {
		return err
	}
	return u.Commit()
}

func plain(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() // want "the error of closing `f` is dropped"
	_, err = f.Write(data)
	return err
}
