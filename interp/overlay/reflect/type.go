// Package reflect over the interpreter's run-time types.
package reflect

import (
	"internal/runtype"
	"iter"
	"strconv"
)

// Type describes a Go type. Types are identical if they are equal.
type Type interface {
	Align() int
	FieldAlign() int
	Method(int) Method
	Methods() iter.Seq[Method]
	MethodByName(string) (Method, bool)
	NumMethod() int
	Name() string
	PkgPath() string
	Size() uintptr
	String() string
	Kind() Kind
	Implements(u Type) bool
	AssignableTo(u Type) bool
	ConvertibleTo(u Type) bool
	Comparable() bool
	Bits() int
	ChanDir() ChanDir
	IsVariadic() bool
	Elem() Type
	Field(i int) StructField
	Fields() iter.Seq[StructField]
	FieldByIndex(index []int) StructField
	FieldByName(name string) (StructField, bool)
	FieldByNameFunc(match func(string) bool) (StructField, bool)
	In(i int) Type
	Ins() iter.Seq[Type]
	Key() Type
	Len() int
	NumField() int
	NumIn() int
	NumOut() int
	Out(i int) Type
	Outs() iter.Seq[Type]
	OverflowComplex(x complex128) bool
	OverflowFloat(x float64) bool
	OverflowInt(x int64) bool
	OverflowUint(x uint64) bool
	CanSeq() bool
	CanSeq2() bool
	common() *runtype.Type
}

// Kind is what sort of type it is.
type Kind uint

const (
	Invalid Kind = iota
	Bool
	Int
	Int8
	Int16
	Int32
	Int64
	Uint
	Uint8
	Uint16
	Uint32
	Uint64
	Uintptr
	Float32
	Float64
	Complex64
	Complex128
	Array
	Chan
	Func
	Interface
	Map
	Pointer
	Slice
	String
	Struct
	UnsafePointer
)

const Ptr = Pointer

var kindNames = [...]string{"invalid", "bool", "int", "int8", "int16", "int32", "int64",
	"uint", "uint8", "uint16", "uint32", "uint64", "uintptr", "float32", "float64",
	"complex64", "complex128", "array", "chan", "func", "interface", "map", "ptr",
	"slice", "string", "struct", "unsafe.Pointer"}

func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "kind" + strconv.Itoa(int(k))
}

// ChanDir is the direction of a channel.
type ChanDir int

const (
	RecvDir ChanDir = 1 << iota
	SendDir
	BothDir = RecvDir | SendDir
)

func (d ChanDir) String() string {
	switch d {
	case SendDir:
		return "chan<-"
	case RecvDir:
		return "<-chan"
	case BothDir:
		return "chan"
	}
	return "ChanDir" + strconv.Itoa(int(d))
}

// Method is a method of a type.
type Method struct {
	Name    string
	PkgPath string
	Type    Type
	Func    Value
	Index   int
}

func (m Method) IsExported() bool { return m.PkgPath == "" }

// StructField is a field of a struct.
type StructField struct {
	Name      string
	PkgPath   string
	Type      Type
	Tag       StructTag
	Offset    uintptr
	Index     []int
	Anonymous bool
}

func (f StructField) IsExported() bool { return f.PkgPath == "" }

// StructTag is the string behind a field.
type StructTag string

func (tag StructTag) Get(key string) string {
	v, _ := tag.Lookup(key)
	return v
}

// Lookup reads the conventional form: key:"value" key:"value".
func (tag StructTag) Lookup(key string) (value string, ok bool) {
	rest := string(tag)
	for {
		for rest != "" && rest[0] == ' ' {
			rest = rest[1:]
		}
		colon := 0
		for colon < len(rest) && rest[colon] > ' ' && rest[colon] != ':' && rest[colon] != '"' && rest[colon] != 0x7f {
			colon++
		}
		if colon == 0 || colon+1 >= len(rest) || rest[colon] != ':' || rest[colon+1] != '"' {
			return "", false
		}
		name := rest[:colon]
		rest = rest[colon+1:]
		end := 1
		for end < len(rest) && rest[end] != '"' {
			if rest[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(rest) {
			return "", false
		}
		if name == key {
			value, err := strconv.Unquote(rest[:end+1])
			return value, err == nil
		}
		rest = rest[end+1:]
	}
}

type rtype runtype.Type

func toType(t *runtype.Type) Type {
	if t == nil {
		return nil
	}
	return (*rtype)(t)
}

func TypeOf(i any) Type { return toType(runtype.Of(i)) }

func TypeFor[T any]() Type {
	return toType(runtype.Of((*T)(nil)).Elem())
}

func (t *rtype) common() *runtype.Type { return (*runtype.Type)(t) }

func (t *rtype) Align() int       { return t.common().Align() }
func (t *rtype) FieldAlign() int  { return t.common().Align() }
func (t *rtype) Name() string     { return t.common().Name() }
func (t *rtype) PkgPath() string  { return t.common().PkgPath() }
func (t *rtype) Size() uintptr    { return t.common().Size() }
func (t *rtype) String() string   { return t.common().String() }
func (t *rtype) Kind() Kind       { return Kind(t.common().Kind()) }
func (t *rtype) Comparable() bool { return t.common().Comparable() }

func (t *rtype) must(op string, kinds ...Kind) *runtype.Type {
	k := t.Kind()
	for _, wanted := range kinds {
		if k == wanted {
			return t.common()
		}
	}
	panic("reflect: " + op + " of " + t.describe(op, kinds))
}

func (t *rtype) describe(op string, kinds []Kind) string {
	if len(kinds) == 1 {
		return "non-" + kinds[0].String() + " type " + t.String()
	}
	return "invalid type " + t.String()
}

func (t *rtype) Bits() int {
	k := t.Kind()
	if k < Int || k > Complex128 {
		panic("reflect: Bits of non-arithmetic Type " + t.String())
	}
	return int(t.Size()) * 8
}

func (t *rtype) ChanDir() ChanDir { return ChanDir(t.must("ChanDir", Chan).ChanDir()) }
func (t *rtype) IsVariadic() bool { return t.must("IsVariadic", Func).Variadic() }
func (t *rtype) Elem() Type {
	return toType(t.must("Elem", Array, Chan, Map, Pointer, Slice).Elem())
}
func (t *rtype) Key() Type   { return toType(t.must("Key", Map).Key()) }
func (t *rtype) Len() int    { return t.must("Len", Array).Len() }
func (t *rtype) NumIn() int  { return t.must("NumIn", Func).NumIn() }
func (t *rtype) NumOut() int { return t.must("NumOut", Func).NumOut() }
func (t *rtype) In(i int) Type {
	return toType(t.must("In", Func).In(i))
}
func (t *rtype) Out(i int) Type {
	return toType(t.must("Out", Func).Out(i))
}

func (t *rtype) Ins() iter.Seq[Type]  { return each(t.NumIn(), t.In) }
func (t *rtype) Outs() iter.Seq[Type] { return each(t.NumOut(), t.Out) }
func (t *rtype) Fields() iter.Seq[StructField] {
	return each(t.NumField(), t.Field)
}
func (t *rtype) Methods() iter.Seq[Method] { return each(t.NumMethod(), t.Method) }

func each[T any](n int, get func(int) T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for i := range n {
			if !yield(get(i)) {
				return
			}
		}
	}
}

func (t *rtype) NumField() int { return t.must("NumField", Struct).NumField() }

func (t *rtype) Field(i int) StructField {
	s := t.must("Field", Struct)
	if i < 0 || i >= s.NumField() {
		panic("reflect: Field index out of bounds")
	}
	f := StructField{Index: []int{i}}
	var typ *runtype.Type
	var tag string
	f.Name, f.PkgPath, tag, typ, f.Offset, f.Anonymous = s.Field(i)
	f.Tag = StructTag(tag)
	f.Type = toType(typ)
	return f
}

func (t *rtype) FieldByIndex(index []int) (f StructField) {
	var at Type = t
	for i, x := range index {
		if i > 0 {
			if at.Kind() == Pointer && at.Elem().Kind() == Struct {
				at = at.Elem()
			}
		}
		f = at.Field(x)
		at = f.Type
	}
	return f
}

func (t *rtype) FieldByName(name string) (StructField, bool) {
	// Directly within is the usual case.
	hasEmbedded := false
	for i := range t.must("FieldByName", Struct).NumField() {
		fieldName, _, _, _, _, embedded := t.common().Field(i)
		if fieldName == name {
			return t.Field(i), true
		}
		hasEmbedded = hasEmbedded || embedded
	}
	if !hasEmbedded {
		return StructField{}, false
	}
	return t.FieldByNameFunc(func(s string) bool { return s == name })
}

// FieldByNameFunc looks depth by depth; what is found twice at the same depth
// is not found, and hides what is deeper.
func (t *rtype) FieldByNameFunc(match func(string) bool) (result StructField, ok bool) {
	t.must("FieldByNameFunc", Struct)
	type place struct {
		typ   Type
		index []int
	}
	current := []place{{t, nil}}
	visited := map[Type]bool{}
	for len(current) > 0 && !ok {
		var next []place
		count := map[Type]int{}
		for _, p := range current {
			count[p.typ]++
		}
		found := false
		for _, p := range current {
			if visited[p.typ] {
				continue
			}
			visited[p.typ] = true
			for i := range p.typ.NumField() {
				f := p.typ.Field(i)
				if match(f.Name) {
					if found || count[p.typ] > 1 {
						return StructField{}, false
					}
					found = true
					result = f
					result.Index = append(append([]int(nil), p.index...), i)
					continue
				}
				embedded := f.Type
				if f.Anonymous && embedded.Kind() == Pointer {
					embedded = embedded.Elem()
				}
				if !f.Anonymous || embedded.Kind() != Struct || found {
					continue
				}
				index := append(append([]int(nil), p.index...), i)
				next = append(next, place{embedded, index})
				if count[p.typ] > 1 {
					next = append(next, place{embedded, index})
				}
			}
		}
		if found {
			return result, true
		}
		current = next
	}
	return StructField{}, false
}

// VisibleFields lists the fields of t and those promoted to it.
func VisibleFields(t Type) []StructField {
	if t == nil {
		panic("reflect: VisibleFields(nil)")
	}
	if t.Kind() != Struct {
		panic("reflect.VisibleFields of non-struct type")
	}
	var out []StructField
	var walk func(t Type, index []int, above map[Type]bool)
	walk = func(s Type, index []int, above map[Type]bool) {
		if above[s] {
			return
		}
		above[s] = true
		defer delete(above, s)
		for i := range s.NumField() {
			f := s.Field(i)
			f.Index = append(append([]int(nil), index...), i)
			if best, ok := t.FieldByName(f.Name); ok && len(best.Index) == len(f.Index) && sameIndex(best.Index, f.Index) {
				out = append(out, f)
			}
			if f.Anonymous {
				inner := f.Type
				if inner.Kind() == Pointer {
					inner = inner.Elem()
				}
				if inner.Kind() == Struct {
					walk(inner, f.Index, above)
				}
			}
		}
	}
	walk(t, nil, map[Type]bool{})
	return out
}

func sameIndex(a, b []int) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// exported lists the numbers of the methods that reflection shows: all of an
// interface, else those that are exported.
func (t *rtype) exported() []int {
	all := t.common()
	out := make([]int, 0, all.NumMethod())
	for i := range all.NumMethod() {
		if _, pkgPath, _ := all.Method(i); pkgPath == "" || t.Kind() == Interface {
			out = append(out, i)
		}
	}
	return out
}

func (t *rtype) NumMethod() int { return len(t.exported()) }

func (t *rtype) Method(i int) Method {
	all := t.exported()
	if i < 0 || i >= len(all) {
		panic("reflect: Method index out of range")
	}
	name, pkgPath, typ := t.common().Method(all[i])
	m := Method{Name: name, PkgPath: pkgPath, Type: toType(typ), Index: i}
	if t.Kind() == Interface {
		return m
	}
	in := []Type{t}
	for j := range typ.NumIn() {
		in = append(in, toType(typ.In(j)))
	}
	var out []Type
	for j := range typ.NumOut() {
		out = append(out, toType(typ.Out(j)))
	}
	m.Type = FuncOf(in, out, typ.Variadic())
	m.Func = Value{t: m.Type.common(), p: t.common().MethodFunc(all[i])}
	return m
}

func (t *rtype) MethodByName(name string) (Method, bool) {
	for i, number := range t.exported() {
		if found, _, _ := t.common().Method(number); found == name {
			return t.Method(i), true
		}
	}
	return Method{}, false
}

func (t *rtype) Implements(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.Implements")
	}
	if u.Kind() != Interface {
		panic("reflect: non-interface type passed to Type.Implements")
	}
	_, missing := t.common().Missing(u.common())
	return !missing
}

func (t *rtype) AssignableTo(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.AssignableTo")
	}
	return t.common().AssignableTo(u.common())
}

func (t *rtype) ConvertibleTo(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.ConvertibleTo")
	}
	return conversion(t.common(), u.common()) != nil
}

func (t *rtype) OverflowComplex(x complex128) bool { return Zero(t).OverflowComplex(x) }
func (t *rtype) OverflowFloat(x float64) bool      { return Zero(t).OverflowFloat(x) }
func (t *rtype) OverflowInt(x int64) bool          { return Zero(t).OverflowInt(x) }
func (t *rtype) OverflowUint(x uint64) bool        { return Zero(t).OverflowUint(x) }

func (t *rtype) yields(n int) bool {
	if t.Kind() != Func || t.NumIn() != 1 || t.NumOut() != 0 {
		return false
	}
	y := t.In(0)
	return y.Kind() == Func && y.NumIn() == n && y.NumOut() == 1 && y.Out(0).Kind() == Bool
}

func (t *rtype) CanSeq() bool {
	switch t.Kind() {
	case Int8, Int16, Int32, Int64, Int, Uint8, Uint16, Uint32, Uint64, Uint, Uintptr,
		Array, Slice, Chan, String, Map:
		return true
	case Func:
		return t.yields(1)
	case Pointer:
		return t.Elem().Kind() == Array
	}
	return false
}

func (t *rtype) CanSeq2() bool {
	switch t.Kind() {
	case Array, Slice, String, Map:
		return true
	case Func:
		return t.yields(2)
	case Pointer:
		return t.Elem().Kind() == Array
	}
	return false
}

// Types made of others.

func made(t *runtype.Type, what string) Type {
	if t == nil {
		panic("reflect." + what + ": the type cannot be made")
	}
	return toType(t)
}

func PointerTo(t Type) Type          { return made(t.common().PointerTo(), "PointerTo") }
func PtrTo(t Type) Type              { return PointerTo(t) }
func SliceOf(t Type) Type            { return made(t.common().SliceOf(), "SliceOf") }
func ChanOf(dir ChanDir, t Type) Type { return made(t.common().ChanOf(int(dir)), "ChanOf") }

func ArrayOf(length int, elem Type) Type {
	if length < 0 {
		panic("reflect: negative length passed to ArrayOf")
	}
	return made(elem.common().ArrayOf(length), "ArrayOf")
}

func MapOf(key, elem Type) Type {
	if !key.Comparable() {
		panic("reflect.MapOf: invalid key type " + key.String())
	}
	return made(key.common().MapOf(elem.common()), "MapOf")
}

func FuncOf(in, out []Type, variadic bool) Type {
	if variadic && (len(in) == 0 || in[len(in)-1].Kind() != Slice) {
		panic("reflect.FuncOf: last arg of variadic func must be slice")
	}
	return made(runtype.FuncOf(commons(in), commons(out), variadic), "FuncOf")
}

func commons(types []Type) []*runtype.Type {
	out := make([]*runtype.Type, len(types))
	for i, t := range types {
		out[i] = t.common()
	}
	return out
}

func StructOf(fields []StructField) Type {
	var list []runtype.StructField
	for i, f := range fields {
		if f.Name == "" {
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has no name")
		}
		if f.Type == nil {
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has no type")
		}
		list = append(list, runtype.StructField{Name: f.Name, PkgPath: f.PkgPath,
			Tag: string(f.Tag), Type: f.Type.common(), Embedded: f.Anonymous})
	}
	return made(runtype.StructOf(list), "StructOf")
}
