package p

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

func walk(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close() // want "^info: `f.Close\(\)` waits until `walk` returns, and each level of the recursion holds on to one more"
	names, err := f.Readdirnames(-1)
	if err != nil {
		return err
	}
	for _, name := range names {
		walk(filepath.Join(dir, name)) // note "the function calls itself here"
	}
	return nil
}

// The file is still read.
func include(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		include(lines.Text())
	}
}

// The call is given it.
func copyTo(out *os.File, depth int) {
	f, _ := os.Create(fmt.Sprint(depth))
	defer f.Close()
	if depth > 0 {
		copyTo(f, depth-1)
	}
	fmt.Fprintln(out, depth)
}

func usedBehind(depth int) {
	f, _ := os.Create(fmt.Sprint(depth))
	defer f.Close()
	if depth > 0 {
		usedBehind(depth - 1)
	}
	fmt.Fprintln(f, depth)
}

func callFirst(depth int) {
	if depth > 0 {
		callFirst(depth - 1)
	}
	f, _ := os.Create(fmt.Sprint(depth))
	defer f.Close()
}

func nothingHeld(depth int) {
	defer fmt.Println(depth)
	if depth > 0 {
		nothingHeld(depth - 1)
	}
}

type node struct {
	mu          sync.Mutex
	left, right *node
}

// The lock guards what is below.
func (n *node) sum() int {
	if n == nil {
		return 0
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.left.sum() + n.right.sum() + 1
}
