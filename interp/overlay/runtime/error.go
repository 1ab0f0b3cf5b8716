package runtime

import "internal/runtype"

// Error is the type of run-time errors.
type Error interface {
	error
	RuntimeError()
}

// TypeAssertionError is what a failed x.(T) panics with.
type TypeAssertionError struct {
	_interface    *runtype.Type
	concrete      *runtype.Type
	asserted      *runtype.Type
	missingMethod string
}

func (*TypeAssertionError) RuntimeError() {}

func (e *TypeAssertionError) Error() string {
	static := "interface"
	if e._interface != nil {
		static = e._interface.String()
	}
	wanted := e.asserted.String()
	if e.concrete == nil {
		return "interface conversion: " + static + " is nil, not " + wanted
	}
	found := e.concrete.String()
	if e.missingMethod != "" {
		return "interface conversion: " + found + " is not " + wanted +
			": missing method " + e.missingMethod
	}
	text := "interface conversion: " + static + " is " + found + ", not " + wanted
	if found == wanted {
		if e.concrete.PkgPath() != e.asserted.PkgPath() {
			text += " (types from different packages)"
		} else {
			text += " (types from different scopes)"
		}
	}
	return text
}

type errorString string

func (errorString) RuntimeError() {}
func (e errorString) Error() string {
	return "runtime error: " + string(e)
}

type plainError string

func (plainError) RuntimeError()   {}
func (e plainError) Error() string { return string(e) }

type errorAddressString struct {
	msg  string
	addr uintptr
}

func (errorAddressString) RuntimeError() {}
func (e errorAddressString) Error() string {
	return "runtime error: " + e.msg
}

// Addr is the address of the fault.
func (e errorAddressString) Addr() uintptr { return e.addr }

// PanicNilError is what panic(nil) panics with.
type PanicNilError struct {
	// Makes all of them different types of size, so that comparing works by address.
	_ [0]func()
}

func (*PanicNilError) Error() string { return "panic called with nil argument" }
func (*PanicNilError) RuntimeError() {}

type boundsErrorCode uint8

type boundsError struct {
	x      int64
	y      int
	signed bool
	code   boundsErrorCode
}

func (boundsError) RuntimeError() {}

// What is said of an x that is too large, and of a negative one; x and y stand
// for the numbers.
var boundsTexts = [...][2]string{
	{"index out of range [x] with length y", "index out of range [x]"},
	{"slice bounds out of range [:x] with length y", "slice bounds out of range [:x]"},
	{"slice bounds out of range [:x] with capacity y", "slice bounds out of range [:x]"},
	{"slice bounds out of range [x:y]", "slice bounds out of range [x:]"},
	{"slice bounds out of range [::x] with length y", "slice bounds out of range [::x]"},
	{"slice bounds out of range [::x] with capacity y", "slice bounds out of range [::x]"},
	{"slice bounds out of range [:x:y]", "slice bounds out of range [:x:]"},
	{"slice bounds out of range [x:y:]", "slice bounds out of range [x::]"},
	{"cannot convert slice with length x to array or pointer to array with length y", ""},
}

func (e boundsError) Error() string {
	text := boundsTexts[e.code][0]
	if e.signed && e.x < 0 {
		text = boundsTexts[e.code][1]
	}
	out := []byte("runtime error: ")
	for i := 0; i < len(text); i++ {
		alone := (i == 0 || !isLetter(text[i-1])) && (i+1 == len(text) || !isLetter(text[i+1]))
		switch {
		case alone && text[i] == 'x' && e.signed:
			out = appendInt(out, e.x)
		case alone && text[i] == 'x':
			out = appendUint(out, uint64(e.x))
		case alone && text[i] == 'y':
			out = appendInt(out, int64(e.y))
		default:
			out = append(out, text[i])
		}
	}
	return string(out)
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' }

func appendInt(out []byte, v int64) []byte {
	if v < 0 {
		return appendUint(append(out, '-'), uint64(-v))
	}
	return appendUint(out, uint64(v))
}

func appendUint(out []byte, v uint64) []byte {
	var digits [20]byte
	at := len(digits)
	for {
		at--
		digits[at] = byte('0' + v%10)
		v /= 10
		if v == 0 {
			return append(out, digits[at:]...)
		}
	}
}
