package p

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
)

func writeEnd() error {
	r, w, err := os.Pipe() // want "`w` may be still open when `writeEnd` returns at line 19: `os.Pipe` succeeded, and nothing on that way closes it \(pipe\)"
	if err != nil {
		return err
	}
	defer r.Close()
	fmt.Fprintln(w, "x")
	_, err = io.Copy(io.Discard, r)
	return err
}

func readEnd() error {
	r, w, err := os.Pipe() // want "`r` may be still open"
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "x")
	if err := w.Close(); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, r)
	return err
}

func bothEnds(args []string) error {
	r, w, err := os.Pipe() // want "`r` and `w` may be still open when `bothEnds` returns at line 41"
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return io.ErrUnexpectedEOF
	}
	defer w.Close()
	defer r.Close()
	_, err = r.Read(make([]byte, 1))
	return err
}

func ignored() {
	r, _, err := os.Pipe() // want "what `os.Pipe` returns may be still open"
	if err != nil {
		return
	}
	r.Close()
}

// Look-alikes.

func closedBoth() error {
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	defer r.Close()
	defer w.Close()
	_, err = fmt.Fprintln(w, "x")
	return err
}

func ofChild(name string) (string, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer r.Close()
	cmd := exec.Command(name)
	cmd.Stdout = w
	err = cmd.Start()
	w.Close()
	if err != nil {
		return "", err
	}
	return bufio.NewReader(r).ReadString('\n')
}

func returned() (*os.File, *os.File, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	return r, w, nil
}

func capture(f func()) (string, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer r.Close()
	old := os.Stdout
	os.Stdout = w
	go func() {
		defer w.Close()
		f()
	}()
	b, err := io.ReadAll(r)
	os.Stdout = old
	return string(b), err
}
