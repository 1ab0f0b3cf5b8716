package p

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"os/exec"
)

// A command does not close the streams that it is given, nor do writers for
// several writers.

func between(a, b *exec.Cmd) error {
	r, w, err := os.Pipe() // want "`r` and `w` may be still open when `between` returns at line 21"
	if err != nil {
		return err
	}
	a.Stdout, b.Stdin = w, r
	if err := a.Start(); err != nil {
		return err
	}
	w.Close()
	err = b.Run()
	r.Close()
	return err
}

func capture(path, name string, args ...string) error {
	f, err := os.Create(path) // want "`f` may be still open when `capture` returns at line 37"
	if err != nil {
		return err
	}
	cmd := exec.Command(name, args...)
	cmd.Stdout = f
	cmd.Stderr = f
	return cmd.Run()
}

func runInto(f *os.File, name string) error {
	cmd := exec.Command(name)
	cmd.Stdout = f
	return cmd.Run()
}

func captureByHelper(path, name string) error {
	f, err := os.Create(path) // want "`f` may be still open when `captureByHelper` returns at line 51"
	if err != nil {
		return err
	}
	return runInto(f, name)
}

// Whoever runs it may close it.
func prepared(path, name string) (*exec.Cmd, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(name)
	cmd.Stdout = f
	return cmd, nil
}

func redirected(cmd *exec.Cmd, path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	cmd.Stdout = f
	return nil
}

func startedAndKept(path string, started chan<- *exec.Cmd) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	cmd := exec.Command("date")
	cmd.Stdout = f
	err = cmd.Start()
	started <- cmd
	return err
}

func summed(path string, r io.Reader) (string, error) {
	f, err := os.Create(path) // want "`f` may be still open when `summed` returns at line 93"
	if err != nil {
		return "", err
	}
	h := sha256.New()
	if _, err := io.Copy(io.MultiWriter(f, h), r); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), f.Close()
}

func teeInto(f *os.File) io.Writer { return io.MultiWriter(f, os.Stderr) }

func summedByHelper(path string, r io.Reader) error {
	f, err := os.Create(path) // want "`f` may be still open when `summedByHelper` returns at line 106"
	if err != nil {
		return err
	}
	_, err = io.Copy(teeInto(f), r)
	return err
}

func closedInTheEnd(path string, r io.Reader) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := io.MultiWriter(f, os.Stdout)
	if _, err := io.Copy(w, r); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

type tee struct {
	f *os.File
	w io.Writer
}

// The struct has it.
func newTee(path string) (*tee, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return &tee{f: f, w: io.MultiWriter(f, os.Stdout)}, nil
}

func (t *tee) Close() error { return t.f.Close() }

func lostTee(path string) error {
	t, err := newTee(path) // want "`t` may be still open when `lostTee` returns at line 144"
	if err != nil {
		return err
	}
	if _, err := io.WriteString(t.w, "begin"); err != nil {
		return err
	}
	return t.Close()
}
