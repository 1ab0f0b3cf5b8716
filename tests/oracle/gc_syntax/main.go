// Command gc-syntax prints what the gc compiler's syntax phase says of Go files. It is
// built beside a copy of that phase; see tests/oracle/toolchain.py.
//
// For each file: `PATH TAB error TAB LINE TAB MESSAGE` for each error, and
// `PATH TAB expected TAB LINE` for each `ERROR` comment of the compiler's own form.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"strings"

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
			message := strings.ReplaceAll(problem.Msg, "\n", " ")
			fmt.Fprintf(out, "%s\terror\t%d\t%s\n", path, problem.Pos.Line(), message)
		}
		// As the compiler does it.
		syntax.Parse(syntax.NewFileBase(path), bytes.NewReader(text), report, nil, syntax.CheckBranches)
		for _, line := range syntax.ExpectedLines(bytes.NewReader(text)) {
			fmt.Fprintf(out, "%s\texpected\t%d\n", path, line)
		}
	}
}
