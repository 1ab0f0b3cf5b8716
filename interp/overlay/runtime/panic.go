package runtime

import (
	"internal/runtype"
	"unsafe"
)

// What the machine calls: see interp/runtime_calls.def. Callers and traces show
// these functions, so the names and the number of calls are gc's where programs
// could count them.

func panicError(text string) { panic(error(errorString(text))) }

func panicPlain(text string) { panic(error(plainError(text))) }

func panicBounds(x int64, signed bool, y int, code uint8) {
	panicBounds64(x, signed, y, code)
}

func panicBounds64(x int64, signed bool, y int, code uint8) {
	panic(error(boundsError{x, y, signed, boundsErrorCode(code)}))
}

func sigpanic(address uintptr) {
	if address < 4096 {
		panicmem()
	}
	panicmemAddr(address)
}

const memoryText = "invalid memory address or nil pointer dereference"

func panicmem() { panic(error(errorString(memoryText))) }

func panicmemAddr(address uintptr) { panic(error(errorAddressString{memoryText, address})) }

func panicTypeAssertion(iface, concrete, asserted unsafe.Pointer, missing string) {
	static := typeOf(iface)
	if typeOf(asserted).Kind() == kindInterface {
		// gc does not say from which interface.
		static = nil
	}
	panic(error(&TypeAssertionError{static, typeOf(concrete), typeOf(asserted), missing}))
}

// typeOf is the type at an address; a conversion would be checked.
func typeOf(p unsafe.Pointer) *runtype.Type

func panicNil() { panic(new(PanicNilError)) }

func panicText(v any) (string, bool) {
	switch v := v.(type) {
	case error:
		return v.Error(), true
	case interface{ String() string }:
		return v.String(), true
	}
	return "", false
}

// Frames that traces have between those of the program: nobody calls these.

func gopanic(e any) {}
func main()         {}
func goexit()       {}
