package reflect

import (
	"internal/runtype"
	"math"
	"unsafe"
)

// Set assigns x to the variable v.
func (v Value) Set(x Value) {
	v.mustBeAssignable("Set")
	x.mustBeExported("Set")
	x = x.assignedTo("reflect.Set", v.t)
	if x.flag&flagIndirect != 0 {
		v.t.Copy(v.p, x.p, 1)
	} else {
		runtype.StorePointer(v.p, x.p)
	}
}

// assignedTo is v as a variable of type t would have it.
func (v Value) assignedTo(context string, t *runtype.Type) Value {
	if v.flag&flagMethod != 0 {
		v = v.methodValue()
	}
	switch {
	case v.t == t:
		return v
	case !v.t.AssignableTo(t):
		panic(context + ": value of type " + v.t.String() + " is not assignable to type " + t.String())
	case Kind(t.Kind()) == Interface:
		p := t.New()
		if v.Kind() != Interface || !v.IsNil() {
			runtype.StoreInterface(p, v.boxed())
		}
		return Value{t: t, p: p, flag: flagIndirect}
	}
	v.t = t
	return v
}

func (v Value) SetBool(x bool) {
	v.mustBeAssignable("SetBool")
	v.mustBe("SetBool", Bool)
	n := uint64(0)
	if x {
		n = 1
	}
	runtype.StoreInt(v.p, 1, n)
}

func (v Value) SetInt(x int64) {
	v.mustBeAssignable("SetInt")
	if !v.CanInt() {
		v.fail("SetInt")
	}
	runtype.StoreInt(v.p, v.size(), uint64(x))
}

func (v Value) SetUint(x uint64) {
	v.mustBeAssignable("SetUint")
	if !v.CanUint() {
		v.fail("SetUint")
	}
	runtype.StoreInt(v.p, v.size(), x)
}

func (v Value) SetFloat(x float64) {
	v.mustBeAssignable("SetFloat")
	if !v.CanFloat() {
		v.fail("SetFloat")
	}
	storeFloat(v.p, v.size(), x)
}

func storeFloat(p unsafe.Pointer, size uintptr, x float64) {
	if size == 4 {
		runtype.StoreInt(p, 4, uint64(math.Float32bits(float32(x))))
	} else {
		runtype.StoreInt(p, 8, math.Float64bits(x))
	}
}

func (v Value) SetComplex(x complex128) {
	v.mustBeAssignable("SetComplex")
	if !v.CanComplex() {
		v.fail("SetComplex")
	}
	half := v.size() / 2
	storeFloat(v.p, half, real(x))
	storeFloat(runtype.Add(v.p, half), half, imag(x))
}

func (v Value) SetString(x string) {
	v.mustBeAssignable("SetString")
	v.mustBe("SetString", String)
	runtype.StoreString(v.p, x)
}

func (v Value) SetBytes(x []byte) {
	v.mustBeAssignable("SetBytes")
	v.mustBe("SetBytes", Slice)
	if Kind(v.t.Elem().Kind()) != Uint8 {
		panic("reflect.Value.SetBytes of non-byte slice")
	}
	storeSlice(v.p, unsafe.Pointer(unsafe.SliceData(x)), len(x), cap(x))
}

func (v Value) SetPointer(x unsafe.Pointer) {
	v.mustBeAssignable("SetPointer")
	v.mustBe("SetPointer", UnsafePointer)
	runtype.StorePointer(v.p, x)
}

// Maps.

func MakeMap(typ Type) Value { return MakeMapWithSize(typ, 0) }

func MakeMapWithSize(typ Type, n int) Value {
	if typ.Kind() != Map {
		panic("reflect.MakeMapWithSize of non-map type")
	}
	t := typ.common()
	return Value{t: t, p: t.MakeMap(n)}
}

func copied(t *runtype.Type, from unsafe.Pointer, f flag) Value {
	if t.Direct() {
		return Value{t: t, p: runtype.LoadPointer(from), flag: f}
	}
	p := t.New()
	t.Copy(p, from, 1)
	return Value{t: t, p: p, flag: f | flagIndirect}
}

func (v Value) MapIndex(key Value) Value {
	v.mustBe("MapIndex", Map)
	key = key.assignedTo("reflect.Value.MapIndex", v.t.Key())
	elem := v.t.MapFind(v.word(), key.at())
	if elem == nil {
		return Value{}
	}
	return copied(v.t.Elem(), elem, (v.flag|key.flag)&flagReadOnly)
}

func (v Value) SetMapIndex(key, elem Value) {
	v.mustBe("SetMapIndex", Map)
	v.mustBeExported("SetMapIndex")
	key.mustBeExported("SetMapIndex")
	key = key.assignedTo("reflect.Value.SetMapIndex", v.t.Key())
	if elem.t == nil {
		v.t.MapDelete(v.word(), key.at())
		return
	}
	elem.mustBeExported("SetMapIndex")
	elem = elem.assignedTo("reflect.Value.SetMapIndex", v.t.Elem())
	v.t.MapSet(v.word(), key.at(), elem.at())
}

func (v Value) MapKeys() []Value {
	v.mustBe("MapKeys", Map)
	keys := make([]Value, 0, v.Len())
	for it := v.MapRange(); it.Next(); {
		keys = append(keys, it.Key())
	}
	return keys
}

// MapIter iterates over a map.
type MapIter struct {
	m       Value
	it      runtype.MapIter
	started bool
	ended   bool
}

func (v Value) MapRange() *MapIter {
	v.mustBe("MapRange", Map)
	return &MapIter{m: v}
}

func (it *MapIter) Next() bool {
	if !it.m.IsValid() {
		panic("MapIter.Next called on an iterator that does not have an associated map Value")
	}
	if it.ended {
		panic("MapIter.Next called on exhausted iterator")
	}
	if !it.started {
		it.started = true
		it.it.Start(it.m.word())
	}
	it.ended = !it.it.Next()
	return !it.ended
}

func (it *MapIter) check(method string) {
	if !it.started {
		panic(method + " called before Next")
	}
	if it.ended {
		panic(method + " called on exhausted iterator")
	}
}

func (it *MapIter) Key() Value {
	it.check("MapIter.Key")
	return copied(it.m.t.Key(), it.it.Key, it.m.flag&flagReadOnly)
}

func (it *MapIter) Value() Value {
	it.check("MapIter.Value")
	return copied(it.m.t.Elem(), it.it.Elem, it.m.flag&flagReadOnly)
}

func (it *MapIter) Reset(v Value) {
	if v.IsValid() {
		v.mustBe("MapRange", Map)
	}
	*it = MapIter{m: v}
}

func (v Value) SetIterKey(it *MapIter)   { v.Set(it.Key()) }
func (v Value) SetIterValue(it *MapIter) { v.Set(it.Value()) }

// Channels.

func MakeChan(typ Type, buffer int) Value {
	if typ.Kind() != Chan {
		panic("reflect.MakeChan of non-chan type")
	}
	if buffer < 0 {
		panic("reflect.MakeChan: negative buffer size")
	}
	if typ.ChanDir() != BothDir {
		panic("reflect.MakeChan: unidirectional channel type")
	}
	t := typ.common()
	return Value{t: t, p: t.MakeChan(buffer)}
}

func (v Value) dir() ChanDir { return ChanDir(v.t.ChanDir()) }

func (v Value) Close() {
	v.mustBe("Close", Chan)
	v.mustBeExported("Close")
	if v.dir()&SendDir == 0 {
		panic("reflect: close of receive-only channel")
	}
	runtype.ChanClose(v.word())
}

func (v Value) send(x Value, block bool) bool {
	v.mustBe("Send", Chan)
	v.mustBeExported("Send")
	if v.dir()&SendDir == 0 {
		panic("reflect: send on recv-only channel")
	}
	x.mustBeExported("Send")
	x = x.assignedTo("reflect.Value.Send", v.t.Elem())
	return v.t.ChanSend(v.word(), x.at(), block)
}

func (v Value) recv(block bool) (x Value, ok, selected bool) {
	v.mustBe("Recv", Chan)
	v.mustBeExported("Recv")
	if v.dir()&RecvDir == 0 {
		panic("reflect: recv on send-only channel")
	}
	elem := v.t.Elem()
	p := elem.New()
	selected, ok = v.t.ChanRecv(v.word(), p, block)
	if !selected {
		return Value{}, false, false
	}
	return copied(elem, p, 0), ok, true
}

func (v Value) Send(x Value)         { v.send(x, true) }
func (v Value) TrySend(x Value) bool { return v.send(x, false) }
func (v Value) Recv() (Value, bool) {
	x, ok, _ := v.recv(true)
	return x, ok
}
func (v Value) TryRecv() (Value, bool) {
	x, ok, _ := v.recv(false)
	return x, ok
}

// SelectDir is what a case of Select does.
type SelectDir int

const (
	_ SelectDir = iota
	SelectSend
	SelectRecv
	SelectDefault
)

// SelectCase is a case of Select.
type SelectCase struct {
	Dir  SelectDir
	Chan Value
	Send Value
}

// pause lets others run.
func pause()

// Select does one of the cases: it asks them in turn until one can go on.
func Select(cases []SelectCase) (chosen int, recv Value, recvOK bool) {
	other := -1
	for i, c := range cases {
		switch c.Dir {
		case SelectDefault:
			if other >= 0 {
				panic("reflect.Select: multiple default cases")
			}
			if c.Chan.IsValid() {
				panic("reflect.Select: default case has Chan value")
			}
			if c.Send.IsValid() {
				panic("reflect.Select: default case has Send value")
			}
			other = i
		case SelectSend, SelectRecv:
			if c.Dir == SelectRecv && c.Send.IsValid() {
				panic("reflect.Select: RecvDir case has Send value")
			}
		default:
			panic("reflect.Select: invalid Dir")
		}
	}
	for round := 0; ; round++ {
		for n := range cases {
			i := (n + round) % len(cases)
			c := cases[i]
			if !c.Chan.IsValid() || c.Dir == SelectDefault {
				continue
			}
			if c.Dir == SelectSend {
				if c.Chan.trySend(c.Send) {
					return i, Value{}, false
				}
			} else if c.Chan.word() != nil {
				if x, ok, selected := c.Chan.recv(false); selected {
					return i, x, ok
				}
			}
		}
		if other >= 0 {
			return other, Value{}, false
		}
		pause()
	}
}

// trySend is TrySend, but never done for a nil channel.
func (v Value) trySend(x Value) bool {
	return v.word() != nil && v.send(x, false)
}
