package syntax

import (
	"io"
	"strings"
)

// ExpectedLines returns the lines on which comments of the form `/* ERROR rx */` and
// `// ERROR rx` want an error: the line of the next token for the first form, its own
// line for the second. This file is compiled as a part of the compiler's package
// because only that package's scanner tells where the next token is: for go/scanner
// an automatic semicolon comes before a comment that ends the line, here it comes after.
func ExpectedLines(source io.Reader) []uint {
	var lines []uint
	var lexer scanner
	wanted := false
	lexer.init(source, func(line, col uint, text string) {
		switch {
		case strings.HasPrefix(text, "// ERROR "):
			lines = append(lines, lexer.line)
		case strings.HasPrefix(text, "/* ERROR "):
			wanted = true
		}
	}, comments)
	for {
		lexer.next()
		if wanted {
			lines = append(lines, lexer.line)
			wanted = false
		}
		if lexer.tok == _EOF {
			return lines
		}
	}
}
