package p

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"time"
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
		fmt.Println(name)
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

// Undone at the end, for the code behind the loop.
func setUp(flags map[string]bool) {
	for name, on := range flags {
		defer setFlag(name, on)()
	}
	fmt.Println("with all flags")
}

func setFlag(string, bool) func() { return func() {} }

// The iteration goes on, so that the flag is for it.
func setUpEach(flags map[string]bool) {
	for name, on := range flags {
		defer setFlag(name, on)() // want "^info: `setFlag\(name, on\)\(\)`"
		fmt.Println(name)
	}
}

func createForLater(n int) {
	for i := range n {
		cleanup := setFlag(fmt.Sprint(i), true)
		defer cleanup()
	}
	fmt.Println("with all")
}

func createEach(n int) {
	for i := range n {
		cleanup := setFlag(fmt.Sprint(i), true)
		defer cleanup() // want "`cleanup\(\)`"
		fmt.Println(i)
	}
}

func removeAtEnd(names chan string) {
	for name := range names {
		os.Mkdir(name, 0o777)
		defer func() {
			fmt.Println("remove", name)
			os.RemoveAll(name)
		}()
	}
	fmt.Println("with all folders")
}

func intoArray(address string) {
	var conns [100]net.Conn
	for i := 0; i < len(conns); i++ {
		var err error
		conns[i], err = net.Dial("tcp", address)
		if err != nil {
			return
		}
		defer conns[i].Close()
	}
	fmt.Println(conns)
}

func elementUnderOtherName(conns []any) {
	for _, conn := range conns {
		conn := conn
		defer func(c any) { c.(net.Conn).Close() }(conn)
	}
	for _, conn := range conns {
		if c, ok := conn.(net.Conn); ok {
			defer c.Close()
		}
		fmt.Println(conn)
	}
}

func timers(n int) {
	for range n {
		timer := time.AfterFunc(time.Second, func() {})
		defer timer.Stop()
	}
	time.Sleep(time.Second)
}

func tickers(n int) {
	for range n {
		ticker := time.NewTicker(time.Second)
		defer ticker.Stop() // want "ticker.Stop"
		<-ticker.C
	}
}

// The function waits for all goroutines at its end.
func waits(n int) {
	done := make(chan bool)
	for range n {
		go func() { done <- true }()
		defer func() { <-done }()
	}
}

func atMostTwo(tcp bool) {
	var networks []string
	if tcp {
		networks = []string{"tcp"}
	} else {
		networks = []string{"udp", "tcp"}
	}
	for _, network := range networks {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		fmt.Println(ctx, network)
	}
}

func notOnlyLiterals(more []string) {
	var networks []string
	networks = []string{"tcp"}
	networks = append(networks, more...)
	for _, network := range networks {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel() // want "`cancel\(\)`"
		fmt.Println(ctx, network)
	}
}

// The names of the files are what is needed.
func namesOfRemovedFiles(n int) (names []string) {
	for range n {
		f, _ := os.CreateTemp("", "x")
		defer os.Remove(f.Name())
		names = append(names, "name="+f.Name())
	}
	return names
}

// The loop is left where the defer was passed, by the same condition.
func correlated(n int) {
	for range n {
		name, err := os.MkdirTemp("", "x")
		if name != "" && err == nil {
			defer os.Remove(name)
		}
		switch {
		case err == nil:
			return
		}
	}
}

// The other way round it is not.
func correlatedToStay(n int) {
	for range n {
		name, err := os.MkdirTemp("", "x")
		if err == nil {
			defer os.Remove(name) // want "^warning: `os.Remove"
		}
		if err != nil {
			return
		}
		fmt.Println(name)
	}
}

type records struct{}

func (*records) Create(name string) {}
func (*records) Remove(name string) {}

// Who needs the entry, the loop does not tell.
func entries(r *records, names chan string) {
	for name := range names {
		r.Create(name)
		defer r.Remove(name) // want "^info: "
		fmt.Println(name)
	}
}

// Set up for what follows the loop, and released by a method.
func FP_startedForLater(names chan string) {
	for name := range names {
		f, err := os.Create(name)
		if err == nil {
			defer f.Close() // want "f.Close"
		}
	}
	fmt.Println("with all files open")
}

// The loop waits for what it has started itself.
func racers(start func(context.Context) <-chan int) int {
	results := start(context.Background())
	for {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		go work(ctx)
		if n := <-results; n > 0 {
			return n
		}
	}
}

// Locks that are found by a key guard what the key stands for elsewhere.
func renameAll(locks map[string]*sync.Mutex, names []string, rename func(string)) {
	for _, name := range names {
		l := locks[name]
		l.Lock()
		defer l.Unlock() // want "each lock stays held until then"
		rename(name)
	}
}

func renameStriped(stripes []sync.Mutex, names []string, rename func(string)) {
	for i, name := range names {
		stripes[i%len(stripes)].Lock()
		defer stripes[i%len(stripes)].Unlock() // want "held"
		rename(name)
	}
}

// All are held at once, on purpose.
func renameTogether(locks map[string]*sync.Mutex, names []string, rename func(string)) {
	held := 0
	for _, name := range names {
		l := locks[name]
		l.Lock()
		defer l.Unlock()
		held++
	}
	for _, name := range names[:held] {
		rename(name)
	}
}
