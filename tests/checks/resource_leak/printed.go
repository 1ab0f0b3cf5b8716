// What is only printed is in nobody else's hands.
package p

import (
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"os"
	"slices"
)

func printed() {
	resp, err := http.Get("http://localhost/") // want "may be still open"
	if err != nil {
		return
	}
	fmt.Println("got", resp)
}

func printedBody(url string) error {
	resp, err := http.Get(url) // want "may be still open"
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d: %v", resp.StatusCode, resp.Body)
	}
	return resp.Body.Close()
}

func logged(name string) error {
	f, err := os.Open(name) // want "may be still open"
	if err != nil {
		return err
	}
	slog.Info("opened", "file", f)
	defer log.Print(f)
	return nil
}

func loggedByHelper(name string) error {
	f, err := os.Open(name) // want "may be still open"
	if err != nil {
		return err
	}
	show(f)
	return nil
}

func show(f *os.File) {
	log.Printf("%T", f)
}

func loggedAndClosed(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	log.Print(f)
	return f.Close()
}

// Kept, or who knows.
func appended(name string, files []*os.File) ([]*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return slices.Insert(files, 0, f), nil
}

func collected(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	keep("x", f)
	return nil
}

var kept [][]any

func keep(args ...any) {
	kept = append(kept, args)
}

func listed(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	args := []any{f}
	fmt.Println(args...)
	kept = append(kept, args)
	return errors.New("kept")
}
