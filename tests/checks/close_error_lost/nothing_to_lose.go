package p

import (
	"compress/lzw"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"
)

// Both deferred calls run one behind the other.
func spool(r io.Reader) (n int64, err error) {
	tmp, err := os.CreateTemp("", "spool")
	if err != nil {
		return 0, err
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close() // want "info: the error of closing `tmp` is dropped"
	return io.Copy(tmp, r)
}

// Somebody reads it before it is removed.
func check(r io.Reader, run func(string) error) error {
	tmp, err := os.CreateTemp("", "check")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if _, err := io.Copy(tmp, r); err != nil {
		tmp.Close()
		return err
	}
	tmp.Close() // want "the error of closing `tmp` is dropped"
	return run(tmp.Name())
}

// What is removed is another file.
func replace(name string, r io.Reader) error {
	tmp, err := os.Create(name)
	if err != nil {
		return err
	}
	defer os.Remove(name + ".bak")
	defer tmp.Close() // want "the error of closing `tmp` is dropped"
	_, err = io.Copy(tmp, r)
	return err
}

func measure(b []byte) {
	w := lzw.NewWriter(io.Discard, lzw.LSB, 8)
	w.Write(b)
	w.Close()
}

type encoder struct {
	w   io.Writer
	err error
}

func (e *encoder) each(b [][]byte) {
	w := lzw.NewWriter(e.w, lzw.LSB, 8)
	for _, row := range b {
		if _, e.err = w.Write(row); e.err != nil {
			w.Close()
			return
		}
	}
	e.err = w.Close()
}

func note(name string, b []byte) {
	f, err := os.Create(name)
	if err != nil {
		return
	}
	if _, err := f.Write(b); err != nil {
		fmt.Println(err)
		f.Close()
		return
	}
	f.Close() // want "the error of closing `f` is dropped"
}

// It is made because something was not there.
func initial(name string, b []byte) {
	if _, err := os.Stat(name); err != nil {
		f, err := os.Create(name)
		if err != nil {
			return
		}
		f.Write(b)
		f.Close() // want "the error of closing `f` is dropped"
	}
}

// It reports by another value that something failed.
func probe(name string, b []byte) time.Duration {
	start := time.Now()
	f, err := os.Create(name)
	if err != nil {
		return time.Hour
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return time.Hour
	}
	if err := f.Sync(); err != nil {
		return time.Hour
	}
	return time.Since(start)
}

func probeLossy(name string, b []byte) time.Duration {
	start := time.Now()
	f, err := os.Create(name)
	if err != nil {
		return time.Hour
	}
	defer f.Close() // want "the error of closing `f` is dropped"
	if _, err := f.Write(b); err != nil {
		return time.Hour
	}
	return time.Since(start)
}

// The kernel has taken it, or has not.
func setScore(pid, score int) error {
	f, err := os.OpenFile(fmt.Sprintf("/proc/%d/oom_score_adj", pid), os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(strconv.Itoa(score))
	return err
}

func setKnob(name, value string) error {
	f, err := os.OpenFile("/sys/kernel/"+name, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(value)
	return err
}
