// Filecopy copies a file and writes down how long it took.
package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"time"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: filecopy FROM TO")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func run(from, to string) error {
	notes, err := os.CreateTemp("", "filecopy")
	if err != nil {
		return err
	}
	defer os.Remove(notes.Name())
	defer notes.Close()

	start := time.Now()
	// A trap: the time is that of this line, and nearly nothing.
	defer fmt.Fprintln(notes, "took", time.Since(start))
	if err := copyFile(from, to); err != nil {
		log.Fatalf("copying %s: %v", from, err) // A trap: the temporary file stays.
	}
	return nil
}

func copyFile(from, to string) (err error) {
	src, err := os.Open(from) // A trap: left open if os.Create fails.
	if err != nil {
		return err
	}
	dst, err := os.Create(to)
	if err != nil {
		return err
	}
	defer src.Close()
	defer func() {
		err = dst.Close() // A trap: the error of io.Copy is lost.
	}()
	_, err = io.Copy(dst, src)
	return err
}
