package p

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A writer of the code's own, with a file within that it creates.
type packer struct {
	f  *os.File
	gz *gzip.Writer
	tw *tar.Writer
}

func newPacker(name string) (*packer, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	gz, err := gzip.NewWriterLevel(f, gzip.BestSpeed)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &packer{f: f, gz: gz, tw: tar.NewWriter(gz)}, nil
}

func (p *packer) Close() error {
	return errors.Join(p.tw.Close(), p.gz.Close(), p.f.Close())
}

func (p *packer) add(root, name string) error {
	f, err := os.Open(filepath.Join(root, name))
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(p.tw, f)
	return err
}

// A literal writes; the other variable that it captures has nothing to do with
// it.
func pack(root, out string) error {
	p, err := newPacker(out)
	if err != nil {
		return err
	}
	defer p.Close() // want "the error of closing `p` is dropped"
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return p.add(root, path)
	})
}

func packChecked(root, out string) (err error) {
	p, err := newPacker(out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	return p.add(root, "a")
}

// Its Close has nothing to tell.
type sloppy struct{ f *os.File }

func newSloppy(name string) (*sloppy, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return &sloppy{f}, nil
}

func (s *sloppy) Close() error {
	_ = s.f.Close()
	return nil
}

func (s *sloppy) put(line string) error {
	_, err := s.f.WriteString(line)
	return err
}

func putSloppy(name string) error {
	s, err := newSloppy(name)
	if err != nil {
		return err
	}
	defer s.Close()
	return s.put("line")
}

// What it wraps is only read.
type unpacker struct{ f *os.File }

func newUnpacker(name string) (*unpacker, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &unpacker{f}, nil
}

func (u *unpacker) Close() error { return u.f.Close() }

func (u *unpacker) next() (string, error) {
	b := make([]byte, 10)
	n, err := u.f.Read(b)
	return string(b[:n]), err
}

func unpack(name string) (string, error) {
	u, err := newUnpacker(name)
	if err != nil {
		return "", err
	}
	defer u.Close()
	return u.next()
}
