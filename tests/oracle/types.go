package main

import (
	"bufio"
	"compress/gzip"
	"flag"
	"fmt"
	"go/ast"
	"go/types"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The options of `oracle types`.
type typesOptions struct {
	list   listOptions
	deps   bool
	errors bool
	names  bool
	out    string
}

func typesCommand(args []string) error {
	var options typesOptions
	flags := flag.NewFlagSet("oracle types", flag.ContinueOnError)
	flags.StringVar(&options.list.folder, "dir", "", "work in this folder")
	flags.BoolVar(&options.list.tests, "tests", false, "test variants too, as `go list -test` forms them")
	flags.BoolVar(&options.list.cgo, "cgo", false, "CGO_ENABLED=1; C.name is opaque")
	flags.BoolVar(&options.deps, "deps", false, "the packages' dependencies too")
	flags.BoolVar(&options.errors, "errors", false, "print type errors, sorted, in place of facts")
	flags.BoolVar(&options.names, "list", false, "print `PACKAGE TAB TESTED PACKAGE TAB FOLDER TAB BYTES` in place of facts")
	flags.StringVar(&options.out, "out", "", "write a compressed file for each package into this folder, and the files' names to standard output")
	files := addUnitFlags(flags)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if files.errorsOnly {
		return errorsOfUnits(files, flags.Args())
	}
	return printPackages(options, flags.Args())
}

func printPackages(options typesOptions, patterns []string) error {
	packages, err := listClosure(options.list, patterns)
	if packages == nil && err != nil {
		return err
	}
	c := newChecker(packages)
	var wanted []*unit
	for _, u := range c.units {
		if options.deps || !u.listed.DepOnly {
			u.wanted = true
			wanted = append(wanted, u)
		}
	}
	slices.SortFunc(wanted, func(a, b *unit) int { return strings.Compare(a.listed.ImportPath, b.listed.ImportPath) })
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer out.Flush()
	if options.names {
		for _, u := range wanted {
			tested := u.listed.ForTest
			if tested == "" {
				tested = u.listed.ImportPath
			}
			fmt.Fprintf(out, "%s\t%s\t%s\t%d\n", u.listed.ImportPath, tested, u.listed.Dir, u.size())
		}
		return nil
	}
	printer := blockPrinter{out: out, folder: options.out, order: wanted, headers: len(wanted) > 1, blocks: map[*unit][]string{}}
	c.visit = func(u *unit, _ []*ast.File, info *types.Info) {
		var lines []string
		switch {
		case u.listed.path() == "unsafe":
			// It is built in; its source is only documentation.
		case options.errors:
			lines = problemLines(u.problems)
		default:
			lines = factLines(c.fset, info)
		}
		printer.finished(u, lines)
		if !options.errors {
			c.complain(u)
		}
	}
	for _, u := range wanted {
		if !u.started {
			c.check(u)
		}
	}
	for _, u := range c.units {
		if u.started && !u.wanted {
			c.complain(u)
		}
	}
	return printer.err
}

// size is how many bytes of source the package has.
func (u *unit) size() (bytes int64) {
	for _, path := range u.listed.files() {
		if info, err := os.Stat(path); err == nil {
			bytes += info.Size()
		}
	}
	return bytes
}

// complain prints a package's errors to standard error.
func (c *checker) complain(u *unit) {
	if u.listed.Error != nil {
		fmt.Fprintf(os.Stderr, "%s: %s\n", u.listed.ImportPath, u.listed.Error.Err)
	}
	sortProblems(u.problems)
	for _, p := range u.problems {
		path := c.paths[p.position.Filename]
		fmt.Fprintf(os.Stderr, "%s:%s: %s\n", path, lineAndColumn(p.position), p.message)
	}
}

// problemLines are `FILE:LINE:COL: message`; further lines of a message begin with a tab.
func problemLines(problems []problem) []string {
	sortProblems(problems)
	var lines []string
	for _, p := range problems {
		lines = append(lines, fmt.Sprintf("%s:%s: %s", p.position.Filename, lineAndColumn(p.position), indented(p.message)))
	}
	return lines
}

func indented(message string) string {
	first, rest, more := strings.Cut(message, "\n")
	if !more {
		return first
	}
	for line := range strings.Lines(rest) {
		if line = strings.TrimSuffix(line, "\n"); !strings.HasPrefix(line, "\t") {
			line = "\t" + line
		}
		first += "\n" + line
	}
	return first
}

// A blockPrinter prints the packages' blocks in their order, each as soon as those before
// it are there, or writes each to a file.
type blockPrinter struct {
	out     *bufio.Writer
	folder  string
	order   []*unit
	headers bool
	blocks  map[*unit][]string
	err     error
}

func (b *blockPrinter) finished(u *unit, lines []string) {
	if b.folder != "" {
		name, err := writeBlock(b.folder, u.listed.ImportPath, lines)
		b.fail(err)
		fmt.Fprintf(b.out, "%s\t%s\t%d\n", u.listed.ImportPath, name, len(u.problems))
		return
	}
	b.blocks[u] = lines
	for len(b.order) > 0 {
		next := b.order[0]
		lines, done := b.blocks[next]
		if !done {
			return
		}
		if b.headers {
			fmt.Fprintf(b.out, "# %s\n", next.listed.ImportPath)
		}
		b.fail(writeLines(b.out, lines))
		delete(b.blocks, next)
		b.order = b.order[1:]
	}
}

func (b *blockPrinter) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// writeBlock writes the lines of a package to a file named after it.
func writeBlock(folder, importPath string, lines []string) (name string, err error) {
	name = filepath.Join(folder, url.QueryEscape(importPath)+".gz")
	file, err := os.Create(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	compressed, err := gzip.NewWriterLevel(file, gzip.BestSpeed)
	if err != nil {
		return "", err
	}
	out := bufio.NewWriterSize(compressed, 1<<20)
	if err := writeLines(out, lines); err != nil {
		return "", err
	}
	if err := out.Flush(); err != nil {
		return "", err
	}
	if err := compressed.Close(); err != nil {
		return "", err
	}
	return name, file.Close()
}

func writeLines(out io.StringWriter, lines []string) error {
	for _, line := range lines {
		if _, err := out.WriteString(line); err != nil {
			return err
		}
		if _, err := out.WriteString("\n"); err != nil {
			return err
		}
	}
	return nil
}
