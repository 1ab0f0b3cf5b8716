// Package walk visits trees in a module of Go 1.20.
package walk

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

type Node struct {
	Name     string
	Children []*Node
}

// Visit runs visitors at the end, each with the last child.
func (n *Node) Visit(f func(*Node)) {
	for _, c := range n.Children {
		defer func() { f(c) }() // want "^warning: "
	}
}

// VisitArg hands the child over at the statement.
func (n *Node) VisitArg(f func(*Node)) {
	for _, c := range n.Children {
		defer f(c)
	}
}

// Parallel starts a goroutine a child with a parameter.
func (n *Node) Parallel(f func(*Node)) {
	var wg sync.WaitGroup
	for _, c := range n.Children {
		wg.Add(1)
		go func(c *Node) {
			defer wg.Done()
			f(c)
		}(c)
	}
	wg.Wait()
}

// First starts one and leaves.
func (n *Node) First(f func(*Node)) {
	for _, c := range n.Children {
		go func() { f(c) }()
		return
	}
}

// Tasks keeps literals in a slice.
func (n *Node) Tasks(w io.Writer) []func() {
	var out []func()
	for i, c := range n.Children {
		c := c
		out = append(out, func() { fmt.Fprintln(w, i, c.Name) }) // want "^warning: "
	}
	return out
}

// Files opens what it walks; each callback has its own defer.
func Files(root string, w io.Writer) error {
	return filepath.Walk(root, func(p string, fi os.FileInfo, err error) error {
		if err != nil || fi.IsDir() {
			return err
		}
		f, err := os.Open(p)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = io.Copy(w, f)
		return err
	})
}

// Rows is a test's table with parallel subtests.
func Rows(t *testing.T, nodes []*Node) {
	for _, n := range nodes {
		t.Run(n.Name, func(t *testing.T) { // want "^warning: "
			t.Parallel()
			if n.Name == "" {
				t.Error("no name")
			}
		})
	}
}

// Serial has no Parallel.
func Serial(t *testing.T, nodes []*Node) {
	for _, n := range nodes {
		t.Run(n.Name, func(t *testing.T) {
			if n.Name == "" {
				t.Error("no name")
			}
		})
	}
}
