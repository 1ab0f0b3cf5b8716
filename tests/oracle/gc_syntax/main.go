// Command gc-syntax prints what the gc compiler's syntax phase says of Go files. It is
// built beside a copy of that phase; see tests/oracle/toolchain.py.
//
// For each file: `PATH TAB error TAB LINE TAB STATED` for each error, STATED being the
// line that the compiler prints, after `//line` directives, and `PATH TAB expected TAB
// LINE` for each `ERROR` comment of the compiler's own form.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"

	"gdlint.test/gcsyntax/syntax"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, path := range os.Args[1:] {
		text, err := os.ReadFile(path)
		if err != nil {
			fmt.Fprintln(os.Stderr, "gc-syntax:", err)
			continue
		}
		report := func(err error) {
			problem := err.(syntax.Error)
			fmt.Fprintf(out, "%s\terror\t%d\t%d\n", path, problem.Pos.Line(), problem.Pos.RelLine())
		}
		// As the compiler does it.
		syntax.Parse(syntax.NewFileBase(path), bytes.NewReader(text), report, nil, syntax.CheckBranches)
		for _, line := range syntax.ExpectedLines(bytes.NewReader(text)) {
			fmt.Fprintf(out, "%s\texpected\t%d\n", path, line)
		}
	}
}
