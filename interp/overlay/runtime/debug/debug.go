// Package debug, as far as interpreted programs can see it.
package debug

import (
	"os"
	"runtime"
	"time"
)

var (
	gcPercent    = 100
	maxStack     = 1000000000
	maxThreads   = 10000
	memoryLimit  = int64(1<<63 - 1)
	panicOnFault bool
)

func exchange[T any](place *T, value T) T {
	old := *place
	*place = value
	return old
}

// The limits are remembered and change nothing.

func SetGCPercent(percent int) int       { return exchange(&gcPercent, percent) }
func SetMaxStack(bytes int) int          { setMaxStack(bytes); return exchange(&maxStack, bytes) }
func SetMaxThreads(threads int) int      { return exchange(&maxThreads, threads) }
func SetPanicOnFault(enabled bool) bool  { setPanicOnFault(enabled); return exchange(&panicOnFault, enabled) }
func SetTraceback(level string)          {}
func FreeOSMemory()                      { runtime.GC() }
func WriteHeapDump(fd uintptr)           {}
func SetMemoryLimit(limit int64) int64 {
	if limit < 0 {
		return memoryLimit
	}
	return exchange(&memoryLimit, limit)
}

func setPanicOnFault(enabled bool)
func setMaxStack(bytes int)

// GCStats is filled with the number of collections alone.
type GCStats struct {
	LastGC         time.Time
	NumGC          int64
	PauseTotal     time.Duration
	Pause          []time.Duration
	PauseEnd       []time.Time
	PauseQuantiles []time.Duration
}

func ReadGCStats(stats *GCStats) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	stats.NumGC = int64(m.NumGC)
}

// Stack is the traceback of this goroutine.
func Stack() []byte {
	buf := make([]byte, 1024)
	for {
		n := runtime.Stack(buf, false)
		if n < len(buf) {
			return buf[:n]
		}
		buf = make([]byte, 2*len(buf))
	}
}

// PrintStack writes it to standard error.
func PrintStack() { os.Stderr.Write(Stack()) }

// BuildInfo is what a binary tells of its modules.
type BuildInfo struct {
	GoVersion string
	Path      string
	Main      Module
	Deps      []*Module
	Settings  []BuildSetting
}

type Module struct {
	Path    string
	Version string
	Sum     string
	Replace *Module
}

type BuildSetting struct {
	Key, Value string
}

// ReadBuildInfo knows nothing: there is no binary.
func ReadBuildInfo() (info *BuildInfo, ok bool) { return nil, false }
