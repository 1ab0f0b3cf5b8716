// Package reflectlite is the part of reflection that packages below reflect use.
package reflectlite

import (
	"internal/runtype"
	"unsafe"
)

// Kind numbers kinds as package reflect does.
type Kind uint8

const (
	Interface Kind = 20
	Ptr       Kind = 22
	Slice     Kind = 23
	String    Kind = 24
	Struct    Kind = 25
)

var kindNames = [...]string{"invalid", "bool", "int", "int8", "int16", "int32", "int64",
	"uint", "uint8", "uint16", "uint32", "uint64", "uintptr", "float32", "float64",
	"complex64", "complex128", "array", "chan", "func", "interface", "map", "ptr",
	"slice", "string", "struct", "unsafe.Pointer"}

func (k Kind) String() string { return kindNames[k] }

// Type describes a type.
type Type interface {
	Name() string
	PkgPath() string
	Size() uintptr
	Kind() Kind
	Implements(u Type) bool
	AssignableTo(u Type) bool
	Comparable() bool
	String() string
	Elem() Type
	common() *rtype
}

type rtype runtype.Type

func (t *rtype) of() *runtype.Type { return (*runtype.Type)(t) }

func (t *rtype) common() *rtype   { return t }
func (t *rtype) Name() string     { return t.of().Name() }
func (t *rtype) PkgPath() string  { return t.of().PkgPath() }
func (t *rtype) Size() uintptr    { return t.of().Size() }
func (t *rtype) Kind() Kind       { return Kind(t.of().Kind()) }
func (t *rtype) Comparable() bool { return t.of().Comparable() }
func (t *rtype) String() string   { return t.of().String() }
func (t *rtype) Elem() Type       { return toType(t.of().Elem()) }
func (t *rtype) Implements(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.Implements")
	}
	if u.Kind() != Interface {
		panic("reflect: non-interface type passed to Type.Implements")
	}
	_, missing := t.of().Missing(u.common().of())
	return !missing
}
func (t *rtype) AssignableTo(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.AssignableTo")
	}
	return t.of().AssignableTo(u.common().of())
}

func toType(t *runtype.Type) Type {
	if t == nil {
		return nil
	}
	return (*rtype)(t)
}

func TypeOf(i any) Type { return toType(runtype.Of(i)) }

// Value is a variable or a value.
type Value struct {
	t *runtype.Type
	// The word of an interface, or where the variable is.
	p unsafe.Pointer
	// p points to it.
	indirect bool
	settable bool
}

func ValueOf(i any) Value {
	t := runtype.Of(i)
	if t == nil {
		return Value{}
	}
	return Value{t, runtype.Word(i), !t.Direct(), false}
}

func (v Value) CanSet() bool  { return v.settable }
func (v Value) IsValid() bool { return v.t != nil }
func (v Value) Type() Type    { return toType(v.t) }
func (v Value) Kind() Kind {
	if v.t == nil {
		return 0
	}
	return Kind(v.t.Kind())
}

func (v Value) Elem() Value {
	switch v.Kind() {
	case Interface:
		return ValueOf(runtype.LoadInterface(v.p))
	case Ptr:
		p := v.word()
		if p == nil {
			return Value{}
		}
		return Value{v.t.Elem(), p, true, true}
	}
	panic("reflectlite.Value.Elem of " + v.Kind().String())
}

func (v Value) word() unsafe.Pointer {
	if v.indirect {
		return runtype.LoadPointer(v.p)
	}
	return v.p
}

func (v Value) IsNil() bool {
	switch v.Kind() {
	case Interface:
		return runtype.Of(runtype.LoadInterface(v.p)) == nil
	case Slice:
		return runtype.LoadPointer(v.p) == nil
	}
	return v.word() == nil
}

func (v Value) Interface() any {
	if v.t == nil {
		panic("reflectlite.Value.Interface of zero Value")
	}
	if v.Kind() == Interface {
		return runtype.LoadInterface(v.p)
	}
	if !v.indirect {
		return runtype.Make(v.t, v.p)
	}
	if v.t.Direct() {
		return runtype.Make(v.t, runtype.LoadPointer(v.p))
	}
	c := v.t.New()
	v.t.Copy(c, v.p, 1)
	return runtype.Make(v.t, c)
}

func (v Value) Len() int {
	switch v.Kind() {
	case Slice:
		return int(runtype.LoadInt(runtype.Add(v.p, 8), 8))
	case String:
		return len(runtype.LoadString(v.p))
	}
	panic("reflectlite.Value.Len of " + v.Kind().String())
}

func (v Value) Set(x Value) {
	if !v.settable {
		panic("reflectlite.Set of a value that cannot be set")
	}
	if v.Kind() == Interface {
		runtype.StoreInterface(v.p, x.Interface())
		return
	}
	if !x.t.AssignableTo(v.t) {
		panic("reflect.Set: value of type " + x.t.String() + " is not assignable to type " + v.t.String())
	}
	if x.indirect {
		v.t.Copy(v.p, x.p, 1)
	} else {
		runtype.StorePointer(v.p, x.p)
	}
}

// Swapper swaps elements of a slice.
func Swapper(slice any) func(i, j int) {
	v := ValueOf(slice)
	if v.Kind() != Slice {
		panic("reflect: call of Swapper on " + v.Kind().String() + " Value")
	}
	elem := v.t.Elem()
	size := elem.Size()
	n := v.Len()
	data := runtype.LoadPointer(v.p)
	spare := elem.New()
	return func(i, j int) {
		if uint(i) >= uint(n) || uint(j) >= uint(n) {
			panic("reflect: slice index out of range")
		}
		a := runtype.Add(data, uintptr(i)*size)
		b := runtype.Add(data, uintptr(j)*size)
		elem.Copy(spare, a, 1)
		elem.Copy(a, b, 1)
		elem.Copy(b, spare, 1)
	}
}
