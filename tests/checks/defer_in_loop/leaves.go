package p

import (
	"log"
	"os"
	"runtime"
	"syscall"
	"testing"
)

func leavesByReturn(names []string) *os.File {
	for _, name := range names {
		if name != "" {
			f, _ := os.Open(name)
			defer f.Close()
			return f
		}
	}
	return nil
}

func leavesByBreak(names []string) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
		break
	}
}

func leavesInBothBranches(names []string, ok bool) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close()
		if ok {
			break
		} else {
			return
		}
	}
}

func leavesInOneBranchOnly(names []string, ok bool) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close() // want "f.Close"
		if ok {
			break
		}
	}
}

func breakOfSwitchStays(names []string, n int) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close() // want "f.Close"
		switch n {
		case 1:
			break
		default:
			return
		}
	}
}

func breakOfSelectStays(names []string, done chan bool) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close() // want "f.Close"
		select {
		case <-done:
			break
		}
	}
}

func labelledBreakLeaves(names []string, n int) {
loop:
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close()
		switch n {
		case 1:
			break loop
		default:
			return
		}
	}
}

func labelledContinueOfOuter(rows [][]string) {
outer:
	for _, row := range rows { // note "this loop"
		for _, name := range row {
			f, _ := os.Open(name)
			defer f.Close() // want "f.Close"
			continue outer
		}
	}
}

func labelledBreakOfOuter(rows [][]string) {
outer:
	for _, row := range rows {
		for _, name := range row {
			f, _ := os.Open(name)
			defer f.Close()
			break outer
		}
	}
}

func breakOfInnerOnly(rows [][]string) {
	for _, row := range rows { // note "this loop"
		for _, name := range row {
			f, _ := os.Open(name)
			defer f.Close() // want "f.Close"
			break
		}
	}
}

func gotoOut(names []string) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close()
		goto out
	}
out:
	log.Print("out")
}

func panics(names []string) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close()
		panic(name)
	}
}

func exits(names []string, n int) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close()
		switch n {
		case 0:
			os.Exit(1)
		case 1:
			log.Fatalf("%s", name)
		case 2:
			runtime.Goexit()
		case 3:
			syscall.Exit(2)
		default:
			log.Panicln(name)
		}
	}
}

func noDefaultStays(names []string, n int) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close() // want "f.Close"
		switch n {
		case 0:
			os.Exit(1)
		}
	}
}

func usage(name string) {
	log.Print(name)
	os.Exit(2)
}

func exitsInHelper(names []string) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close()
		usage(name)
	}
}

func mayExitInHelper(names []string) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close() // want "f.Close"
		maybe(name)
	}
}

func maybe(name string) {
	if name == "" {
		os.Exit(2)
	}
}

func testing1(t *testing.T, names []string) {
	for _, name := range names {
		f, err := os.Open(name)
		defer f.Close()
		if err != nil {
			t.Fatal(err)
		}
		t.Skip("enough")
	}
}

type scanner struct{}

func (scanner) Skip(string) {}

func skipIsNotTesting(s scanner, names []string) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close() // want "f.Close"
		s.Skip(name)
	}
}

// These are not the functions that their names say.
func shadowed(names []string, panic func(string)) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close() // want "f.Close"
		panic(name)
	}
}

func fallsThrough(names []string, n int) {
	for _, name := range names {
		switch n {
		case 1:
			f, _ := os.Open(name)
			defer f.Close()
			fallthrough
		case 2:
			return
		}
	}
}

func deadBehindReturn(names []string) {
	for _, name := range names {
		if name == "" {
			return
		} else {
			f, _ := os.Open(name)
			defer f.Close() // want "f.Close"
		}
	}
}

func whileTrueReturns(names chan string) {
	for {
		for {
			f, _ := os.Open(<-names)
			defer f.Close()
			return
		}
	}
}

func gotoForward(names []string) {
	if len(names) > 0 {
		goto end
	}
	defer log.Print("once")
end:
	log.Print("end")
}

// The label loops, the defer behind it does not.
func behindGotoLoop(n int) {
again:
	n--
	if n > 0 {
		goto again
	}
	defer log.Print("once")
}

func selectForever(names []string) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close()
		select {}
	}
}
