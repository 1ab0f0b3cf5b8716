// Command oracle prints what the Go standard library makes of Go source files,
// in the formats of `gdlint debug tokens`, `gdlint debug parse` and `gdlint debug
// ast`, so that the two can be compared byte by byte.
//
// Usage: oracle tokens|parse|ast [FILE|FOLDER]...
//
// With the sole argument `-`, the paths are read from standard input, one a line.
package main

import (
	"bufio"
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

func main() {
	if len(os.Args) < 3 || dumps[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: oracle tokens|parse|ast FILE|FOLDER...")
		os.Exit(2)
	}
	if err := run(dumps[os.Args[1]], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
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
