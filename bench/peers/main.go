// Command peers measures go/scanner and go/parser for bench/compare.
//
// Usage: peers lex|parse|trees FOLDER
//
// lex and parse take every .go file below FOLDER from memory, twice, and time the
// second pass. trees parses each file once and keeps all trees. All run on one
// goroutine; the garbage collector is as it is by default. The result is one JSON
// object.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const mode = parser.ParseComments | parser.SkipObjectResolution

type source struct {
	path string
	text []byte
}

type result struct {
	Files   int     `json:"files"`
	Bytes   int     `json:"bytes"`
	Tokens  int     `json:"tokens,omitempty"`
	Nodes   int     `json:"nodes,omitempty"`
	Seconds float64 `json:"seconds"`
	// Of all threads: what the garbage collector does meanwhile counts.
	CPUSeconds float64 `json:"cpu_seconds"`
	PeakKB     int     `json:"peak_rss_kb"`
}

func main() {
	measures := map[string]func([]source) result{"lex": lex, "parse": parse, "trees": trees}
	if len(os.Args) != 3 || measures[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: peers lex|parse|trees FOLDER")
		os.Exit(2)
	}
	files, err := read(os.Args[2], os.Args[1] != "trees")
	if err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
	out := measures[os.Args[1]](files)
	out.Files = len(files)
	out.PeakKB = peakMemory()
	json.NewEncoder(os.Stdout).Encode(out)
}

func read(folder string, withText bool) ([]source, error) {
	var files []source
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || !strings.HasSuffix(path, ".go") {
			return err
		}
		file := source{path: path}
		if withText {
			file.text, err = os.ReadFile(path)
		}
		files = append(files, file)
		return err
	})
	return files, err
}

func size(files []source) (bytes int) {
	for _, file := range files {
		bytes += len(file.text)
	}
	return bytes
}

func lex(files []source) result {
	out := result{Bytes: size(files)}
	for range 2 {
		start := startClock()
		out.Tokens = 0
		fset := token.NewFileSet()
		for _, file := range files {
			var s scanner.Scanner
			s.Init(fset.AddFile(file.path, -1, len(file.text)), file.text, nil, 0)
			for {
				out.Tokens++
				if _, kind, _ := s.Scan(); kind == token.EOF {
					break
				}
			}
		}
		start.stop(&out)
	}
	return out
}

func parse(files []source) result {
	out := result{Bytes: size(files)}
	fset := token.NewFileSet()
	for _, file := range files {
		tree, _ := parser.ParseFile(fset, file.path, file.text, mode)
		ast.Inspect(tree, func(node ast.Node) bool {
			switch node.(type) {
			case nil, *ast.Comment, *ast.CommentGroup:
				return false
			}
			out.Nodes++
			return true
		})
	}
	start := startClock()
	fset = token.NewFileSet()
	for _, file := range files {
		parser.ParseFile(fset, file.path, file.text, mode)
	}
	start.stop(&out)
	return out
}

// kept is global so that no tree is garbage before the memory is measured.
var kept []*ast.File

func trees(files []source) result {
	var out result
	start := startClock()
	fset := token.NewFileSet()
	for _, file := range files {
		text, err := os.ReadFile(file.path)
		if err != nil {
			fmt.Fprintln(os.Stderr, "peers:", err)
			os.Exit(1)
		}
		out.Bytes += len(text)
		tree, _ := parser.ParseFile(fset, file.path, text, mode)
		kept = append(kept, tree)
	}
	start.stop(&out)
	return out
}

type clock struct {
	wall time.Time
	cpu  time.Duration
}

func startClock() clock {
	return clock{time.Now(), cpuTime()}
}

func (c clock) stop(out *result) {
	out.Seconds = time.Since(c.wall).Seconds()
	out.CPUSeconds = (cpuTime() - c.cpu).Seconds()
}

func cpuTime() time.Duration {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// peakMemory is the most memory that the process ever had resident, in kB.
func peakMemory() int {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range bytes.Lines(status) {
		if field, found := bytes.CutPrefix(line, []byte("VmHWM:")); found {
			kb, _ := strconv.Atoi(strings.Fields(string(field))[0])
			return kb
		}
	}
	return 0
}
