// Command go_ssa lowers packages with go/ssa and prints what it took, as one JSON
// object: what bench/compare --ssa holds gdlint against.
//
//	go_ssa [-dir DIR] [-procs N] PACKAGE...
//
// The packages and all that they import are loaded and type-checked from source
// first; only creating and building SSA is timed. Bodies of all packages are built,
// one after the other.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
)

type measured struct {
	Packages     int     `json:"packages"`
	Functions    int     `json:"functions"`
	Blocks       int     `json:"blocks"`
	Instructions int     `json:"instructions"`
	Seconds      float64 `json:"seconds"`
	// Of all threads: what the garbage collector does meanwhile counts.
	CPUSeconds float64 `json:"cpu_seconds"`
	// Of loading, parsing and type-checking before.
	LoadSeconds    float64 `json:"load_seconds"`
	LoadCPUSeconds float64 `json:"load_cpu_seconds"`
	PeakKB         int     `json:"peak_rss_kb"`
}

// Global so that nothing in it is garbage before the memory is measured.
var program *ssa.Program

func cpuTime() time.Duration {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func peakMemory() int {
	file, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if field, found := strings.CutPrefix(lines.Text(), "VmHWM:"); found {
			kb, _ := strconv.Atoi(strings.Fields(field)[0])
			return kb
		}
	}
	return 0
}

func run() error {
	dir := flag.String("dir", "", "work in this folder")
	procs := flag.Int("procs", 0, "GOMAXPROCS; with 1 the garbage collector has no thread of its own")
	flag.Parse()
	runtime.GOMAXPROCS(*procs)
	var result measured
	start, startCPU := time.Now(), cpuTime()
	initial, err := packages.Load(&packages.Config{
		Mode: packages.LoadAllSyntax,
		Dir:  *dir,
	}, flag.Args()...)
	if err != nil {
		return err
	}
	if packages.PrintErrors(initial) > 0 {
		return fmt.Errorf("packages have errors")
	}
	result.LoadSeconds = time.Since(start).Seconds()
	result.LoadCPUSeconds = (cpuTime() - startCPU).Seconds()

	runtime.GC()
	start, startCPU = time.Now(), cpuTime()
	program, _ = ssautil.AllPackages(initial, ssa.BuildSerially)
	program.Build()
	result.Seconds = time.Since(start).Seconds()
	result.CPUSeconds = (cpuTime() - startCPU).Seconds()
	result.PeakKB = peakMemory()

	result.Packages = len(program.AllPackages())
	for function := range ssautil.AllFunctions(program) {
		if len(function.Blocks) == 0 {
			continue
		}
		result.Functions++
		result.Blocks += len(function.Blocks)
		for _, block := range function.Blocks {
			result.Instructions += len(block.Instrs)
		}
	}
	return json.NewEncoder(os.Stdout).Encode(result)
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "go_ssa:", err)
		os.Exit(1)
	}
}
