// Package unique without the tree of atomic nodes that gc's has, which finds
// its hash function in gc's own type descriptors: a map for each type, under
// one lock.
package unique

import (
	"runtime"
	"strings"
	"sync"
	"unsafe"
	"weak"
)

// Handle is equal to others that were made of an equal value.
type Handle[T comparable] struct {
	value *T
}

// Value returns a copy of what the handle was made of.
func (h Handle[T]) Value() T { return *h.value }

var (
	mu sync.Mutex
	// By the type, as a nil *T: *table[T].
	tables = map[any]any{}
)

// table has what is alive.
type table[T comparable] struct {
	values map[T]weak.Pointer[T]
}

// Values without a size are all equal.
var zero uintptr

// Make returns the handle of value.
func Make[T comparable](value T) Handle[T] {
	if unsafe.Sizeof(value) == 0 {
		return Handle[T]{(*T)(unsafe.Pointer(&zero))}
	}
	mu.Lock()
	defer mu.Unlock()
	key := any((*T)(nil))
	t, ok := tables[key].(*table[T])
	if !ok {
		t = &table[T]{map[T]weak.Pointer[T]{}}
		tables[key] = t
	}
	// A value that is to be hashed and cannot be panics here.
	if p := t.values[value].Value(); p != nil {
		return Handle[T]{p}
	}
	// What the string was cut from is not kept.
	if s, ok := any(value).(string); ok {
		value = any(strings.Clone(s)).(T)
	}
	p := new(T)
	*p = value
	if value != value {
		// NaN: nobody finds it again.
		return Handle[T]{p}
	}
	t.values[value] = weak.Make(p)
	runtime.AddCleanup(p, t.remove, value)
	return Handle[T]{p}
}

// remove forgets a value, if there is not another one like it meanwhile.
func (t *table[T]) remove(value T) {
	mu.Lock()
	defer mu.Unlock()
	if t.values[value].Value() == nil {
		delete(t.values, value)
	}
}
