//go:build (linux || darwin) && !cgo && go1.22
// +build linux darwin

//go:generate stringer -type=T

// Package golden has directives.
package golden

import _ "unsafe"

//go:embed static/*
//go:embed "with space.txt"
var files string

//go:noinline
//go:nosplit
func f()

//go:linkname localName runtime.name
func localName()

//lint:ignore some-check a reason
func g() { h() } //nolint:errcheck // reason

//export h
func h() {}
