// Package auditlog reports what calls returned.
package auditlog

import (
	"fmt"
	"io"
	"strings"
)

type Auditor struct{ w io.Writer }

func (a *Auditor) report(op string, rows int, err error) {
	fmt.Fprintf(a.w, "%s rows=%d err=%v\n", op, rows, err)
}

// Purge reports the zero values of its results.
func (a *Auditor) Purge(names []string) (rows int, err error) {
	defer a.report("purge", rows, err) // want "\[defer-stale-argument\]"
	for _, n := range names {
		if n == "" {
			return rows, io.ErrUnexpectedEOF
		}
		rows++
	}
	return rows, nil
}

// PurgeClosure reads them at the end.
func (a *Auditor) PurgeClosure(names []string) (rows int, err error) {
	defer func() { a.report("purge", rows, err) }()
	for range names {
		rows++
	}
	return rows, nil
}

// Join flushes a builder: it is passed by its address, which is fine.
func (a *Auditor) Join(names []string) string {
	var sb strings.Builder
	defer a.size(&sb)
	for _, n := range names {
		sb.WriteString(n)
	}
	return sb.String()
}

func (a *Auditor) size(sb *strings.Builder) { fmt.Fprintln(a.w, sb.Len()) }

// Collect passes a slice whose header changes by append.
func (a *Auditor) Collect(names []string) []string {
	var bad []string
	defer a.list(bad) // want "\[defer-stale-argument\]"
	for _, n := range names {
		if strings.Contains(n, " ") {
			bad = append(bad, n)
		}
	}
	return names
}

func (a *Auditor) list(names []string) { fmt.Fprintln(a.w, names) }

// CollectPtr passes the address.
func (a *Auditor) CollectPtr(names []string) []string {
	var bad []string
	defer a.listPtr(&bad)
	for _, n := range names {
		if strings.Contains(n, " ") {
			bad = append(bad, n)
		}
	}
	return names
}

func (a *Auditor) listPtr(names *[]string) { fmt.Fprintln(a.w, *names) }

// Stage reports each stage as it was at the defer: a wanted snapshot.
func (a *Auditor) Stage(stages ...string) {
	for i, s := range stages {
		defer fmt.Fprintln(a.w, "leaving stage", i, s) // want "^info: .*\[defer-in-loop\]"
	}
}
