package main

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"unsafe"
)

// What runtime.Callers shows between a deferred call and the function that
// panicked. The names of the run time's helpers are its own, but not how many
// there are of these.
func show(name string) {
	r := recover()
	var pcs [20]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs[:])])
	fmt.Print(name, " ", r, ":")
	for {
		frame, more := frames.Next()
		if strings.HasPrefix(frame.Function, "main.") {
			fmt.Print(" ", frame.Function, ":", frame.Line)
		} else {
			fmt.Print(" ", frame.Function)
		}
		if !more {
			break
		}
	}
	fmt.Println()
}

type T struct{ x int }

func index(s []int, i int) { defer show("index"); _ = s[i] }
func slice(s []int, i int) { defer show("slice"); _ = s[i:] }
func store(p *T)           { defer show("nil"); p.x = 1 }
func explicit()            { defer show("panic"); panic("explicit") }
func panicNil()            { defer show("panic(nil)"); panic(nil) }
func nilFunc(f func())     { defer show("nil function"); f() }
func normal()              { defer show("normal") }
func deferNil()            { defer show("deferred nil"); var f func(); defer f() }

func stack() {
	defer func() {
		recover()
		buf := make([]byte, 4096)
		text := string(buf[:runtime.Stack(buf, false)])
		at := strings.Index(text, "main.stack(")
		fmt.Println(strings.Contains(text, "\npanic("), strings.Contains(text, "runtime.gopanic"),
			strings.Contains(text[at:], "/main.go:54 +0x"))
	}()
	var p *T
	p.x++
}

var big = 257

func main() {
	index(nil, 1)
	slice(nil, 1)
	store(nil)
	explicit()
	panicNil()
	nilFunc(nil)
	normal()
	deferNil()
	stack()
	done := make(chan bool)
	go func() {
		defer close(done)
		defer show("Goexit")
		runtime.Goexit()
	}()
	<-done

	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	before := stats.Mallocs
	runtime.ReadMemStats(&stats)
	fmt.Println(stats.Mallocs - before)

	// Distances and lengths of types that are smaller than int.
	var bytes [300]byte
	p := unsafe.Pointer(&bytes[0])
	fmt.Println(uintptr(unsafe.Add(p, uint8(big)))-uintptr(p), len(unsafe.Slice(&bytes[0], uint8(big+3))),
		len(unsafe.String(&bytes[0], int16(big))))
	fmt.Println(reflect.TypeOf(T{}).NumMethod())
}
