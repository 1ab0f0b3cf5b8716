// Command pack compresses a file.
package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"io"
	"log"
	"os"
	"time"

	"sample/tools/internal/cli"
)

func main() {
	os.Exit(run(os.Args[1:]))
}

func run(args []string) int {
	if len(args) != 2 {
		return 2
	}
	dir, err := os.MkdirTemp("", "pack")
	if err != nil {
		return 1
	}
	defer os.RemoveAll(dir)
	if err := pack(args[0], args[1]); err != nil {
		log.Print(err)
		return 1
	}
	return 0
}

func pack(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := out.Close(); err == nil {
			err = cerr
		}
	}()
	zw := gzip.NewWriter(out)
	if _, err := io.Copy(zw, in); err != nil {
		zw.Close()
		return err
	}
	return zw.Close()
}

// runOld leaves through helpers of another package.
func runOld(args []string) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if ctx.Err() != nil {
		log.Fatal(ctx.Err()) // want "^info: "
	}
	out, err := os.Create(args[0])
	cli.Check(err) // want "^info: "
	w := bufio.NewWriter(out)
	defer w.Flush()
	if len(args) == 1 {
		cli.Usage("pack FILE TEXT...") // want "^warning: "
	}
	for _, a := range args[1:] {
		_, err := w.WriteString(a)
		cli.Check(err) // want "^warning: "
	}
	cli.Warn("done")
}

// runOnly leaves through what ends it under a condition of its own.
func runOnly() error {
	cli.Only("pack.lock")
	dir, err := os.MkdirTemp("", "pack")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	cli.Only("pack.new") // want "^warning: "
	cli.Load(dir)
	return pack("a", dir)
}
