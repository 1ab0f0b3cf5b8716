// Command oracle prints what the Go standard library makes of Go source files and
// packages, in the formats of `gdlint debug tokens`, `parse`, `ast` and `types`, so that the
// two can be compared byte by byte.
//
// Usage:
//
//	oracle tokens|parse|ast [FILE|FOLDER]...
//	oracle types [OPTIONS] PACKAGE...
//	oracle types -errors-only [OPTIONS] FILE...
//	oracle expectations FILE...
//	oracle speed|load [OPTIONS] PACKAGE...
//
// `oracle COMMAND -h` lists the options. For the dumps of files, the sole argument `-`
// says that the paths are read from standard input, one a line.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"os"
)

// A dump prints the facts of one file.
type dump func(out *bufio.Writer, path string, text []byte)

var dumps = map[string]dump{
	"tokens": dumpTokens,
	"parse":  dumpParse,
	"ast":    dumpAST,
}

var commands = map[string]func(args []string) error{
	"types":        typesCommand,
	"expectations": expectationsCommand,
	"speed":        func(args []string) error { return measureCommand("speed", args) },
	"load":         func(args []string) error { return measureCommand("load", args) },
}

func main() {
	if len(os.Args) < 3 {
		usage()
	}
	name, args := os.Args[1], os.Args[2:]
	var err error
	if command := commands[name]; command != nil {
		err = command(args)
	} else if print := dumps[name]; print != nil {
		err = run(print, args)
	} else {
		usage()
	}
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: oracle tokens|parse|ast|types|expectations|speed|load ARGUMENT...")
	os.Exit(2)
}

func run(print dump, args []string) error {
	if len(args) == 1 && args[0] == "-" {
		var err error
		if args, err = readLines(os.Stdin); err != nil {
			return err
		}
	}
	paths, err := sourceFiles(args)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		print(out, path, text)
	}
	return out.Flush()
}
