// Command cliapp.
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/trace"

	"sample/cliapp/app"
)

func main() {
	a := app.New(os.Stdout)
	a.Register(&app.Command{Name: "cat", Run: cat})
	a.Register(&app.Command{Name: "tac", Run: tac})
	if path := os.Getenv("CLIAPP_TRACE"); path != "" {
		f, err := os.Create(path)
		a.FailIf(err)
		a.FailIf(trace.Start(f))
		defer trace.Stop()
	}
	os.Exit(a.Main(os.Args[1:])) // want "^warning: "
}

func cat(ctx context.Context, w io.Writer, args []string) error {
	for _, name := range args {
		if err := catOne(w, name); err != nil {
			return err
		}
	}
	return nil
}

func catOne(w io.Writer, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

func tac(ctx context.Context, w io.Writer, args []string) error {
	for _, name := range args {
		f, err := os.Open(filepath.Clean(name))
		if err != nil {
			return err
		}
		defer f.Close()
		var lines []string
		sc := bufio.NewScanner(f)
		for sc.Scan() {
			lines = append(lines, sc.Text())
		}
		for i := len(lines) - 1; i >= 0; i-- {
			fmt.Fprintln(w, lines[i])
		}
	}
	return nil
}
