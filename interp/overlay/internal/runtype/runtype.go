// Package runtype shows the types and the memory of the running program. All
// that has no body here is implemented by the interpreter.
package runtype

import "unsafe"

// Type is one of the interpreter's run-time types: identical types have equal
// addresses. It has no fields that Go code may look at.
type Type struct {
	opaque byte
}

// Of is the dynamic type of x, nil for nil.
func Of(x any) *Type

// Word is the data word of x.
func Word(x any) unsafe.Pointer

// Make puts an interface value together.
func Make(t *Type, word unsafe.Pointer) any

// Methods of types, as package reflect knows them; for kinds that have the
// property.
func (t *Type) Size() uintptr
func (t *Type) Align() int
func (t *Type) Kind() uint8
func (t *Type) Direct() bool
func (t *Type) HasPointers() bool
func (t *Type) Comparable() bool
func (t *Type) Hash() uint32
func (t *Type) Name() string
func (t *Type) String() string
func (t *Type) PkgPath() string
func (t *Type) Elem() *Type
func (t *Type) Key() *Type
func (t *Type) Len() int
func (t *Type) ChanDir() int
func (t *Type) NumField() int
func (t *Type) Field(i int) (name, pkgPath, tag string, typ *Type, offset uintptr, embedded bool)
func (t *Type) NumIn() int
func (t *Type) In(i int) *Type
func (t *Type) NumOut() int
func (t *Type) Out(i int) *Type
func (t *Type) Variadic() bool

// NumMethod counts all methods, exported or not; Method gives them by name.
func (t *Type) NumMethod() int
func (t *Type) Method(i int) (name, pkgPath string, typ *Type)

// Missing is the name of a method of the interface that t lacks.
func (t *Type) Missing(iface *Type) (name string, missing bool)
func (t *Type) AssignableTo(u *Type) bool
func (t *Type) SameUnderlying(u *Type, withTags bool) bool

// Types made of others; nil if the interpreter cannot make the type.
func (t *Type) PointerTo() *Type
func (t *Type) SliceOf() *Type
func (t *Type) ArrayOf(n int) *Type
func (t *Type) ChanOf(dir int) *Type
func (t *Type) MapOf(elem *Type) *Type
func FuncOf(in, out []*Type, variadic bool) *Type

// StructField describes a field for StructOf.
type StructField struct {
	Name     string
	PkgPath  string
	Tag      string
	Type     *Type
	Embedded bool
}

func StructOf(fields []StructField) *Type

// Memory.
func (t *Type) New() unsafe.Pointer
func (t *Type) NewArray(n int) unsafe.Pointer
func (t *Type) Copy(to, from unsafe.Pointer, n int)
func (t *Type) Clear(p unsafe.Pointer, n int)

// Equal panics as == does.
func (t *Type) Equal(p, q unsafe.Pointer) bool

// Add is p moved by n bytes.
func Add(p unsafe.Pointer, n uintptr) unsafe.Pointer

// Load and Store of numbers and words, by size in bytes; ints are extended.
func LoadInt(p unsafe.Pointer, size uintptr) int64
func LoadUint(p unsafe.Pointer, size uintptr) uint64
func LoadPointer(p unsafe.Pointer) unsafe.Pointer
func StoreInt(p unsafe.Pointer, size uintptr, v uint64)
func StorePointer(p, v unsafe.Pointer)
func LoadString(p unsafe.Pointer) string
func StoreString(p unsafe.Pointer, s string)
func LoadInterface(p unsafe.Pointer) any
func StoreInterface(p unsafe.Pointer, v any)
func LoadBytes(p unsafe.Pointer) []byte

// Maps; a map is its word. m may be nil but for Set.
func (t *Type) MakeMap(n int) unsafe.Pointer
func MapLen(m unsafe.Pointer) int
func (t *Type) MapFind(m, key unsafe.Pointer) unsafe.Pointer
func (t *Type) MapSet(m, key, elem unsafe.Pointer)
func (t *Type) MapDelete(m, key unsafe.Pointer)
func (t *Type) MapClear(m unsafe.Pointer)

// MapIter is the interpreter's iterator over a map.
type MapIter struct {
	Map     unsafe.Pointer
	entries unsafe.Pointer
	numbers [4]uint64
	// Of the current entry.
	Key  unsafe.Pointer
	Elem unsafe.Pointer
}

func (it *MapIter) Start(m unsafe.Pointer)
func (it *MapIter) Next() bool

// Call calls the function value fn. Arguments and results lie in memory at
// multiples of eight bytes; size is that of the arguments.
func Call(fn, args unsafe.Pointer, size uintptr, results unsafe.Pointer)

// CallMethod calls method number i of t as Call calls a function; word is what an
// interface with the receiver holds. If t is an interface type, the receiver is
// of type dynamic.
func (t *Type) CallMethod(i int, dynamic *Type, word, args unsafe.Pointer, size uintptr, results unsafe.Pointer)

// NewFunc makes a function value of type t that calls
// reflect.callMade(made, args, results).
func (t *Type) NewFunc(made unsafe.Pointer) unsafe.Pointer

// MethodFunc is the function, of the receiver and the arguments, that method number
// i of t is; t is no interface type.
func (t *Type) MethodFunc(i int) unsafe.Pointer

// NewMethodFunc makes a function value that calls method number i of t, as
// CallMethod would.
func (t *Type) NewMethodFunc(i int, dynamic *Type, word unsafe.Pointer) unsafe.Pointer

// Channels, by their word; t is the channel's type. Try: 0 would block, 1 done, 2 closed.
func (t *Type) MakeChan(n int) unsafe.Pointer
func ChanLen(ch unsafe.Pointer) int
func ChanCap(ch unsafe.Pointer) int
func ChanClose(ch unsafe.Pointer)
func (t *Type) ChanSend(ch, elem unsafe.Pointer, block bool) bool
func (t *Type) ChanRecv(ch, elem unsafe.Pointer, block bool) (selected, received bool)
