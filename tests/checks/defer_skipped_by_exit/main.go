// Command backup packs a folder, with everything that may stand between a
// defer and an exit.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime/pprof"
	"syscall"
	"time"
)

func fatal(err error) {
	fmt.Fprintln(os.Stderr, "backup:", err)
	os.Exit(1)
}

func check(err error) {
	if err != nil {
		fatal(err)
	}
}

func must(ok bool, text string) {
	if !ok {
		log.Fatal(text)
	}
}

func usage() {
	flag.PrintDefaults()
	syscall.Exit(2)
}

type logger struct{ name string }

func (l *logger) Fatalf(format string, args ...any) {
	fmt.Printf(l.name+": "+format, args...)
	os.Exit(3)
}

func scratch() {
	dir, err := os.MkdirTemp("", "x")
	check(err)
	defer os.RemoveAll(dir)
	if flag.NArg() == 0 {
		usage() // want "warning: `usage\(\)` ends the process, and `os.RemoveAll\(dir\)`, deferred at line 53, does not run"
	}
	check(os.Chdir(dir))             // want "`check\(os.Chdir\(dir\)\)` may end the process"
	must(len(dir) < 100, "too long") // want "may end the process"
	l := &logger{"x"}
	if _, err := os.Stat(dir); err != nil {
		l.Fatalf("stat: %v", err) // want "ends the process"
	}
	die := func(code int) { os.Exit(code) }
	if dir == "" {
		die(4) // want "`die\(4\)` ends the process"
	}
	must(true, "")
}

func flushed(w *bufio.Writer) {
	defer w.Flush()
	fmt.Fprintln(w, "begin")
	if w.Buffered() == 0 {
		os.Exit(1) // want "`w.Flush\(\)`, deferred at line 71, does not run"
	}
}

func profiled(name string) {
	f, err := os.Create(name)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	if err := pprof.StartCPUProfile(f); err != nil {
		log.Fatal(err) // want "info: .*`f.Close\(\)`, deferred at line 83, does not run; what it releases"
	}
	defer pprof.StopCPUProfile()
	log.Fatal(http.ListenAndServe(":8080", nil)) // want "`pprof.StopCPUProfile\(\)`, deferred at line 87"
}

func lockFile(name string) (func(), error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	return func() {
		f.Close()
		os.Remove(name)
	}, nil
}

func locked() {
	unlock, err := lockFile("lock")
	if err != nil {
		log.Fatal(err)
	}
	defer unlock() // note "deferred here"
	if time.Now().Hour() < 6 {
		log.Fatalln("too early") // want "`unlock\(\)`, deferred at line 107, does not run"
	}
}

type store struct{ tmp string }

func (s *store) Close() error { return os.Rename(s.tmp, filepath.Base(s.tmp)) }

func stored(s *store) {
	defer func() {
		if err := s.Close(); err != nil {
			log.Print(err)
		}
	}()
	if s.tmp == "" {
		log.Fatal("no name") // want "a function literal, deferred at line 118, does not run"
	}
}

func inLoop(dirs []string) {
	for _, d := range dirs {
		defer os.Remove(d)
		if d == "" {
			os.Exit(1) // want "does not run"
		}
	}
}

func byRange(seq func(yield func(string) bool)) {
	for d := range seq {
		defer os.Remove(d)
		if d == "/" {
			os.Exit(1) // want "`os.Remove\(d\)`, deferred at line 139, does not run"
		}
	}
}

// What exits was deferred later, and runs first.
func deferredExit(dir string) {
	defer os.RemoveAll(dir)
	defer func() {
		if r := recover(); r != nil {
			log.Print(r)
			os.Exit(1) // want "`os.RemoveAll\(dir\)`, deferred at line 148, does not run"
		}
	}()
	work()
}

func work() {}

// Look-alikes.

func run() int {
	dir, err := os.MkdirTemp("", "x")
	if err != nil {
		return 1
	}
	defer os.RemoveAll(dir)
	return len(dir)
}

func exitFirst(dir string) (code int) {
	defer func() { os.Exit(code) }()
	defer os.RemoveAll(dir)
	return 1
}

func byHand(dir string, clean func()) {
	defer os.RemoveAll(dir)
	if err := os.Chdir(dir); err != nil {
		os.RemoveAll(dir)
		log.Fatal(err)
	}
	f, err := os.Create("x")
	if err != nil {
		cleanAndExit(dir, err)
	}
	w := bufio.NewWriter(f)
	defer w.Flush()
}

func cleanAndExit(dir string, err error) {
	os.RemoveAll(dir)
	log.Print(err)
	os.Exit(1)
}

func byHandInLiteral(dir string) {
	clean := func() { os.RemoveAll(dir) }
	defer clean()
	if dir == "." {
		clean()
		os.Exit(1)
	}
}

func otherPath(dir string, keep bool) {
	if !keep {
		err := func() error {
			defer os.RemoveAll(dir)
			return os.Chdir(dir)
		}()
		if err != nil {
			log.Fatal(err)
		}
	}
	if keep {
		os.Exit(0)
	}
	defer os.RemoveAll(dir)
}

func guarded() {
	defer func() {
		if r := recover(); r != nil {
			log.Printf("panic: %v", r)
			os.Remove("pid")
		}
	}()
	if len(os.Args) > 9 {
		os.Exit(1) // want "info: "
	}
}

func cancelled() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if ctx.Err() != nil {
		log.Fatal(ctx.Err()) // want "info: .*`cancel\(\)`, deferred at line 236"
	}
}

func inGoroutine(dir string, srv *http.Server) error {
	defer os.RemoveAll(dir)
	go func() {
		if err := srv.ListenAndServe(); err != nil && !errors.Is(err, http.ErrServerClosed) {
			log.Fatal(err)
		}
	}()
	return errors.New("x")
}

func panics(dir string) {
	defer os.RemoveAll(dir)
	if dir == "" {
		log.Panic("no name")
	}
	slog.Info("done")
	panic("x")
}

func nothing() {
	defer func() {}()
	os.Exit(0)
}

func main() {
	scratch()
	os.Exit(run())
}
