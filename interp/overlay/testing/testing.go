// Package testing runs tests as `go test -v` shows them.
package testing

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

// InternalTest is a test and its name.
type InternalTest struct {
	Name string
	F    func(*T)
}

// TB is what tests, benchmarks and fuzz tests have in common.
type TB interface {
	ArtifactDir() string
	Attr(key, value string)
	Cleanup(func())
	Error(args ...any)
	Errorf(format string, args ...any)
	Fail()
	FailNow()
	Failed() bool
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Helper()
	Log(args ...any)
	Logf(format string, args ...any)
	Name() string
	Setenv(key, value string)
	Chdir(dir string)
	Skip(args ...any)
	SkipNow()
	Skipf(format string, args ...any)
	Skipped() bool
	TempDir() string
	Context() context.Context
	private()
}

type common struct {
	mu       sync.Mutex
	name     string
	parent   *common
	level    int
	failed   bool
	skipped  bool
	finished bool
	done     bool
	parallel bool
	start    time.Time
	cleanups []func()
	helpers  map[string]bool
	reports  []string
	// Subtests that wait for their parent's end.
	waiting []*T
	signal  chan bool
	release chan struct{}
	ctx     context.Context
	cancel  context.CancelFunc
}

// T is a running test.
type T struct {
	common
	isParallel bool
}

// B is a benchmark, which is never run.
type B struct {
	common
	N int
}

// F is a fuzz test, which is never run.
type F struct {
	common
}

// PB is for parallel benchmarks.
type PB struct{}

func (*PB) Next() bool { return false }

func (c *common) private()                  {}
func (c *common) Name() string              { return c.name }
func (c *common) ArtifactDir() string       { return c.TempDir() }
func (c *common) Attr(key, value string)    { fmt.Printf("=== ATTR  %s %s %s\n", c.name, key, value) }
func (c *common) Context() context.Context  { return c.ctx }

func (c *common) Fail() {
	if c.parent != nil {
		c.parent.Fail()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done {
		panic("Fail in goroutine after " + c.name + " has completed")
	}
	c.failed = true
}

func (c *common) Failed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.failed
}

func (c *common) Skipped() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.skipped
}

func (c *common) FailNow() {
	c.Fail()
	c.mu.Lock()
	c.finished = true
	c.mu.Unlock()
	runtime.Goexit()
}

func (c *common) SkipNow() {
	c.mu.Lock()
	c.skipped = true
	c.finished = true
	c.mu.Unlock()
	runtime.Goexit()
}

// Helper marks the caller: messages show where it was called.
func (c *common) Helper() {
	var pcs [1]uintptr
	if runtime.Callers(2, pcs[:]) == 0 {
		return
	}
	frame, _ := runtime.CallersFrames(pcs[:]).Next()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.helpers == nil {
		c.helpers = map[string]bool{}
	}
	c.helpers[frame.Function] = true
}

func (c *common) place() string {
	var pcs [32]uintptr
	// Callers, place, log, and what was called.
	n := runtime.Callers(4, pcs[:])
	frames := runtime.CallersFrames(pcs[:n])
	for {
		frame, more := frames.Next()
		if c.helpers[frame.Function] && more {
			continue
		}
		return fmt.Sprintf("%s:%d", frame.File[strings.LastIndexByte(frame.File, '/')+1:], frame.Line)
	}
}

func (c *common) log(text string) {
	text = strings.TrimSuffix(text, "\n")
	place := c.place()
	fmt.Printf("%s%s: %s\n", "    ", place, strings.ReplaceAll(text, "\n", "\n        "))
}

func (c *common) Log(args ...any)                 { c.log(fmt.Sprintln(args...)) }
func (c *common) Logf(format string, args ...any) { c.log(fmt.Sprintf(format, args...)) }
func (c *common) Error(args ...any) {
	c.log(fmt.Sprintln(args...))
	c.Fail()
}
func (c *common) Errorf(format string, args ...any) {
	c.log(fmt.Sprintf(format, args...))
	c.Fail()
}
func (c *common) Fatal(args ...any) {
	c.log(fmt.Sprintln(args...))
	c.FailNow()
}
func (c *common) Fatalf(format string, args ...any) {
	c.log(fmt.Sprintf(format, args...))
	c.FailNow()
}
func (c *common) Skip(args ...any) {
	c.log(fmt.Sprintln(args...))
	c.SkipNow()
}
func (c *common) Skipf(format string, args ...any) {
	c.log(fmt.Sprintf(format, args...))
	c.SkipNow()
}

func (c *common) Cleanup(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cleanups = append(c.cleanups, f)
}

func (c *common) runCleanups() {
	defer func() {
		// One that panics or exits does not stop the others.
		c.mu.Lock()
		more := len(c.cleanups) > 0
		c.mu.Unlock()
		if more {
			c.runCleanups()
		}
	}()
	c.cancel()
	for {
		c.mu.Lock()
		n := len(c.cleanups)
		if n == 0 {
			c.mu.Unlock()
			return
		}
		f := c.cleanups[n-1]
		c.cleanups = c.cleanups[:n-1]
		c.mu.Unlock()
		f()
	}
}

func (c *common) Setenv(key, value string) {
	old, had := os.LookupEnv(key)
	if err := os.Setenv(key, value); err != nil {
		c.Fatalf("cannot set environment variable: %v", err)
	}
	c.Cleanup(func() {
		if had {
			os.Setenv(key, old)
		} else {
			os.Unsetenv(key)
		}
	})
}

func (c *common) Chdir(dir string) {
	old, _ := os.Getwd()
	if err := os.Chdir(dir); err != nil {
		c.Fatal(err)
	}
	c.Cleanup(func() { os.Chdir(old) })
}

func (c *common) TempDir() string {
	dir, err := os.MkdirTemp("", strings.ReplaceAll(c.name, "/", "_"))
	if err != nil {
		c.Fatalf("TempDir: %v", err)
	}
	c.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// Parallel lets the test wait until its parent's function has returned.
func (t *T) Parallel() {
	if t.isParallel {
		panic("testing: t.Parallel called multiple times")
	}
	t.isParallel = true
	fmt.Printf("=== PAUSE %s\n", t.name)
	t.parent.mu.Lock()
	t.parent.waiting = append(t.parent.waiting, t)
	t.parent.mu.Unlock()
	t.signal <- true
	<-t.release
	fmt.Printf("=== CONT  %s\n", t.name)
	t.start = time.Now()
}

// Deadline is never set.
func (t *T) Deadline() (deadline time.Time, ok bool) { return time.Time{}, false }

func newTest(parent *common, name string) *T {
	t := &T{}
	t.name = name
	t.parent = parent
	if parent.name != "" {
		t.name = parent.name + "/" + strings.ReplaceAll(name, " ", "_")
		t.level = parent.level + 1
	}
	t.signal = make(chan bool, 1)
	t.release = make(chan struct{})
	t.ctx, t.cancel = context.WithCancel(context.Background())
	return t
}

// Run runs a subtest; it returns when that has ended, or waits to run in
// parallel.
func (t *T) Run(name string, f func(t *T)) bool {
	sub := newTest(&t.common, name)
	fmt.Printf("=== RUN   %s\n", sub.name)
	go sub.run(f)
	<-sub.signal
	return !sub.Failed()
}

func (t *T) run(f func(t *T)) {
	returned := false
	defer func() {
		r := recover()
		t.mu.Lock()
		finished := t.finished
		t.mu.Unlock()
		if r == nil && !returned && !finished {
			r = "test executed panic(nil) or runtime.Goexit"
		}
		if r != nil {
			t.Fail()
			t.runCleanups()
			fmt.Printf("--- FAIL: %s (%.2fs)\n", t.name, time.Since(t.start).Seconds())
			panic(r)
		}
		t.releaseWaiting()
		t.runCleanups()
		t.report()
		t.mu.Lock()
		t.done = true
		t.mu.Unlock()
		t.signal <- true
	}()
	t.start = time.Now()
	f(t)
	returned = true
	t.mu.Lock()
	t.finished = true
	t.mu.Unlock()
}

func (c *common) releaseWaiting() {
	c.mu.Lock()
	waiting := c.waiting
	c.waiting = nil
	c.mu.Unlock()
	for _, sub := range waiting {
		close(sub.release)
		<-sub.signal
	}
}

// report adds what is to be printed below the parent's line.
func (t *T) report() {
	outcome := "PASS"
	if t.Failed() {
		outcome = "FAIL"
	} else if t.Skipped() {
		outcome = "SKIP"
	}
	line := fmt.Sprintf("%s--- %s: %s (%.2fs)\n", strings.Repeat("    ", t.level), outcome, t.name, time.Since(t.start).Seconds())
	t.parent.mu.Lock()
	defer t.parent.mu.Unlock()
	t.parent.reports = append(append(t.parent.reports, line), t.reports...)
	if t.parent.name == "" {
		for _, text := range t.parent.reports {
			fmt.Print(text)
		}
		t.parent.reports = nil
	}
}

// M is what TestMain gets.
type M struct {
	tests []InternalTest
	ran   bool
	code  int
}

// Run runs the tests and returns the exit code.
func (m *M) Run() int {
	if !flag.Parsed() {
		flag.Parse()
	}
	top := &common{}
	for _, test := range m.tests {
		if *pattern != "" && !strings.Contains(test.Name, strings.Trim(*pattern, "^$")) {
			continue
		}
		t := newTest(top, test.Name)
		fmt.Printf("=== RUN   %s\n", t.name)
		go t.run(test.F)
		<-t.signal
	}
	top.releaseWaiting()
	m.ran = true
	if top.failed {
		fmt.Println("FAIL")
		m.code = 1
	} else {
		fmt.Println("PASS")
	}
	return m.code
}

var pattern = flag.String("test.run", "", "run only tests with this in their names")

// What the package under test has, if Main gets tests of another package.
var (
	internalTests []InternalTest
	internalMain  func(*M)
)

// Register is called by a package under test when it is initialised.
func Register(tests []InternalTest, main func(*M)) {
	internalTests, internalMain = tests, main
}

// Main is called by the main function that is made for tests.
func Main(tests []InternalTest, main func(*M)) {
	m := &M{tests: append(internalTests, tests...)}
	if main == nil {
		main = internalMain
	}
	if main == nil {
		os.Exit(m.Run())
	}
	main(m)
	os.Exit(m.code)
}

func Short() bool       { return false }
func Verbose() bool     { return true }
func Testing() bool     { return true }
func CoverMode() string { return "" }
func Coverage() float64 { return 0 }

// AllocsPerRun cannot be measured; it runs f all the same.
func AllocsPerRun(runs int, f func()) float64 {
	var before, after runtime.MemStats
	f()
	runtime.ReadMemStats(&before)
	for range runs {
		f()
	}
	runtime.ReadMemStats(&after)
	return float64((after.Mallocs - before.Mallocs) / uint64(max(runs, 1)))
}

// BenchmarkResult is that of a benchmark.
type BenchmarkResult struct {
	N int
	T time.Duration
}

func (r BenchmarkResult) AllocsPerOp() int64       { return 0 }
func (r BenchmarkResult) AllocedBytesPerOp() int64 { return 0 }
func (r BenchmarkResult) NsPerOp() int64           { return r.T.Nanoseconds() / int64(max(r.N, 1)) }

func (b *B) ResetTimer()                   {}
func (b *B) StartTimer()                   {}
func (b *B) StopTimer()                    {}
func (b *B) ReportAllocs()                 {}
func (b *B) SetBytes(n int64)              {}
func (b *B) Elapsed() time.Duration        { return 0 }
func (b *B) ReportMetric(float64, string)  {}
func (b *B) RunParallel(body func(*PB))    { body(&PB{}) }
func (b *B) Loop() bool {
	b.N++
	return b.N <= 1
}
func (b *B) Run(name string, f func(b *B)) bool {
	sub := &B{N: 1}
	sub.name = name
	f(sub)
	return !sub.failed
}

// Benchmark runs f once.
func Benchmark(f func(b *B)) BenchmarkResult {
	b := &B{N: 1}
	b.ctx, b.cancel = context.WithCancel(context.Background())
	start := time.Now()
	f(b)
	return BenchmarkResult{1, time.Since(start)}
}

func (f *F) Add(args ...any) {}
func (f *F) Fuzz(ff any)     {}
