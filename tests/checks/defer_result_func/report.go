// Package report builds reports from parts.
package report

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log"
	"os"
	"strings"
	"text/tabwriter"
	"time"
)

type Section struct {
	Title string
	Body  func(io.Writer) error
}

type Report struct {
	sections []Section
	elapsed  map[string]time.Duration
	timer    func(string) (stop func() time.Duration)
}

func (r *Report) track(name string) func() {
	begin := time.Now()
	return func() { r.elapsed[name] += time.Since(begin) }
}

// Write tracks each section in its own literal.
func (r *Report) Write(w io.Writer) error {
	defer r.track("all")()
	for _, s := range r.sections {
		err := func() error {
			defer r.track(s.Title)()
			return s.Body(w)
		}()
		if err != nil {
			return fmt.Errorf("%s: %w", s.Title, err)
		}
	}
	return nil
}

// WriteTo forgets to call what track returns.
func (r *Report) WriteTo(w io.Writer) (n int64, err error) {
	defer r.track("write") // want "^warning: "
	var buf bytes.Buffer
	if err := r.Write(&buf); err != nil {
		return 0, err
	}
	return buf.WriteTo(w)
}

// Timer's field returns a function, too.
func (r *Report) Timer(w io.Writer) error {
	defer r.timer("timer") // want "^warning: "
	return r.Write(w)
}

// TimerRight.
func (r *Report) TimerRight(w io.Writer) error {
	stop := r.timer("timer")
	defer func() { log.Print(stop()) }()
	return r.Write(w)
}

// HTML drops template errors on purpose? No: it says so by its result.
func (r *Report) HTML(w io.Writer, text string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("report: bad template")
		}
	}()
	return template.Must(template.New("r").Parse(text)).Execute(w, r.sections)
}

// Table flushes at its end and gives the error of that.
func (r *Report) Table(w io.Writer) (err error) {
	tw := tabwriter.NewWriter(w, 0, 8, 1, ' ', 0)
	defer func() { err = errors.Join(err, tw.Flush()) }()
	for _, s := range r.sections {
		if _, err := fmt.Fprintf(tw, "%s\t%v\n", s.Title, r.elapsed[s.Title]); err != nil {
			return err
		}
	}
	return nil
}

// Titles puts strings together in a deferred literal after they were returned.
func (r *Report) Titles() string {
	out := ""
	defer func() {
		out = strings.TrimSuffix(out, ", ")
	}()
	for _, s := range r.sections {
		out += s.Title + ", "
	}
	return out
}

// TitlesNamed does so with a named result.
func (r *Report) TitlesNamed() (out string) {
	defer func() {
		out = strings.TrimSuffix(out, ", ")
	}()
	for _, s := range r.sections {
		out += s.Title + ", "
	}
	return out
}

// Builder's text is what the pointer points to.
func (r *Report) Builder(sb *strings.Builder) {
	defer sb.WriteString("</ul>")
	sb.WriteString("<ul>")
	for _, s := range r.sections {
		sb.WriteString("<li>" + s.Title + "</li>")
	}
}

// Env sets a variable for a while.
func (r *Report) Env(key, val string, f func() error) error {
	defer os.Setenv(key, os.Getenv(key))
	os.Setenv(key, val)
	return f()
}

// Dir changes the directory and goes back.
func (r *Report) Dir(dir string, f func() error) error {
	old, err := os.Getwd()
	if err != nil {
		return err
	}
	defer os.Chdir(old)
	if err := os.Chdir(dir); err != nil {
		return err
	}
	return f()
}

// Size reports the length of the buffer at the statement.
func (r *Report) Size(w io.Writer) error {
	var buf bytes.Buffer
	defer log.Println("bytes:", buf.Len())
	if err := r.Write(&buf); err != nil {
		return err
	}
	_, err := buf.WriteTo(w)
	return err
}
