// Package runtime, as far as interpreted programs can see it.
package runtime

import (
	"internal/runtype"
	"unsafe"
)

const (
	GOOS     = "linux"
	GOARCH   = "amd64"
	Compiler = "gc"
)

// MemProfileRate has no effect.
var MemProfileRate int = 512 * 1024

func Version() string
func GOROOT() string
func Goexit()
func Gosched()
func GC()
func NumGoroutine() int
func KeepAlive(x any)

func NumCPU() int                     { return 1 }
func NumCgoCall() int64               { return 0 }
func LockOSThread()                   {}
func UnlockOSThread()                 {}
func Breakpoint()                     {}
func SetBlockProfileRate(rate int)    {}
func SetCPUProfileRate(hz int)        {}
func SetMutexProfileFraction(int) int { return 0 }

var maxProcs = 1

// GOMAXPROCS only remembers the number.
func GOMAXPROCS(n int) int {
	old := maxProcs
	if n > 0 {
		maxProcs = n
	}
	return old
}

// SetFinalizer arranges for a call finalizer(obj) when obj has become unreachable.
func SetFinalizer(obj any, finalizer any) {
	t := runtype.Of(obj)
	if t == nil {
		throw("runtime.SetFinalizer: first argument is nil")
	}
	if t.Kind() != kindPointer {
		throw("runtime.SetFinalizer: first argument is " + t.String() + ", not pointer")
	}
	if runtype.Word(obj) == nil {
		throw("nil elem type!")
	}
	f := runtype.Of(finalizer)
	if f == nil {
		setFinalizer(obj, nil)
		return
	}
	if f.Kind() != kindFunc {
		throw("runtime.SetFinalizer: second argument is " + f.String() + ", not a function")
	}
	if f.Variadic() {
		throw("runtime.SetFinalizer: cannot pass " + t.String() + " to finalizer " + f.String() + " because dotdotdot")
	}
	if f.NumIn() != 1 || !t.AssignableTo(f.In(0)) {
		throw("runtime.SetFinalizer: cannot pass " + t.String() + " to finalizer " + f.String())
	}
	setFinalizer(obj, finalizer)
}

const (
	kindFunc      = 19
	kindInterface = 20
	kindPointer   = 22
)

func setFinalizer(obj any, finalizer any)

// runFinalizer is called by the machine, on a goroutine of its own.
func runFinalizer(obj any, finalizer any) {
	var args [2]unsafe.Pointer
	f := runtype.Of(finalizer)
	in := f.In(0)
	size := uintptr(8)
	if in.Kind() == kindInterface {
		runtype.StoreInterface(unsafe.Pointer(&args), obj)
		size = 16
	} else {
		args[0] = runtype.Word(obj)
	}
	runtype.Call(runtype.Word(finalizer), unsafe.Pointer(&args), size, nil)
}

// Cleanup is a call that AddCleanup arranged for.
type Cleanup struct {
	id uint64
}

// AddCleanup arranges for a call cleanup(arg) when ptr has become unreachable.
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup {
	if ptr == nil {
		panic(plainError("runtime.AddCleanup: ptr is nil"))
	}
	return Cleanup{addCleanup(unsafe.Pointer(ptr), func() { cleanup(arg) })}
}

// Stop cancels the call.
func (c Cleanup) Stop() { stopCleanup(c.id) }

func addCleanup(p unsafe.Pointer, f func()) uint64
func stopCleanup(id uint64)

// Pinner has nothing to do: nothing moves.
type Pinner struct {
	pinned []any
}

func (p *Pinner) Pin(pointer any) { p.pinned = append(p.pinned, pointer) }
func (p *Pinner) Unpin()          { p.pinned = nil }

// MemStats is the part of gc's statistics that has a meaning here.
type MemStats struct {
	Alloc         uint64
	TotalAlloc    uint64
	Sys           uint64
	Lookups       uint64
	Mallocs       uint64
	Frees         uint64
	HeapAlloc     uint64
	HeapSys       uint64
	HeapIdle      uint64
	HeapInuse     uint64
	HeapReleased  uint64
	HeapObjects   uint64
	StackInuse    uint64
	StackSys      uint64
	MSpanInuse    uint64
	MSpanSys      uint64
	MCacheInuse   uint64
	MCacheSys     uint64
	BuckHashSys   uint64
	GCSys         uint64
	OtherSys      uint64
	NextGC        uint64
	LastGC        uint64
	PauseTotalNs  uint64
	PauseNs       [256]uint64
	PauseEnd      [256]uint64
	NumGC         uint32
	NumForcedGC   uint32
	GCCPUFraction float64
	EnableGC      bool
	DebugGC       bool
	BySize        [61]struct {
		Size    uint32
		Mallocs uint64
		Frees   uint64
	}
}

// ReadMemStats fills m.
func ReadMemStats(m *MemStats) {
	// Itself it allocates nothing: programs count allocations by it.
	m.EnableGC = true
	var sys, collections uint64
	m.HeapAlloc, m.TotalAlloc, m.Mallocs, m.Frees, collections, sys = memoryStatistics()
	m.Alloc = m.HeapAlloc
	m.HeapInuse = m.HeapAlloc
	m.HeapSys = sys
	m.Sys = sys
	m.HeapObjects = m.Mallocs - m.Frees
	m.NumGC = uint32(collections)
	m.NumForcedGC = m.NumGC
}

func memoryStatistics() (live, total, mallocs, frees, collections, sys uint64)

// Callers fills pcs with the calls that are under way; the first that is left
// out or not is Callers itself.
func Callers(skip int, pcs []uintptr) int {
	return callers(skip, pcs)
}

func callers(skip int, pcs []uintptr) int
func describe(pc uintptr) (function, file string, line int, entry uintptr)
func entryOf(f unsafe.Pointer) uintptr

// Caller tells where the call number skip is: 0 is Caller's own.
func Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	var pcs [1]uintptr
	if callers(skip+1, pcs[:]) < 1 {
		return
	}
	_, file, line, _ = describe(pcs[0])
	return pcs[0], file, line, true
}

// A Frame is one call of a traceback.
type Frame struct {
	PC       uintptr
	Func     *Func
	Function string
	File     string
	Line     int
	Entry    uintptr
}

// Frames are the calls of a traceback.
type Frames struct {
	pcs []uintptr
}

// CallersFrames prepares to describe what Callers found.
func CallersFrames(callers []uintptr) *Frames {
	return &Frames{callers}
}

// Next describes the next call; more tells if there is another.
func (f *Frames) Next() (frame Frame, more bool) {
	for len(f.pcs) > 0 {
		pc := f.pcs[0]
		f.pcs = f.pcs[1:]
		function, file, line, entry := describe(pc)
		if entry == 0 {
			continue
		}
		return Frame{pc, &Func{function, file, line, entry}, function, file, line, entry}, len(f.pcs) > 0
	}
	return Frame{}, false
}

// Func describes a function.
type Func struct {
	name  string
	file  string
	line  int
	entry uintptr
}

// FuncForPC describes the function that pc lies in, nil if there is none.
func FuncForPC(pc uintptr) *Func {
	function, file, line, entry := describe(pc)
	if entry == 0 {
		return nil
	}
	return &Func{function, file, line, entry}
}

func (f *Func) Name() string {
	if f == nil {
		return ""
	}
	return f.name
}

func (f *Func) Entry() uintptr { return f.entry }

func (f *Func) FileLine(pc uintptr) (file string, line int) {
	_, file, line, _ = describe(pc)
	return file, line
}

// Stack writes a traceback of this goroutine, or of all, into buf.
func Stack(buf []byte, all bool) int { return copy(buf, stackText(all)) }

func stackText(all bool) string

// StackRecord and MemProfileRecord are never filled.
type StackRecord struct {
	Stack0 [32]uintptr
}

type MemProfileRecord struct {
	AllocBytes, FreeBytes     int64
	AllocObjects, FreeObjects int64
	Stack0                    [32]uintptr
}

func (r *MemProfileRecord) InUseBytes() int64   { return r.AllocBytes - r.FreeBytes }
func (r *MemProfileRecord) InUseObjects() int64 { return r.AllocObjects - r.FreeObjects }

func MemProfile(p []MemProfileRecord, inuseZero bool) (n int, ok bool) { return 0, true }
func GoroutineProfile(p []StackRecord) (n int, ok bool)                { return 0, true }

func throw(text string)
func fatal(text string)

// Coroutines of package iter: a goroutine that runs only while its creator
// waits in coroswitch, and the other way around.
type coro struct {
	enter, leave chan struct{}
	inside       bool
}

func newcoro(f func(*coro)) *coro {
	c := &coro{enter: make(chan struct{}), leave: make(chan struct{})}
	go func() {
		<-c.enter
		defer func() {
			c.inside = false
			c.leave <- struct{}{}
		}()
		f(c)
	}()
	return c
}

func coroswitch(c *coro) {
	if c.inside {
		c.inside = false
		c.leave <- struct{}{}
		<-c.enter
		return
	}
	c.inside = true
	c.enter <- struct{}{}
	<-c.leave
}

// What panicking iterators of range-over-func loops report is made by the
// machine; package iter and others reach the rest by linkname.

func cloneMap(m any) any {
	t := runtype.Of(m)
	from := runtype.Word(m)
	if from == nil {
		return m
	}
	to := t.MakeMap(runtype.MapLen(from))
	var it runtype.MapIter
	it.Start(from)
	for it.Next() {
		t.MapSet(to, it.Key, it.Elem)
	}
	return runtype.Make(t, to)
}
