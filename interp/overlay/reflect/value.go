package reflect

import (
	"internal/runtype"
	"strconv"
	"unsafe"
)

type flag uint8

const (
	// p points to the value; else it is the value, of one word.
	flagIndirect flag = 1 << iota
	// It is a variable.
	flagAddr
	// It was had by a field that is not exported.
	flagReadOnly
	// It is method number `method` of the value.
	flagMethod
)

// Value is a Go value, or a variable if it can be set. The zero Value is none.
type Value struct {
	t      *runtype.Type
	p      unsafe.Pointer
	flag   flag
	method int32
}

// ValueError is what methods of Value panic with for a wrong kind.
type ValueError struct {
	Method string
	Kind   Kind
}

func (e *ValueError) Error() string {
	if e.Kind == Invalid {
		return "reflect: call of " + e.Method + " on zero Value"
	}
	return "reflect: call of " + e.Method + " on " + e.Kind.String() + " Value"
}

func (v Value) fail(method string) {
	panic(&ValueError{"reflect.Value." + method, v.Kind()})
}

func (v Value) mustBe(method string, kind Kind) {
	if v.Kind() != kind {
		v.fail(method)
	}
}

func (v Value) mustBeAssignable(method string) {
	switch {
	case v.t == nil:
		v.fail(method)
	case v.flag&flagReadOnly != 0:
		panic("reflect: reflect.Value." + method + " using value obtained using unexported field")
	case v.flag&flagAddr == 0:
		panic("reflect: reflect.Value." + method + " using unaddressable value")
	}
}

func (v Value) mustBeExported(method string) {
	if v.t == nil {
		v.fail(method)
	}
	if v.flag&flagReadOnly != 0 {
		panic("reflect: reflect.Value." + method + " using value obtained using unexported field")
	}
}

func ValueOf(i any) Value {
	t := runtype.Of(i)
	if t == nil {
		return Value{}
	}
	v := Value{t: t, p: runtype.Word(i)}
	if !t.Direct() {
		v.flag = flagIndirect
	}
	return v
}

func (v Value) IsValid() bool      { return v.t != nil }
func (v Value) CanAddr() bool      { return v.flag&flagAddr != 0 }
func (v Value) CanSet() bool       { return v.flag&(flagAddr|flagReadOnly) == flagAddr }
func (v Value) CanInterface() bool {
	if v.t == nil {
		v.fail("CanInterface")
	}
	return v.flag&flagReadOnly == 0
}

func (v Value) Kind() Kind {
	if v.t == nil {
		return Invalid
	}
	if v.flag&flagMethod != 0 {
		return Func
	}
	return Kind(v.t.Kind())
}

func (v Value) Type() Type {
	if v.t == nil {
		v.fail("Type")
	}
	if v.flag&flagMethod != 0 {
		return toType(v.methodType())
	}
	return toType(v.t)
}

// at is where the value is.
func (v Value) at() unsafe.Pointer {
	if v.flag&flagIndirect != 0 {
		return v.p
	}
	p := v.t.New()
	runtype.StorePointer(p, v.p)
	return p
}

// word is the value, of one word.
func (v Value) word() unsafe.Pointer {
	if v.flag&flagIndirect != 0 {
		return runtype.LoadPointer(v.p)
	}
	return v.p
}

func (v Value) size() uintptr { return v.t.Size() }

// inside is a part of the variable or value.
func (v Value) inside(t *runtype.Type, offset uintptr, readOnly bool) Value {
	out := Value{t: t, p: v.p, flag: v.flag &^ flagMethod}
	if v.flag&flagIndirect != 0 {
		out.p = runtype.Add(v.p, offset)
	} else if !t.Direct() {
		// A part of no size beside the one word.
		out.p = t.New()
		out.flag |= flagIndirect
	}
	if readOnly {
		out.flag |= flagReadOnly
	}
	return out
}

func (v Value) Interface() any {
	if v.t == nil {
		v.fail("Interface")
	}
	if v.flag&flagReadOnly != 0 {
		panic("reflect.Value.Interface: cannot return value obtained from unexported field or method")
	}
	return v.boxed()
}

func (v Value) boxed() any {
	if v.flag&flagMethod != 0 {
		v = v.methodValue()
	}
	if Kind(v.t.Kind()) == Interface {
		return runtype.LoadInterface(v.p)
	}
	if v.t.Direct() {
		return runtype.Make(v.t, v.word())
	}
	p := v.p
	if v.flag&flagAddr != 0 {
		p = v.t.New()
		v.t.Copy(p, v.p, 1)
	}
	return runtype.Make(v.t, p)
}

func TypeAssert[T any](v Value) (T, bool) {
	v.mustBeExported("Interface")
	x, ok := v.boxed().(T)
	return x, ok
}

func (v Value) Addr() Value {
	if v.flag&flagAddr == 0 {
		panic("reflect.Value.Addr of unaddressable value")
	}
	return Value{t: v.t.PointerTo(), p: v.p, flag: v.flag & flagReadOnly}
}

func (v Value) UnsafeAddr() uintptr {
	if v.t == nil {
		v.fail("UnsafeAddr")
	}
	if v.flag&flagAddr == 0 {
		panic("reflect.Value.UnsafeAddr of unaddressable value")
	}
	return uintptr(v.p)
}

func (v Value) Elem() Value {
	switch v.Kind() {
	case Interface:
		x := ValueOf(runtype.LoadInterface(v.p))
		if x.t != nil {
			x.flag |= v.flag & flagReadOnly
		}
		return x
	case Pointer:
		p := v.word()
		if p == nil {
			return Value{}
		}
		return Value{t: v.t.Elem(), p: p, flag: v.flag&flagReadOnly | flagIndirect | flagAddr}
	}
	v.fail("Elem")
	return Value{}
}

func Indirect(v Value) Value {
	if v.Kind() != Pointer {
		return v
	}
	return v.Elem()
}

func (v Value) IsNil() bool {
	switch v.Kind() {
	case Interface:
		return runtype.Of(runtype.LoadInterface(v.p)) == nil
	case Slice:
		return runtype.LoadPointer(v.p) == nil
	case Func:
		return v.flag&flagMethod == 0 && v.word() == nil
	case Chan, Map, Pointer, UnsafePointer:
		return v.word() == nil
	}
	v.fail("IsNil")
	return false
}

func (v Value) IsZero() bool {
	switch v.Kind() {
	case Invalid:
		v.fail("IsZero")
	case Bool, Int, Int8, Int16, Int32, Int64, Uint, Uint8, Uint16, Uint32, Uint64, Uintptr:
		return runtype.LoadUint(v.p, v.size()) == 0
	case Float32, Float64:
		return v.Float() == 0 && runtype.LoadUint(v.p, v.size()) == 0
	case Complex64, Complex128:
		c := v.Complex()
		return c == 0 && 1/real(c) > 0 && 1/imag(c) > 0
	case Array:
		for i := range v.Len() {
			if !v.Index(i).IsZero() {
				return false
			}
		}
		return true
	case String:
		return v.Len() == 0
	case Struct:
		for i := range v.NumField() {
			if name, _, _, _, _, _ := v.t.Field(i); name != "_" && !v.Field(i).IsZero() {
				return false
			}
		}
		return true
	default:
		return v.IsNil()
	}
	return false
}

func (v Value) SetZero() {
	v.mustBeAssignable("SetZero")
	v.t.Clear(v.p, 1)
}

func (v Value) Bool() bool {
	v.mustBe("Bool", Bool)
	return runtype.LoadUint(v.p, 1) != 0
}

func isInt(k Kind) bool  { return Int <= k && k <= Int64 }
func isUint(k Kind) bool { return Uint <= k && k <= Uintptr }

func (v Value) CanInt() bool     { return isInt(v.Kind()) }
func (v Value) CanUint() bool    { return isUint(v.Kind()) }
func (v Value) CanFloat() bool   { return v.Kind() == Float32 || v.Kind() == Float64 }
func (v Value) CanComplex() bool { return v.Kind() == Complex64 || v.Kind() == Complex128 }

func (v Value) Int() int64 {
	if !v.CanInt() {
		v.fail("Int")
	}
	return runtype.LoadInt(v.p, v.size())
}

func (v Value) Uint() uint64 {
	if !v.CanUint() {
		v.fail("Uint")
	}
	return runtype.LoadUint(v.p, v.size())
}

func (v Value) Float() float64 {
	switch v.Kind() {
	case Float32:
		return float64(*(*float32)(v.p))
	case Float64:
		return *(*float64)(v.p)
	}
	v.fail("Float")
	return 0
}

func (v Value) Complex() complex128 {
	switch v.Kind() {
	case Complex64:
		return complex128(*(*complex64)(v.p))
	case Complex128:
		return *(*complex128)(v.p)
	}
	v.fail("Complex")
	return 0
}

func (v Value) String() string {
	switch v.Kind() {
	case String:
		return runtype.LoadString(v.p)
	case Invalid:
		return "<invalid Value>"
	}
	return "<" + v.Type().String() + " Value>"
}

func (v Value) Bytes() []byte {
	switch v.Kind() {
	case Slice:
		if Kind(v.t.Elem().Kind()) != Uint8 {
			panic("reflect.Value.Bytes of non-byte slice")
		}
		return runtype.LoadBytes(v.p)
	case Array:
		if Kind(v.t.Elem().Kind()) != Uint8 {
			panic("reflect.Value.Bytes of non-byte array")
		}
		if !v.CanAddr() {
			panic("reflect.Value.Bytes of unaddressable byte array")
		}
		return unsafe.Slice((*byte)(v.p), v.t.Len())
	}
	v.fail("Bytes")
	return nil
}

func (v Value) Pointer() uintptr {
	switch v.Kind() {
	case Pointer, Chan, Map, UnsafePointer, Func:
		if v.flag&flagMethod != 0 {
			return uintptr(v.methodValue().word())
		}
		if v.Kind() == Func && v.word() != nil {
			return entryOf(v.word())
		}
		return uintptr(v.word())
	case Slice, String:
		return uintptr(runtype.LoadPointer(v.p))
	}
	v.fail("Pointer")
	return 0
}

// entryOf is what runtime.FuncForPC knows a function by.
func entryOf(f unsafe.Pointer) uintptr

func (v Value) UnsafePointer() unsafe.Pointer {
	switch v.Kind() {
	case Pointer, Chan, Map, UnsafePointer, Func:
		return v.word()
	case Slice, String:
		return runtype.LoadPointer(v.p)
	}
	v.fail("UnsafePointer")
	return nil
}

func (v Value) OverflowInt(x int64) bool {
	if !v.CanInt() {
		v.fail("OverflowInt")
	}
	shift := 64 - 8*v.size()
	return x<<shift>>shift != x
}

func (v Value) OverflowUint(x uint64) bool {
	if !v.CanUint() {
		v.fail("OverflowUint")
	}
	shift := 64 - 8*v.size()
	return x<<shift>>shift != x
}

func overflowsFloat32(x float64) bool {
	if x < 0 {
		x = -x
	}
	const largest = 0x1p127 * (1 + (1 - 0x1p-23))
	return largest < x && x <= 1.79769313486231570814527423731704356798070e+308
}

func (v Value) OverflowFloat(x float64) bool {
	switch v.Kind() {
	case Float32:
		return overflowsFloat32(x)
	case Float64:
		return false
	}
	v.fail("OverflowFloat")
	return false
}

func (v Value) OverflowComplex(x complex128) bool {
	switch v.Kind() {
	case Complex64:
		return overflowsFloat32(real(x)) || overflowsFloat32(imag(x))
	case Complex128:
		return false
	}
	v.fail("OverflowComplex")
	return false
}

// Structs.

func (v Value) NumField() int {
	v.mustBe("NumField", Struct)
	return v.t.NumField()
}

func (v Value) Field(i int) Value {
	v.mustBe("Field", Struct)
	if uint(i) >= uint(v.t.NumField()) {
		panic("reflect: Field index out of range")
	}
	_, pkgPath, _, t, offset, _ := v.t.Field(i)
	return v.inside(t, offset, pkgPath != "")
}

func (v Value) FieldByIndex(index []int) Value {
	out, err := v.FieldByIndexErr(index)
	if err != nil {
		panic(err.Error())
	}
	return out
}

type indexError string

func (e indexError) Error() string { return string(e) }

func (v Value) FieldByIndexErr(index []int) (Value, error) {
	for i, x := range index {
		if i > 0 && v.Kind() == Pointer && Kind(v.t.Elem().Kind()) == Struct {
			if v.IsNil() {
				return Value{}, indexError("reflect: indirection through nil pointer to embedded struct field " + v.t.Elem().Name())
			}
			v = v.Elem()
		}
		v = v.Field(x)
	}
	return v, nil
}

func (v Value) FieldByName(name string) Value {
	v.mustBe("FieldByName", Struct)
	if f, ok := v.Type().FieldByName(name); ok {
		return v.FieldByIndex(f.Index)
	}
	return Value{}
}

func (v Value) FieldByNameFunc(match func(string) bool) Value {
	if f, ok := v.Type().FieldByNameFunc(match); ok {
		return v.FieldByIndex(f.Index)
	}
	return Value{}
}

// Sequences.

func (v Value) Len() int {
	switch v.Kind() {
	case Slice:
		return int(runtype.LoadInt(runtype.Add(v.p, 8), 8))
	case String:
		return len(runtype.LoadString(v.p))
	case Array:
		return v.t.Len()
	case Map:
		return runtype.MapLen(v.word())
	case Chan:
		return runtype.ChanLen(v.word())
	case Pointer:
		if Kind(v.t.Elem().Kind()) == Array {
			return v.t.Elem().Len()
		}
		panic("reflect: call of reflect.Value.Len on ptr to non-array Value")
	}
	v.fail("Len")
	return 0
}

func (v Value) Cap() int {
	switch v.Kind() {
	case Slice:
		return int(runtype.LoadInt(runtype.Add(v.p, 16), 8))
	case Array:
		return v.t.Len()
	case Chan:
		return runtype.ChanCap(v.word())
	case Pointer:
		if Kind(v.t.Elem().Kind()) == Array {
			return v.t.Elem().Len()
		}
		panic("reflect: call of reflect.Value.Cap on ptr to non-array Value")
	}
	v.fail("Cap")
	return 0
}

func (v Value) Index(i int) Value {
	switch v.Kind() {
	case Slice:
		if uint(i) >= uint(v.Len()) {
			panic("reflect: slice index out of range")
		}
		elem := v.t.Elem()
		p := runtype.Add(runtype.LoadPointer(v.p), uintptr(i)*elem.Size())
		return Value{t: elem, p: p, flag: v.flag&flagReadOnly | flagIndirect | flagAddr}
	case Array:
		if uint(i) >= uint(v.t.Len()) {
			panic("reflect: array index out of range")
		}
		elem := v.t.Elem()
		return v.inside(elem, uintptr(i)*elem.Size(), false)
	case String:
		s := runtype.LoadString(v.p)
		if uint(i) >= uint(len(s)) {
			panic("reflect: string index out of range")
		}
		out := ValueOf(s[i])
		out.flag |= v.flag & flagReadOnly
		return out
	}
	v.fail("Index")
	return Value{}
}

func (v Value) Slice(i, j int) Value { return v.slice("Slice", i, j, -1) }

func (v Value) Slice3(i, j, k int) Value {
	if k < 0 {
		panic("reflect.Value.Slice3: slice index out of bounds")
	}
	return v.slice("Slice3", i, j, k)
}

func (v Value) slice(method string, i, j, k int) Value {
	var data unsafe.Pointer
	var capacity int
	t := v.t
	switch v.Kind() {
	case Slice:
		data = runtype.LoadPointer(v.p)
		capacity = v.Cap()
	case Array:
		if v.flag&flagAddr == 0 {
			panic("reflect.Value." + method + ": slice of unaddressable array")
		}
		data = v.p
		capacity = v.t.Len()
		t = v.t.Elem().SliceOf()
	case String:
		s := runtype.LoadString(v.p)
		if i < 0 || j < i || j > len(s) {
			panic("reflect.Value.Slice: string slice index out of bounds")
		}
		p := v.t.New()
		runtype.StoreString(p, s[i:j])
		return Value{t: v.t, p: p, flag: v.flag&flagReadOnly | flagIndirect}
	default:
		v.fail(method)
	}
	if k < 0 {
		k = capacity
	}
	if i < 0 || j < i || k < j || k > capacity {
		panic("reflect.Value." + method + ": slice index out of bounds")
	}
	if k > i {
		data = runtype.Add(data, uintptr(i)*t.Elem().Size())
	}
	return makeSlice(t, data, j-i, k-i, v.flag&flagReadOnly)
}

func makeSlice(t *runtype.Type, data unsafe.Pointer, n, c int, f flag) Value {
	p := t.New()
	storeSlice(p, data, n, c)
	return Value{t: t, p: p, flag: f | flagIndirect}
}

func storeSlice(p, data unsafe.Pointer, n, c int) {
	runtype.StorePointer(p, data)
	runtype.StoreInt(runtype.Add(p, 8), 8, uint64(n))
	runtype.StoreInt(runtype.Add(p, 16), 8, uint64(c))
}

func (v Value) SetLen(n int) {
	v.mustBeAssignable("SetLen")
	v.mustBe("SetLen", Slice)
	if uint(n) > uint(v.Cap()) {
		panic("reflect: slice length out of range in SetLen")
	}
	runtype.StoreInt(runtype.Add(v.p, 8), 8, uint64(n))
}

func (v Value) SetCap(n int) {
	v.mustBeAssignable("SetCap")
	v.mustBe("SetCap", Slice)
	if n < v.Len() || n > v.Cap() {
		panic("reflect: slice capacity out of range in SetCap")
	}
	runtype.StoreInt(runtype.Add(v.p, 16), 8, uint64(n))
}

func (v Value) Grow(n int) {
	v.mustBeAssignable("Grow")
	v.mustBe("Grow", Slice)
	if n < 0 {
		panic("reflect.Value.Grow: negative len")
	}
	size := v.Len()
	if size+n < 0 {
		panic("reflect.Value.Grow: slice overflow")
	}
	if size+n > v.Cap() {
		c := max(size+n, 2*v.Cap())
		data := v.t.Elem().NewArray(c)
		v.t.Elem().Copy(data, runtype.LoadPointer(v.p), size)
		storeSlice(v.p, data, size, c)
	}
}

func (v Value) Clear() {
	switch v.Kind() {
	case Slice:
		v.t.Elem().Clear(runtype.LoadPointer(v.p), v.Len())
	case Map:
		v.t.MapClear(v.word())
	default:
		v.fail("Clear")
	}
}

func MakeSlice(typ Type, len, cap int) Value {
	if typ.Kind() != Slice {
		panic("reflect.MakeSlice of non-slice type")
	}
	switch {
	case len < 0:
		panic("reflect.MakeSlice: negative len")
	case cap < 0:
		panic("reflect.MakeSlice: negative cap")
	case len > cap:
		panic("reflect.MakeSlice: len > cap")
	}
	t := typ.common()
	return makeSlice(t, t.Elem().NewArray(cap), len, cap, 0)
}

func SliceAt(typ Type, p unsafe.Pointer, n int) Value {
	return makeSlice(typ.common().SliceOf(), p, n, n, 0)
}

func Append(s Value, x ...Value) Value {
	s.mustBe("Append", Slice)
	n := s.Len()
	out := makeSlice(s.t, runtype.LoadPointer(s.p), n, s.Cap(), 0)
	out.flag |= flagAddr
	out.Grow(len(x))
	out.SetLen(n + len(x))
	for i, e := range x {
		out.Index(n + i).Set(e)
	}
	out.flag &^= flagAddr
	return out
}

func AppendSlice(s, t Value) Value {
	s.mustBe("AppendSlice", Slice)
	t.mustBe("AppendSlice", Slice)
	n, m := s.Len(), t.Len()
	out := makeSlice(s.t, runtype.LoadPointer(s.p), n, s.Cap(), flagAddr)
	out.Grow(m)
	out.SetLen(n + m)
	Copy(out.Slice(n, n+m), t)
	out.flag &^= flagAddr
	return out
}

func Copy(dst, src Value) int {
	if dst.Kind() == Array {
		dst.mustBeAssignable("Copy")
		dst = dst.Slice(0, dst.Len())
	}
	dst.mustBe("Copy", Slice)
	to := runtype.LoadPointer(dst.p)
	n := min(dst.Len(), src.Len())
	switch src.Kind() {
	case String:
		return copy(runtype.LoadBytes(dst.p), runtype.LoadString(src.p))
	case Array:
		dst.t.Elem().Copy(to, src.at(), n)
	case Slice:
		dst.t.Elem().Copy(to, runtype.LoadPointer(src.p), n)
	default:
		src.fail("Copy")
	}
	return n
}

// New values.

func New(typ Type) Value {
	if typ == nil {
		panic("reflect: New(nil)")
	}
	t := typ.common()
	return Value{t: t.PointerTo(), p: t.New()}
}

func NewAt(typ Type, p unsafe.Pointer) Value {
	return Value{t: typ.common().PointerTo(), p: p}
}

func Zero(typ Type) Value {
	if typ == nil {
		panic("reflect: Zero(nil)")
	}
	t := typ.common()
	if t.Direct() {
		return Value{t: t}
	}
	return Value{t: t, p: t.New(), flag: flagIndirect}
}

func itoa(n int) string { return strconv.Itoa(n) }
