//go:build go1.21

package p

import (
	"fmt"
	"io"
	"os"
	"sort"
	"sync"
)

func copied(names []string) {
	for i, name := range names {
		i, name := i, name
		defer func() { fmt.Println(i, name) }()
	}
}

func parameters(names []string) {
	for i, name := range names {
		go func(i int, name string) { fmt.Println(i, name) }(i, name)
	}
}

func arguments(names []string) {
	for i, name := range names {
		defer fmt.Println(i, name)
		go fmt.Println(i, name)
	}
}

func calledAtOnce(names []string) {
	for _, name := range names {
		func() { fmt.Println(name) }()
		show := func() { fmt.Println(name) }
		show()
	}
}

func deferredInCalledLiteral(names []string) {
	for _, name := range names {
		func() {
			defer func() { fmt.Println(name) }()
		}()
	}
}

func awaited(names []string) {
	for _, name := range names {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			fmt.Println(name)
		}()
		wg.Wait()
	}
}

func received(names []string) {
	for _, name := range names {
		done := make(chan bool)
		go func() {
			fmt.Println(name)
			close(done)
		}()
		<-done
	}
}

func receivedInSelect(names []string, quit chan bool) {
	for _, name := range names {
		done := make(chan bool)
		go func() { fmt.Println(name); close(done) }()
		select {
		case <-done:
		case <-quit:
			return
		}
	}
}

func leaves(names []string) func() {
	for _, name := range names {
		if name != "" {
			defer func() { fmt.Println(name) }()
			return func() { fmt.Println(name) }
		}
	}
	return nil
}

func leavesByBreak(names []string) {
	var found func()
	for _, name := range names {
		if name != "" {
			found = func() { fmt.Println(name) }
			break
		}
	}
	found()
}

func given(rows [][]string) {
	for _, row := range rows {
		sort.Slice(row, func(i, j int) bool { return row[i] < row[j] })
	}
}

// `visit` is set and used in each iteration.
func setAndUsed(names []string) {
	var visit func(int)
	for _, name := range names {
		visit = func(n int) {
			if n > 0 {
				visit(n - 1)
			}
			fmt.Println(name)
		}
		visit(3)
	}
}

func collectedWithin(names []string) {
	for _, name := range names {
		var todo []func()
		todo = append(todo, func() { fmt.Println(name) })
		for _, f := range todo {
			f()
		}
	}
}

func otherVariable(names []string) {
	for range names {
		n := len(names)
		defer func() { fmt.Println(n) }()
	}
}

type point struct{ name string }

func fieldOfThatName(names []string) {
	for _, name := range names {
		p := &point{name: name}
		go func() { fmt.Println(p.name, point{name: "x"}) }()
	}
}

func shadowedByParameter(names []string) {
	for i := range names {
		go func(i int) { fmt.Println(i) }(i)
	}
}

func shadowedInside(names []string) {
	for i := range names {
		go func() {
			for i := range names {
				fmt.Println(i)
			}
		}()
		_ = i
	}
}

func behindLoop(names []string) {
	for _, name := range names {
		fmt.Println(name)
	}
	name := "x"
	defer func() { fmt.Println(name) }()
}

func inHeader(names []string) {
	for _, f := range files(func() string { return names[0] }) {
		defer f.Close()
	}
}

func files(func() string) []*os.File { return nil }

func never(n int) {
	for rest := n; n > 0; {
		n--
		defer func() { fmt.Println(rest) }()
	}
}

func once() {
	for i := 0; i < 1; i++ {
		defer func() { fmt.Println(i) }()
	}
}

// A value method's receiver and a method value are evaluated at the statement.
func valueMethod(points []point) {
	for _, p := range points {
		defer p.print()
		go p.print()
	}
}

func (p point) print() { fmt.Println(p.name) }

// The other end of the pipe is read to its end.
func throughPipe(names []string) {
	for _, name := range names {
		r, w := io.Pipe()
		go func() {
			w.Write([]byte(name))
			w.Close()
		}()
		fmt.Println(readAll(r))
	}
}

func readAll(io.Reader) string { return "" }

// Printing waits for nothing, but the rule cannot tell.
func FN_other(names []string, done chan bool, n int) {
	for _, name := range names {
		found := new(int)
		go func() { fmt.Println(name, found) }()
		fmt.Println(found)
	}
}

type builder interface {
	AddWith(fill func(b builder))
	AddBytes(b []byte)
}

// Names tell nothing of what is done with a function.
func filled(b builder, names []string) {
	for _, name := range names {
		b.AddWith(func(b builder) {
			b.AddWith(func(b builder) { b.AddBytes([]byte(name)) })
		})
	}
}
