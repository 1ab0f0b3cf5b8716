package main

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
)

func save(name string, b []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

func count(name string, b []byte) (int, error) {
	f, err := os.Create(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return f.Write(b)
}

func named(name string) (n int, failure error) {
	f, err := os.Create(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return f.WriteString("x")
}

func blank(name string) (_ int, _ error) {
	f, err := os.Create(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return f.WriteString("x")
}

// A statement declares nothing but err, which a result of that name would not
// let it.
func alone(name string) error {
	err := os.MkdirAll("d", 0o777)
	if err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString("x")
	return err
}

// A literal looks at the variable, not at what is returned.
func observed(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(name)
		}
	}()
	defer f.Close()
	if _, err = f.WriteString("x"); err != nil {
		return errors.New("write")
	}
	return nil
}

func compress(w io.Writer, b []byte) error {
	z := gzip.NewWriter(w)
	if _, err := z.Write(b); err != nil {
		return err
	}
	z.Close()

	return nil
}

// Deeper down, and with a comment in between.
func sometimes(name string, twice bool) error {
	if twice {
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		defer f.Close()
		if _, err := f.WriteString("x"); err != nil {
			return err
		}
	}
	z := gzip.NewWriter(os.Stdout)
	if _, err := z.Write(nil); err != nil {
		return err
	}
	z.Close()
	// That was all.
	return nil
}

func silent(name string) {
	f, err := os.Create(name)
	if err != nil {
		return
	}
	defer f.Close()
	f.WriteString("x")
}

func main() {
	fmt.Println(save("a", nil), compress(io.Discard, nil))
}
