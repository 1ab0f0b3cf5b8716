// Command acctd adds up accounts.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"runtime/pprof"
	"syscall"
)

var cpuprofile = flag.String("cpuprofile", "", "write a profile")

type ledger struct {
	path string
	lock string
	sums map[string]int
}

func openLedger(path string) (*ledger, error) {
	l := &ledger{path: path, lock: path + ".lock", sums: map[string]int{}}
	f, err := os.OpenFile(l.lock, os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	return l, f.Close()
}

// unlock removes the lock file, which others wait for.
func (l *ledger) unlock() { os.Remove(l.lock) }

func die(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	os.Exit(1)
}

func check(err error) {
	if err != nil {
		die("acctd: %v", err)
	}
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: acctd FILE")
	os.Exit(2)
}

func add(l *ledger, args []string) {
	for _, a := range args {
		l.sums[a]++
	}
}

func main() {
	flag.Parse()
	if flag.NArg() == 0 {
		usage()
	}
	l, err := openLedger(flag.Arg(0))
	check(err)
	defer l.unlock()
	if *cpuprofile != "" {
		f, err := os.Create(*cpuprofile)
		if err != nil {
			log.Fatal(err) // want "^warning: "
		}
		check(pprof.StartCPUProfile(f)) // want "^warning: "
		defer pprof.StopCPUProfile()
	}
	sig := make(chan os.Signal, 1)
	signal.Notify(sig, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-sig
		l.unlock()
		os.Exit(130)
	}()
	add(l, flag.Args()[1:])
	if len(l.sums) == 0 {
		die("nothing to add") // want "^warning: "
	}
	for k, v := range l.sums {
		fmt.Println(k, v)
	}
}
