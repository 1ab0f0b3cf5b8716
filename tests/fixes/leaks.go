//output: same

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
)

type holder struct{ f *os.File }

func head(name string) (byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	r := bufio.NewReader(f)
	return r.ReadByte()
}

func decode(name string) (string, error) {
	f, err := os.Open(name) // for the decoder

	if err != nil {
		return "", fmt.Errorf("open: %w", err)
	} // checked
	var s string
	if err := json.NewDecoder(f).Decode(&s); err != nil {
		return "", err
	}
	return s, nil
}

func status(url string) (int, error) {
	resp, err := http.Get(url)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

// Somebody else has it on one of the ways.
func open(name string, h *holder) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	if _, err := f.Seek(1, io.SeekStart); err != nil {
		return err
	}
	h.f = f
	return nil
}

func reader(name string) (*bufio.Reader, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if _, err := f.Seek(1, io.SeekStart); err != nil {
		return nil, err
	}
	return bufio.NewReader(f), nil
}

// It is closed on one of them.
func closed(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	if _, err := f.Seek(1, io.SeekStart); err != nil {
		return err
	}
	return f.Close()
}

// The check does not leave.
func unchecked(name string) {
	f, err := os.Open(name)
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(f.Name())
}

// What is deferred would not run.
func fatal(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	var b [1]byte
	if _, err := f.Read(b[:]); err != nil {
		log.Fatal(err)
	}
}

func all(names []string) (n int) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		m, _ := f.Read(make([]byte, 10))
		n += m
	}
	return n
}

func nobody(url string) error {
	_, err := http.Get(url)
	if err != nil {
		return err
	}
	return nil
}

func main() {
	fmt.Println(head("/no/such/file"))
	fmt.Println(decode("/no/such/file"))
	fmt.Println(open("/no/such/file", &holder{}), closed("/no/such/file"))
	if _, err := reader("/no/such/file"); err != nil {
		fmt.Println(err)
	}
	fatal("/no/such/file")
	fmt.Println(all(nil))
	if len(os.Args) > 1 {
		status(os.Args[1])
		nobody(os.Args[1])
		unchecked(os.Args[1])
	}
}
