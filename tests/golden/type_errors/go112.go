// -lang=go1.12
package p

import "unsafe"

var (
	_ = 0b101
	_ = 0o17
	_ = 1_000
	_ = 0x1p3
	_ = 3i
	s int
	_ = 1 << s
	_ = unsafe.Add(nil, 1)
	_ = unsafe.Slice(&s, 1)
)

type I interface{ m() }
type J interface{ m() }
type K interface {
	I
	J
}
type A = int
