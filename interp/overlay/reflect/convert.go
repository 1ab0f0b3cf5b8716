package reflect

import (
	"internal/runtype"
	"iter"
	"unsafe"
)

type converter func(v Value, to *runtype.Type) Value

func (v Value) CanConvert(t Type) bool {
	if !v.Type().ConvertibleTo(t) {
		return false
	}
	switch {
	case v.Kind() == Slice && t.Kind() == Array && t.Len() > v.Len():
		return false
	case v.Kind() == Slice && t.Kind() == Pointer && t.Elem().Kind() == Array && t.Elem().Len() > v.Len():
		return false
	}
	return true
}

func (v Value) Convert(t Type) Value {
	if v.flag&flagMethod != 0 {
		v = v.methodValue()
	}
	convert := conversion(v.Type().common(), t.common())
	if convert == nil {
		panic("reflect.Value.Convert: value of type " + v.Type().String() + " cannot be converted to type " + t.String())
	}
	out := convert(v, t.common())
	out.flag |= v.flag & flagReadOnly
	return out
}

func newNumber(to *runtype.Type, bits uint64) Value {
	p := to.New()
	runtype.StoreInt(p, to.Size(), bits)
	return Value{t: to, p: p, flag: flagIndirect}
}

func newFloat(to *runtype.Type, x float64) Value {
	p := to.New()
	storeFloat(p, to.Size(), x)
	return Value{t: to, p: p, flag: flagIndirect}
}

func newString(to *runtype.Type, s string) Value {
	p := to.New()
	runtype.StoreString(p, s)
	return Value{t: to, p: p, flag: flagIndirect}
}

func isFloat(k Kind) bool   { return k == Float32 || k == Float64 }
func isComplex(k Kind) bool { return k == Complex64 || k == Complex128 }

// conversion is how to convert, nil if that is not possible.
func conversion(from, to *runtype.Type) converter {
	a, b := Kind(from.Kind()), Kind(to.Kind())
	switch {
	case isInt(a) && (isInt(b) || isUint(b)):
		return func(v Value, to *runtype.Type) Value { return newNumber(to, uint64(v.Int())) }
	case isUint(a) && (isInt(b) || isUint(b)):
		return func(v Value, to *runtype.Type) Value { return newNumber(to, v.Uint()) }
	case isInt(a) && isFloat(b):
		return func(v Value, to *runtype.Type) Value { return newFloat(to, float64(v.Int())) }
	case isUint(a) && isFloat(b):
		return func(v Value, to *runtype.Type) Value { return newFloat(to, float64(v.Uint())) }
	case isFloat(a) && isInt(b):
		return func(v Value, to *runtype.Type) Value { return newNumber(to, uint64(int64(v.Float()))) }
	case isFloat(a) && isUint(b):
		return func(v Value, to *runtype.Type) Value { return newNumber(to, uint64(v.Float())) }
	case isFloat(a) && isFloat(b):
		return func(v Value, to *runtype.Type) Value { return newFloat(to, v.Float()) }
	case isComplex(a) && isComplex(b):
		return func(v Value, to *runtype.Type) Value {
			p := to.New()
			out := Value{t: to, p: p, flag: flagIndirect | flagAddr}
			out.SetComplex(v.Complex())
			out.flag = flagIndirect
			return out
		}
	case isInt(a) && b == String:
		return func(v Value, to *runtype.Type) Value {
			s := "\uFFFD"
			if x := v.Int(); int64(rune(x)) == x {
				s = string(rune(x))
			}
			return newString(to, s)
		}
	case isUint(a) && b == String:
		return func(v Value, to *runtype.Type) Value {
			s := "\uFFFD"
			if x := v.Uint(); uint64(rune(x)) == x {
				s = string(rune(x))
			}
			return newString(to, s)
		}
	case a == String && b == Slice && to.Elem().PkgPath() == "" && Kind(to.Elem().Kind()) == Uint8:
		return func(v Value, to *runtype.Type) Value {
			b := []byte(v.String())
			return makeSlice(to, unsafe.Pointer(unsafe.SliceData(b)), len(b), cap(b), 0)
		}
	case a == String && b == Slice && to.Elem().PkgPath() == "" && Kind(to.Elem().Kind()) == Int32:
		return func(v Value, to *runtype.Type) Value {
			r := []rune(v.String())
			return makeSlice(to, unsafe.Pointer(unsafe.SliceData(r)), len(r), cap(r), 0)
		}
	case a == Slice && b == String && from.Elem().PkgPath() == "" && Kind(from.Elem().Kind()) == Uint8:
		return func(v Value, to *runtype.Type) Value {
			return newString(to, string(runtype.LoadBytes(v.p)))
		}
	case a == Slice && b == String && from.Elem().PkgPath() == "" && Kind(from.Elem().Kind()) == Int32:
		return func(v Value, to *runtype.Type) Value {
			var s []rune
			for i := range v.Len() {
				s = append(s, rune(v.Index(i).Int()))
			}
			return newString(to, string(s))
		}
	case a == Slice && b == Pointer && Kind(to.Elem().Kind()) == Array && from.Elem() == to.Elem().Elem():
		return func(v Value, to *runtype.Type) Value {
			if n := to.Elem().Len(); n > v.Len() {
				panic("reflect: cannot convert slice with length " + itoa(v.Len()) + " to pointer to array with length " + itoa(n))
			}
			return Value{t: to, p: runtype.LoadPointer(v.p)}
		}
	case a == Slice && b == Array && from.Elem() == to.Elem():
		return func(v Value, to *runtype.Type) Value {
			if n := to.Len(); n > v.Len() {
				panic("reflect: cannot convert slice with length " + itoa(v.Len()) + " to array with length " + itoa(n))
			}
			p := to.New()
			to.Elem().Copy(p, runtype.LoadPointer(v.p), to.Len())
			return Value{t: to, p: p, flag: flagIndirect}
		}
	case a == Chan && b == Chan && from.AssignableTo(to), from.SameUnderlying(to, false),
		a == Pointer && b == Pointer && from.PkgPath() == "" && from.Name() == "" && to.Name() == "" &&
			from.Elem().SameUnderlying(to.Elem(), false):
		return func(v Value, to *runtype.Type) Value {
			if v.flag&flagAddr != 0 {
				v = copied(v.t, v.p, 0)
			}
			v.t = to
			return v
		}
	case b == Interface:
		if _, missing := from.Missing(to); missing {
			return nil
		}
		return func(v Value, to *runtype.Type) Value {
			p := to.New()
			if v.Kind() != Interface || !v.IsNil() {
				runtype.StoreInterface(p, v.boxed())
			}
			return Value{t: to, p: p, flag: flagIndirect}
		}
	}
	return nil
}

// Comparing.

func (v Value) Comparable() bool {
	switch v.Kind() {
	case Invalid:
		return true
	case Interface:
		return v.IsNil() || v.Elem().Comparable()
	case Array:
		for i := range v.Len() {
			if !v.Index(i).Comparable() {
				return false
			}
		}
		return v.t.Elem().Comparable()
	case Struct:
		for i := range v.NumField() {
			if !v.Field(i).Comparable() {
				return false
			}
		}
		return true
	}
	return v.t.Comparable()
}

func (v Value) Equal(u Value) bool {
	if v.Kind() == Interface {
		v = v.Elem()
	}
	if u.Kind() == Interface {
		u = u.Elem()
	}
	if !v.IsValid() || !u.IsValid() {
		return v.IsValid() == u.IsValid()
	}
	if v.Kind() != u.Kind() || v.Type() != u.Type() {
		return false
	}
	if !v.t.Comparable() {
		panic("reflect.Value.Equal: values of type " + v.Type().String() + " are not comparable")
	}
	return v.t.Equal(v.at(), u.at())
}

type visit struct {
	a, b unsafe.Pointer
	t    *runtype.Type
}

// DeepEqual is equality that goes through pointers, slices and maps.
func DeepEqual(x, y any) bool {
	if x == nil || y == nil {
		return x == y
	}
	a, b := ValueOf(x), ValueOf(y)
	return a.t == b.t && deepEqual(a, b, map[visit]bool{})
}

func deepEqual(a, b Value, visited map[visit]bool) bool {
	if !a.IsValid() || !b.IsValid() {
		return a.IsValid() == b.IsValid()
	}
	if a.t != b.t {
		return false
	}
	switch a.Kind() {
	case Pointer, Map, Slice, Interface:
		if a.Kind() != Interface && !a.IsNil() && !b.IsNil() {
			key := visit{a.UnsafePointer(), b.UnsafePointer(), a.t}
			if a.Kind() == Slice && a.Len() != b.Len() {
				return false
			}
			if visited[key] {
				return true
			}
			visited[key] = true
		}
	}
	switch a.Kind() {
	case Array:
		for i := range a.Len() {
			if !deepEqual(a.Index(i), b.Index(i), visited) {
				return false
			}
		}
		return true
	case Slice:
		if a.IsNil() != b.IsNil() || a.Len() != b.Len() {
			return false
		}
		if a.UnsafePointer() == b.UnsafePointer() {
			return true
		}
		for i := range a.Len() {
			if !deepEqual(a.Index(i), b.Index(i), visited) {
				return false
			}
		}
		return true
	case Interface:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		return deepEqual(a.Elem(), b.Elem(), visited)
	case Pointer:
		if a.UnsafePointer() == b.UnsafePointer() {
			return true
		}
		return deepEqual(a.Elem(), b.Elem(), visited)
	case Struct:
		for i := range a.NumField() {
			if !deepEqual(a.Field(i), b.Field(i), visited) {
				return false
			}
		}
		return true
	case Map:
		if a.IsNil() != b.IsNil() || a.Len() != b.Len() {
			return false
		}
		if a.UnsafePointer() == b.UnsafePointer() {
			return true
		}
		for it := a.MapRange(); it.Next(); {
			other := b.MapIndex(it.Key())
			if !other.IsValid() || !deepEqual(it.Value(), other, visited) {
				return false
			}
		}
		return true
	case Func:
		return a.IsNil() && b.IsNil()
	}
	return a.t.Equal(a.at(), b.at())
}

// Swapper swaps elements of a slice.
func Swapper(slice any) func(i, j int) {
	v := ValueOf(slice)
	if v.Kind() != Slice {
		panic(&ValueError{Method: "Swapper", Kind: v.Kind()})
	}
	elem := v.t.Elem()
	spare := elem.New()
	n := v.Len()
	return func(i, j int) {
		if uint(i) >= uint(n) || uint(j) >= uint(n) {
			panic("reflect: slice index out of range")
		}
		a, b := v.Index(i), v.Index(j)
		elem.Copy(spare, a.p, 1)
		elem.Copy(a.p, b.p, 1)
		elem.Copy(b.p, spare, 1)
	}
}

// Iterating.

func (v Value) Seq() iter.Seq[Value] {
	if v.Kind() == Func && (*rtype)(v.t).CanSeq() {
		return func(yield func(Value) bool) {
			v.Call([]Value{MakeFunc(v.Type().In(0), func(in []Value) []Value {
				return []Value{ValueOf(yield(in[0]))}
			})})
		}
	}
	switch {
	case v.CanInt() || v.CanUint():
		return func(yield func(Value) bool) {
			if v.CanInt() {
				for i := range v.Int() {
					if !yield(ValueOf(i).Convert(v.Type())) {
						return
					}
				}
				return
			}
			for i := range v.Uint() {
				if !yield(ValueOf(i).Convert(v.Type())) {
					return
				}
			}
		}
	case v.Kind() == Chan:
		return func(yield func(Value) bool) {
			for {
				x, ok := v.Recv()
				if !ok || !yield(x) {
					return
				}
			}
		}
	case v.Kind() == Map:
		return func(yield func(Value) bool) {
			for it := v.MapRange(); it.Next(); {
				if !yield(it.Key()) {
					return
				}
			}
		}
	case v.Kind() == String:
		return func(yield func(Value) bool) {
			for i := range v.String() {
				if !yield(ValueOf(i)) {
					return
				}
			}
		}
	case v.Kind() == Slice, v.Kind() == Array, v.Kind() == Pointer:
		return func(yield func(Value) bool) {
			for i := range v.Len() {
				if !yield(ValueOf(i)) {
					return
				}
			}
		}
	}
	panic("reflect: " + v.Type().String() + " cannot produce iter.Seq[Value]")
}

func (v Value) Seq2() iter.Seq2[Value, Value] {
	if v.Kind() == Func && (*rtype)(v.t).CanSeq2() {
		return func(yield func(Value, Value) bool) {
			v.Call([]Value{MakeFunc(v.Type().In(0), func(in []Value) []Value {
				return []Value{ValueOf(yield(in[0], in[1]))}
			})})
		}
	}
	switch v.Kind() {
	case Map:
		return func(yield func(Value, Value) bool) {
			for it := v.MapRange(); it.Next(); {
				if !yield(it.Key(), it.Value()) {
					return
				}
			}
		}
	case String:
		return func(yield func(Value, Value) bool) {
			for i, r := range v.String() {
				if !yield(ValueOf(i), ValueOf(r)) {
					return
				}
			}
		}
	case Slice, Array, Pointer:
		if v.Kind() == Pointer {
			v = v.Elem()
		}
		return func(yield func(Value, Value) bool) {
			for i := range v.Len() {
				if !yield(ValueOf(i), v.Index(i)) {
					return
				}
			}
		}
	}
	panic("reflect: " + v.Type().String() + " cannot produce iter.Seq2[Value, Value]")
}

func (v Value) Fields() iter.Seq2[StructField, Value] {
	t := v.Type()
	return func(yield func(StructField, Value) bool) {
		for i := range v.NumField() {
			if !yield(t.Field(i), v.Field(i)) {
				return
			}
		}
	}
}

func (v Value) Methods() iter.Seq2[Method, Value] {
	t := v.Type()
	return func(yield func(Method, Value) bool) {
		for i := range v.NumMethod() {
			if !yield(t.Method(i), v.Method(i)) {
				return
			}
		}
	}
}

// SliceHeader and StringHeader are how slices and strings lie in memory.
type SliceHeader struct {
	Data uintptr
	Len  int
	Cap  int
}

type StringHeader struct {
	Data uintptr
	Len  int
}
