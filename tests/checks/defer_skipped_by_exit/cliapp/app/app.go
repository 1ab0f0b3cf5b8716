// Package app has commands.
package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"
	"text/tabwriter"
)

type Command struct {
	Name string
	Run  func(ctx context.Context, w io.Writer, args []string) error
}

type App struct {
	cmds  map[string]*Command
	out   io.Writer
	Debug bool
}

var ErrUsage = errors.New("usage")

func New(out io.Writer) *App { return &App{cmds: map[string]*Command{}, out: out} }

func (a *App) Register(c *Command) {
	if _, ok := a.cmds[c.Name]; ok {
		panic("app: " + c.Name + " twice")
	}
	a.cmds[c.Name] = c
}

// Main gives the code for os.Exit, and prints panics unless in debug mode.
func (a *App) Main(args []string) (code int) {
	defer func() {
		if a.Debug {
			return
		}
		if r := recover(); r != nil {
			fmt.Fprintln(os.Stderr, "internal error:", r)
			code = 70
		}
	}()
	fs := flag.NewFlagSet("app", flag.ContinueOnError)
	fs.BoolVar(&a.Debug, "debug", false, "debug")
	if err := fs.Parse(args); err != nil {
		return 2
	}
	if fs.NArg() == 0 {
		a.Usage()
		return 2
	}
	c, ok := a.cmds[fs.Arg(0)]
	if !ok {
		return 2
	}
	if err := c.Run(context.Background(), a.out, fs.Args()[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// Usage lists commands; Flush is deferred after its writes began.
func (a *App) Usage() {
	tw := tabwriter.NewWriter(a.out, 0, 8, 1, ' ', 0)
	defer tw.Flush()
	var names []string
	for n := range a.cmds {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		fmt.Fprintf(tw, "%s\t%s\n", n, strings.ToUpper(n[:1]))
	}
}

// Fail prints and ends.
func (a *App) Fail(code int, err error) {
	fmt.Fprintln(os.Stderr, "app:", err)
	os.Exit(code)
}

// FailIf only ends for an error.
func (a *App) FailIf(err error) {
	if err != nil {
		a.Fail(1, err)
	}
}
