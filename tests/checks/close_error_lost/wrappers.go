package p

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

func create(name string) (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return nil, err
	}
	return os.Create(name)
}

func viaHelper(name string, b []byte) error {
	f, err := create(name)
	if err != nil {
		return err
	}
	defer f.Close() // want "the error of closing `f` is dropped"
	_, err = f.Write(b)
	return err
}

func viaHelperChecked(name string, b []byte) (err error) {
	f, err := create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = f.Write(b)
	return err
}

// Nothing is written.
func touch(name string) error {
	f, err := create(name)
	if err != nil {
		return err
	}
	f.Close()
	return nil
}

func open(name string) (*os.File, error) {
	if name == "" {
		return nil, errors.New("no name")
	}
	return os.Open(name)
}

func read(name string, b []byte) error {
	f, err := open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Read(b)
	return err
}

func output(name string) (io.WriteCloser, error) {
	if name == "-" {
		return keepOpen{os.Stdout}, nil
	}
	return os.Create(name)
}

type keepOpen struct{ io.Writer }

func (keepOpen) Close() error { return nil }

func viaInterface(name, text string) error {
	w, err := output(name)
	if err != nil {
		return err
	}
	defer w.Close() // want "the error of closing `w` is dropped"
	_, err = io.WriteString(w, text)
	return err
}

func withFlags(name string, flags int) (*os.File, error) {
	return os.OpenFile(name, flags, 0o600)
}

func unknownFlags(name string, b []byte) error {
	f, err := withFlags(name, os.O_RDONLY)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

// Permissions are no flags.
func readOnly(name string, b []byte) error {
	f, err := os.OpenFile(name, os.O_RDONLY, 0o666)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

func flagsBySteps(name string, b []byte, sync bool) error {
	flags := os.O_WRONLY | os.O_APPEND
	if sync {
		flags |= os.O_SYNC
	}
	f, err := os.OpenFile(name, flags, 0o666)
	if err != nil {
		return err
	}
	defer f.Close() // want "the error of closing `f` is dropped"
	_, err = f.Write(b)
	return err
}

// A report is written when it is made, and read from then on.
type report struct {
	f     *os.File
	lines int
}

func newReport(lines []string) (*report, error) {
	f, err := os.CreateTemp("", "report")
	if err != nil {
		return nil, err
	}
	for _, line := range lines {
		if _, err := io.WriteString(f, line); err != nil {
			f.Close()
			return nil, err
		}
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		f.Close()
		return nil, err
	}
	return &report{f, len(lines)}, nil
}

func (r *report) Read(p []byte) (int, error) { return r.f.Read(p) }
func (r *report) Close() error               { return r.f.Close() }
func (r *report) Lines() (n int)             { return r.lines }

func sendReport(to io.Writer, lines []string) error {
	r, err := newReport(lines)
	if err != nil {
		return err
	}
	defer r.Close()
	if r.Lines() == 0 {
		return nil
	}
	_, err = io.Copy(to, r)
	return err
}
