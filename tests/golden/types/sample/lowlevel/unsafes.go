package lowlevel

import "unsafe"

type header struct {
	data unsafe.Pointer
	len  int
	flag bool
	word uint16
	tail struct{}
}

const (
	size   = unsafe.Sizeof(header{})
	align  = unsafe.Alignof(header{}.word)
	offset = unsafe.Offsetof(header{}.word)
	str    = unsafe.Sizeof("")
	iface  = unsafe.Sizeof(any(nil))
	arr    = unsafe.Sizeof([3]complex64{})
	nested = unsafe.Offsetof(outer{}.inner.b)
)

type outer struct {
	a int8
	inner
}

type inner struct {
	a int64
	b [0]int32
}

func pointers(p *int, s []byte, n int) {
	q := unsafe.Pointer(p)
	u := uintptr(q) + size
	q = unsafe.Pointer(u)
	q = unsafe.Add(q, n)
	f := (*float64)(q)
	_ = *f
	b := unsafe.Slice(p, n)
	_ = b[0]
	t := unsafe.String(&s[0], len(s))
	_ = *unsafe.StringData(t) + *unsafe.SliceData(s)
	h := (*header)(unsafe.Pointer(&s))
	h.len = int(unsafe.Sizeof(h.tail))
	var _ [unsafe.Sizeof(n)]byte
	_ = (*[1 << 20]byte)(q)[:n:n]
}

func sizeOf[T any](x T) uintptr {
	const fixed = unsafe.Sizeof(int32(0))
	return unsafe.Sizeof(x) + fixed + unsafe.Alignof(x)
}
