// Package exits leaves functions in unusual ways.
package exits

import (
	"fmt"
	"log"
	"os"
	"runtime"
	"sync"
	"syscall"
)

type Guard struct {
	file string
	once sync.Once
}

func (g *Guard) Acquire() error { return os.WriteFile(g.file, nil, 0o600) }
func (g *Guard) Release()       { g.once.Do(func() { os.Remove(g.file) }) }

// Go leaves by Goexit, which runs what is deferred.
func (g *Guard) Go(f func() error) {
	defer g.Release()
	if err := f(); err != nil {
		log.Print(err)
		runtime.Goexit()
	}
}

// Panic leaves by a panic, which does so, too.
func (g *Guard) Panic(f func() error) {
	defer g.Release()
	if err := f(); err != nil {
		log.Panicf("guard: %v", err)
	}
}

// Exit does not.
func (g *Guard) Exit(f func() error) {
	defer g.Release()
	if err := f(); err != nil {
		log.Print(err)
		syscall.Exit(3) // want "^warning: "
	}
}

// Explicit calls it before the exit.
func (g *Guard) Explicit(f func() error) {
	defer g.Release()
	if err := f(); err != nil {
		g.Release()
		log.Fatal(err)
	}
}

// Branch has registered nothing on the path that exits.
func (g *Guard) Branch(on bool, f func() error) {
	if !on {
		if err := f(); err != nil {
			log.Fatal(err)
		}
		return
	}
	defer g.Release()
	if err := f(); err != nil {
		log.Print(err)
	}
}

// Flag registers under a condition and exits under its opposite.
func (g *Guard) Flag(on bool, f func() error) {
	if on {
		defer g.Release()
	}
	if err := f(); err != nil {
		if !on {
			log.Fatal(err)
		}
		log.Print(err)
	}
}

// Same exits under the same.
func (g *Guard) Same(on bool, f func() error) {
	if on {
		defer g.Release()
	}
	if err := f(); err != nil {
		if on {
			log.Fatal(err) // want "^warning: "
		}
		log.Print(err)
	}
}

// Inner exits in a literal that it calls.
func (g *Guard) Inner(f func() error) {
	defer g.Release()
	must := func(err error) {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	must(f()) // want "^warning: "
}

// Level ends at a level that its helper is given.
func (g *Guard) Level(f func() error) {
	defer g.Release()
	if err := f(); err != nil {
		report("warn", err)
		report("fatal", err) // want "^warning: "
	}
}

func report(level string, err error) {
	log.Printf("%s: %v", level, err)
	if level == "fatal" {
		os.Exit(1)
	}
}

// Wait only prints at its end: the exit loses a message.
func Wait(f func() error) {
	var wg sync.WaitGroup
	defer wg.Wait()
	if err := f(); err != nil {
		log.Fatal(err) // want "^info: "
	}
}
