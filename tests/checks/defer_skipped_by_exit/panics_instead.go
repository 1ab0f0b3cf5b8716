package main

import (
	"crypto/rand"
	"log"
	"os"
)

var sendLog = func(err error) error { return err }

// All that log may end the process, far below.
func logged(err error) {
	if sendLog(err) != nil {
		os.Exit(3)
	}
}

func critical(err error) {
	if err != nil {
		logged(err)
		panic(err)
	}
}

func fatal(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// What never returns here panics, and deferred calls run.
func mustID() string {
	var id [8]byte
	if _, err := rand.Read(id[:]); err != nil {
		critical(err)
	}
	return string(id[:])
}

func mustIDOrExit() string {
	var id [8]byte
	if _, err := rand.Read(id[:]); err != nil {
		fatal(err)
	}
	return string(id[:])
}

func name(dir string) string {
	defer os.RemoveAll(dir)
	return mustID()
}

func nameOrExit(dir string) string {
	defer os.RemoveAll(dir)
	return mustIDOrExit() // want "`mustIDOrExit\(\)` may end the process"
}

type level int

type logger struct{ lines int }

type verbose bool

var std = &logger{}

// That a pointer which it uses is not nil decides nothing.
func (l *logger) print(at level, text string) {
	l.lines++
	println(text)
	if at > 3 {
		os.Exit(1)
	}
}

func (v verbose) info(text string) {
	if v {
		std.print(0, text)
	}
}

func exitIf(failed bool, text string) {
	if failed {
		println(text)
		os.Exit(1)
	}
}

func remove(dir string, v verbose) {
	defer os.RemoveAll(dir)
	v.info("removing " + dir)
}

func removeUnless(dir string, failed bool) {
	defer os.RemoveAll(dir)
	exitIf(failed, dir) // want "`exitIf\(failed, dir\)` may end the process"
}

func main() {
	println(name("a"), nameOrExit("b"))
	remove("c", true)
	removeUnless("d", len(os.Args) > 1)
}
