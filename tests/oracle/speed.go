package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"go/ast"
	"go/types"
)

// What `oracle speed` and `oracle load` print, as one JSON object.
type measured struct {
	Packages int     `json:"packages"`
	Files    int     `json:"files"`
	Lines    int     `json:"lines"`
	Errors   int     `json:"errors"`
	Seconds  float64 `json:"seconds"`
	// Of all threads: what the garbage collector does meanwhile counts.
	CPUSeconds float64 `json:"cpu_seconds"`
	PeakKB     int     `json:"peak_rss_kb"`
}

type retained struct {
	files []*ast.File
	info  *types.Info
}

// kept is global so that nothing in it is garbage before the memory is measured.
var kept []retained

// measureCommand parses and checks the closure of the packages from source, on one
// goroutine: for `speed` all function bodies of all packages, for `load` those of the
// packages that are asked for. What `go list` takes is not counted.
func measureCommand(mode string, args []string) error {
	var list listOptions
	flags := flag.NewFlagSet("oracle "+mode, flag.ContinueOnError)
	flags.StringVar(&list.folder, "dir", "", "work in this folder")
	flags.BoolVar(&list.tests, "tests", false, "test variants too")
	flags.BoolVar(&list.cgo, "cgo", false, "CGO_ENABLED=1; C.name is opaque")
	keep := flags.Bool("keep", false, "keep all trees and facts until the end")
	info := flags.Bool("info", true, "record facts of each package whose functions are checked")
	threads := flags.Int("procs", 0, "GOMAXPROCS; with 1 the garbage collector has no thread of its own")
	if err := flags.Parse(args); err != nil {
		return err
	}
	runtime.GOMAXPROCS(*threads)
	packages, err := listClosure(list, flags.Args())
	if err != nil {
		return err
	}
	resetPeakMemory()
	start, startCPU := time.Now(), cpuTime()
	result := measured{Packages: len(packages)}
	c := newChecker(packages)
	c.visit = func(u *unit, files []*ast.File, info *types.Info) {
		if *keep {
			kept = append(kept, retained{files, info})
		}
	}
	for _, listed := range packages {
		u := c.units[listed.ImportPath]
		u.wanted = *info && (mode == "speed" || !listed.DepOnly)
		c.dependencyBodies = mode == "speed" || !listed.DepOnly
		if !u.started {
			c.check(u)
		}
	}
	result.Seconds = time.Since(start).Seconds()
	result.CPUSeconds = (cpuTime() - startCPU).Seconds()
	for _, u := range c.units {
		result.Files += len(u.listed.files())
		result.Lines += u.lines
		result.Errors += len(u.problems)
	}
	result.PeakKB = peakMemory()
	return json.NewEncoder(os.Stdout).Encode(result)
}

func cpuTime() time.Duration {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// resetPeakMemory leaves what listing the packages took out of the peak.
func resetPeakMemory() {
	runtime.GC()
	os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
}

// peakMemory is the most memory that the process had resident since then, in kB.
func peakMemory() int {
	status, _ := os.ReadFile("/proc/self/status")
	lines := bufio.NewScanner(bytes.NewReader(status))
	for lines.Scan() {
		if field, found := strings.CutPrefix(lines.Text(), "VmHWM:"); found {
			kb, _ := strconv.Atoi(strings.Fields(field)[0])
			return kb
		}
	}
	return 0
}
