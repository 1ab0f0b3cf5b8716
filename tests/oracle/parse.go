package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
)

const parseMode = parser.SkipObjectResolution | parser.AllErrors

// parse returns the tree of a file and its syntax errors.
func parse(path string, text []byte) (*token.File, *ast.File, error) {
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, path, text, parseMode)
	var file *token.File
	fset.Iterate(func(f *token.File) bool {
		file = f
		return false
	})
	return file, tree, err
}

// dumpParse prints `PATH TAB ok`, or `PATH TAB LINE:COL: message` for each syntax
// error.
func dumpParse(out *bufio.Writer, path string, text []byte) {
	file, _, err := parse(path, text)
	if err == nil {
		fmt.Fprintf(out, "%s\tok\n", path)
		return
	}
	list, ok := err.(scanner.ErrorList)
	if !ok {
		fmt.Fprintf(out, "%s\t0:0: %v\n", path, err)
		return
	}
	for _, problem := range list {
		// The offset is where the error lies in the file; line and column heed
		// `//line` directives.
		place := appendPlace(nil, file, file.Pos(problem.Pos.Offset))
		fmt.Fprintf(out, "%s\t%s: %s\n", path, place, problem.Msg)
	}
}
