package runtime

import (
	"internal/runtype"
	"unsafe"
)

// What the machine calls: see interp/runtime_calls.def. Callers and traces show
// these functions, so the names and the number of calls are gc's where programs
// could count them.

// gc makes an error of a fixed text once: it is the same value when it is
// raised again, and a crash tells so.
var errorsMade, plainErrorsMade = map[string]error{}, map[string]error{}

func panicError(text string) {
	err := errorsMade[text]
	if err == nil {
		err = errorString(text)
		// Not those that name a type.
		if text[:7] != "hash of" && text[:7] != "compari" {
			errorsMade[text] = err
		}
	}
	panic(err)
}

func panicPlain(text string) {
	err := plainErrorsMade[text]
	if err == nil {
		err = plainError(text)
		plainErrorsMade[text] = err
	}
	panic(err)
}

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
