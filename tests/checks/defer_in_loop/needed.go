package p

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
)

func collected(names []string) {
	var files []*os.File
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close()
		files = append(files, f)
	}
	fmt.Println(files)
}

func collectedWrapped(names []string) io.Reader {
	var readers []io.Reader
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close()
		readers = append(readers, bufio.NewReader(f))
	}
	return io.MultiReader(readers...)
}

func collectedInLiteral(names []string) (closers []func()) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Sync()
		closers = append(closers, func() { f.Close() })
	}
	return closers
}

type pair struct {
	name string
	file *os.File
}

func collectedInStruct(names []string) (pairs []pair) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close()
		pairs = append(pairs, pair{name: name, file: f})
	}
	return pairs
}

func storedInMap(names []string) {
	files := map[string]*os.File{}
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close()
		files[name] = f
	}
	fmt.Println(files)
}

func storedInVariable(names []string) {
	var last *os.File
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
		last = f
	}
	fmt.Println(last)
}

type set struct{ files []*os.File }

func (s *set) add(f *os.File) { s.files = append(s.files, f) }

func added(names []string) {
	var s set
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close()
		s.add(f)
	}
	fmt.Println(s)
}

func sent(names []string, files chan *os.File) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close()
		files <- f
	}
}

func handedToGoroutine(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close()
		wg.Add(1)
		go func() {
			defer wg.Done()
			io.Copy(io.Discard, f)
		}()
	}
	wg.Wait()
}

func contextOfGoroutine(n int) {
	for range n {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		go work(ctx)
	}
}

func work(ctx context.Context) { <-ctx.Done() }

func contextOfCall(n int) {
	for range n {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel() // want "^warning: `cancel\(\)`"
		work(ctx)
	}
}

func thereBefore(conns []net.Conn) {
	for _, conn := range conns {
		defer conn.Close()
	}
}

func thereBeforeByIndex(conns []net.Conn) {
	for i, conn := range conns {
		fmt.Println(conn)
		defer conns[i].Close()
	}
}

func oneByOne(conns chan net.Conn) {
	for conn := range conns {
		defer conn.Close() // want "conn.Close"
		fmt.Println(conn)
	}
}

// The names of what was read are kept, not the files.
func onlyNamesKept(names []string) (sizes []string) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close() // want "f.Close"
		sizes = append(sizes, f.Name())
	}
	return sizes
}

func onlyContentsKept(names []string) (all []byte) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close() // want "f.Close"
		b, _ := io.ReadAll(f)
		all = append(all, b...)
	}
	return all
}

func removedOnError(names []string) (err error) {
	for _, name := range names {
		if err = os.Mkdir(name, 0o777); err != nil {
			return err
		}
		defer func() {
			if err != nil {
				os.Remove(name)
			}
		}()
	}
	return nil
}

func removedOnOwnError(names chan string) {
	for name := range names {
		err := os.Mkdir(name, 0o777)
		defer func() { // want "a function literal"
			if err == nil {
				os.Remove(name)
			}
		}()
	}
}

func firstIteration(names []string) {
	for i, name := range names {
		if i == 0 {
			f, _ := os.Open(name)
			defer f.Close()
		}
	}
}

func flagged(names []string) {
	done := false
	for _, name := range names {
		if !done {
			done = true
			f, _ := os.Open(name)
			defer f.Close()
		}
	}
}

func openedOnce(names []string) {
	var f *os.File
	var err error
	for _, name := range names {
		if f == nil {
			f, err = os.Create("out")
			if err != nil {
				return
			}
			defer f.Close()
		}
		f.WriteString(name)
	}
}

func openedEachTime(names []string) {
	for _, name := range names {
		f, err := os.Open(name)
		if err == nil {
			defer f.Close() // want "f.Close"
		}
	}
}

// The folders may be needed until the function ends, or not: silent.
func FN_removedElements(names []string) {
	for _, name := range names {
		os.Mkdir(name, 0o777)
		defer os.Remove(name)
	}
}
