// Package tmpl expands templates; its parser gives up by panics.
package tmpl

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"strings"
)

type parseError struct {
	line int
	msg  string
}

func (e *parseError) Error() string { return fmt.Sprintf("line %d: %s", e.line, e.msg) }

type parser struct {
	src  []string
	line int
}

func (p *parser) fail(format string, args ...any) {
	panic(&parseError{p.line, fmt.Sprintf(format, args...)})
}

// Parse turns the parser's own panics into errors, and no others.
func Parse(src string) (out []string, err error) {
	p := &parser{src: strings.Split(src, "\n")}
	defer func() {
		if r := recover(); r != nil {
			pe, ok := r.(*parseError)
			if !ok {
				panic(r)
			}
			err = pe
		}
	}()
	for p.line = range p.src {
		out = append(out, p.expand(p.src[p.line]))
	}
	return out, nil
}

// ParseQuiet drops what was recovered: its caller sees success.
func ParseQuiet(src string) (out []string) {
	p := &parser{src: strings.Split(src, "\n")}
	defer func() {
		recover() // want "^warning: "
	}()
	for p.line = range p.src {
		out = append(out, p.expand(p.src[p.line]))
	}
	return out
}

// MustParse replaces the panic by one that says less.
func MustParse(src string) (out []string) {
	p := &parser{src: strings.Split(src, "\n")}
	defer func() {
		if r := recover(); r != nil {
			panic("tmpl: bad template")
		}
	}()
	for p.line = range p.src {
		out = append(out, p.expand(p.src[p.line]))
	}
	return out
}

// MustParseWrapped carries the cause.
func MustParseWrapped(src string) (out []string) {
	p := &parser{src: strings.Split(src, "\n")}
	defer func() {
		if r := recover(); r != nil {
			panic(fmt.Errorf("tmpl: %v", r))
		}
	}()
	for p.line = range p.src {
		out = append(out, p.expand(p.src[p.line]))
	}
	return out
}

func (p *parser) expand(s string) string {
	before, after, ok := strings.Cut(s, "{{")
	if !ok {
		return s
	}
	name, rest, ok := strings.Cut(after, "}}")
	if !ok {
		p.fail("no }} in %q", s)
	}
	return before + os.Getenv(strings.TrimSpace(name)) + p.expand(rest)
}

// Render writes what Parse gave; its recover can see no panic.
func Render(w io.Writer, src string) (err error) {
	out, err := Parse(src)
	if err != nil {
		return err
	}
	if len(out) == 0 {
		panic(errors.New("tmpl: nothing"))
	}
	for _, l := range out {
		if _, err := fmt.Fprintln(w, l); err != nil {
			return err
		}
	}
	defer func() {
		if r := recover(); r != nil {
			log.Print(r)
		}
	}()
	return nil
}

// Try tells by its result whether it worked.
func Try(f func()) (ok bool) {
	defer func() {
		ok = recover() == nil
	}()
	f()
	return true
}

// Valid answers false for a panic, by the zero result.
func Valid(src string) bool {
	p := &parser{src: strings.Split(src, "\n")}
	defer func() {
		_ = recover()
	}()
	for p.line = range p.src {
		p.expand(p.src[p.line])
	}
	return true
}
