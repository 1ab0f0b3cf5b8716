package takenback

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
)

// The returns that report an error say that there is no path: the deferred
// function is for the one that there was.
func makeFile(dir string, check func(string) error) (path string, err error) {
	path = filepath.Join(dir, "x")
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	f.Close()
	defer func(target string) {
		if err != nil {
			os.RemoveAll(target)
		}
	}(path)
	if err := check(path); err != nil {
		return "", fmt.Errorf("check: %w", err)
	}
	return path, nil
}

func reports(dir string) (path string, err error) {
	defer log.Println(path) // want "`path` is evaluated by the `defer` statement"
	path = filepath.Join(dir, "x")
	return path, nil
}

type layer struct{ name string }

type chain []*layer

func (c chain) Release() {
	for _, l := range c {
		l.name = ""
	}
}

// All of it is released, whatever part the function looks at.
func names(c chain, limit int) []string {
	defer c.Release()
	if limit < len(c) {
		c = c[len(c)-limit:]
	}
	var all []string
	for _, l := range c {
		all = append(all, l.name)
	}
	return all
}

func grows(n int) int {
	var c chain
	defer c.Release() // want "`c` is copied by the `defer` statement"
	for range n {
		c = append(c, &layer{})
	}
	return len(c)
}

var current uint64

func attachSpace(space uint64) { current = space }

// The one that was there before is attached again.
func expand(space uint64, edges []uint64) {
	defer func(s uint64) {
		attachSpace(s)
	}(space)
	for _, edge := range edges {
		space = edge
		attachSpace(space)
	}
}
