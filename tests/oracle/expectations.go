package main

import (
	"encoding/json"
	"go/scanner"
	"go/token"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// An expectation is a comment that says which error belongs to the token before it.
type expectation struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Pattern string `json:"pattern"`
	// Regexp says that Pattern is a regular expression; else it is a part of the message.
	Regexp bool `json:"regexp"`
}

var expectationComment = regexp.MustCompile(`^ (ERRORx?) `)

// expectationsCommand prints the expectations of go/types' test files, one JSON object a
// line.
func expectationsCommand(files []string) error {
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, wanted := range expectationsIn(path, text) {
			if err := out.Encode(wanted); err != nil {
				return err
			}
		}
	}
	return nil
}

func expectationsIn(path string, text []byte) []expectation {
	fset := token.NewFileSet()
	file := fset.AddFile(path, -1, len(text))
	var s scanner.Scanner
	s.Init(file, text, nil, scanner.ScanComments)
	var found []expectation
	// The last token that is neither a comment nor an automatic semicolon.
	var last token.Pos
	for {
		pos, kind, literal := s.Scan()
		switch {
		case kind == token.EOF:
			return found
		case kind == token.COMMENT:
			if wanted, ok := parseExpectation(literal); ok {
				at := fset.PositionFor(last, false)
				wanted.File, wanted.Line, wanted.Column = path, at.Line, at.Column
				found = append(found, wanted)
			}
		case kind == token.SEMICOLON && literal == "\n":
		default:
			last = pos
		}
	}
}

func parseExpectation(comment string) (expectation, bool) {
	if strings.HasPrefix(comment, "/*") {
		comment = strings.TrimSuffix(comment, "*/")
	}
	comment = comment[2:]
	match := expectationComment.FindString(comment)
	if match == "" {
		return expectation{}, false
	}
	pattern, err := strconv.Unquote(strings.TrimSpace(comment[len(match):]))
	if err != nil {
		return expectation{}, false
	}
	return expectation{Pattern: pattern, Regexp: match == " ERRORx "}, true
}
