package main

import (
	"bufio"
	"go/scanner"
	"go/token"
	"strconv"
)

// dumpTokens prints `LINE:COL TAB TOKEN TAB LITERAL` for each token but the end of
// the file. Comments are left out, as go/parser leaves them out by default.
func dumpTokens(out *bufio.Writer, path string, text []byte) {
	out.WriteString("# " + path + "\n")
	file := token.NewFileSet().AddFile(path, -1, len(text))
	var lexer scanner.Scanner
	ignore := func(token.Position, string) {}
	lexer.Init(file, text, ignore, 0)
	var line []byte
	for {
		pos, kind, literal := lexer.Scan()
		if kind == token.EOF {
			return
		}
		line = appendPlace(line[:0], file, pos)
		line = append(line, '\t')
		line = append(line, kind.String()...)
		line = append(line, '\t')
		line = strconv.AppendQuote(line, literal)
		line = append(line, '\n')
		out.Write(line)
	}
}

// appendPlace appends LINE:COL, where pos lies in the file itself: `//line`
// directives do not count. No position is `-`.
func appendPlace(line []byte, file *token.File, pos token.Pos) []byte {
	if !pos.IsValid() {
		return append(line, '-')
	}
	place := file.PositionFor(pos, false)
	line = strconv.AppendInt(line, int64(place.Line), 10)
	line = append(line, ':')
	return strconv.AppendInt(line, int64(place.Column), 10)
}
