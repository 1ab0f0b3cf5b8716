package p

import (
	"fmt"
	"iter"
	"os"
)

func open(name string) *os.File {
	f, _ := os.Open(name)
	return f
}

func rangeSlice(names []string) {
	for _, name := range names { // note "this loop comes back"
		f := open(name)
		defer f.Close() // want "^warning: `f.Close\(\)` is deferred in a loop and runs only when `rangeSlice` returns: what each iteration should give back stays held.*; move the body .* \[defer-in-loop\]$"
	}
}

func rangeInteger(n int) {
	for range n {
		f := open("x")
		defer f.Close() // want "f.Close"
	}
}

func rangeChannel(names chan string) {
	for name := range names {
		f := open(name)
		defer f.Close() // want "f.Close"
	}
}

func rangeMap(names map[string]bool) {
	for name := range names {
		f := open(name)
		defer f.Close() // want "f.Close"
	}
}

// The body's deferred calls belong to this function.
func rangeFunction(names iter.Seq[string]) {
	for name := range names {
		f := open(name)
		defer f.Close() // want "`rangeFunction` returns"
	}
}

func threeClauses(n int) {
	for i := 0; i < n; i++ {
		defer fmt.Println(i) // want "^info: `fmt.Println\(i\)` .*pile up in memory"
	}
}

func conditionOnly(more func() bool) {
	for more() {
		f := open("x")
		defer f.Close() // want "f.Close"
	}
}

// Never ends, so the deferred calls never run.
func endless(conns chan *os.File) {
	for {
		conn := <-conns
		defer conn.Close() // want "conn.Close"
	}
}

func nested(rows [][]string) {
	for _, row := range rows {
		for _, name := range row { // note "this loop"
			f := open(name)
			defer f.Close() // want "f.Close"
		}
	}
}

// A block is no function.
func block(names []string) {
	for _, name := range names {
		{
			f := open(name)
			defer f.Close() // want "f.Close"
		}
	}
}

func inBranches(names []string, kind int) {
	for _, name := range names {
		if name == "" {
			continue
		}
		switch kind {
		case 1:
			f := open(name)
			defer f.Close() // want "f.Close"
		default:
		}
	}
}

func inSelect(names chan string, done chan bool) {
	for {
		select {
		case name := <-names:
			f := open(name)
			defer f.Close() // want "f.Close"
		case <-done:
			return
		}
	}
}

func backwardGoto(n int) {
again:
	f := open("x")
	defer f.Close() // want "f.Close"
	n--
	if n > 0 {
		goto again // note "this jump leads back"
	}
}

// The literal is the function here, and the loop is in it.
func loopInLiteral(names []string) func() {
	return func() {
		for _, name := range names {
			f := open(name)
			defer f.Close() // want "the function literal around it"
		}
	}
}

func literalDeferred(names []string) {
	for _, name := range names {
		f := open(name)
		defer func() { // want "^warning: a function literal is deferred in a loop"
			if err := f.Close(); err != nil {
				fmt.Println(err)
			}
		}()
	}
}

func literalWithParameter(names []string) {
	for _, name := range names {
		f := open(name)
		defer func(f *os.File) { f.Close() }(f) // want "^warning: a function literal"
	}
}

type store struct{ dir string }

func (s *store) all(names []string) {
	for _, name := range names {
		f := open(s.dir + name)
		defer f.Close() // want "when `all` returns"
	}
}

func removes(n int) {
	for i := range n {
		name := fmt.Sprint(i)
		defer os.Remove(name) // want "^warning: `os.Remove\(name\)`"
		os.WriteFile(name, nil, 0o666)
	}
}
