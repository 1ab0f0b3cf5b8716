package generics

type Stack[T any] struct {
	items []T
	less  func(a, b T) bool
}

func NewStack[T any](xs ...T) *Stack[T] { return &Stack[T]{items: xs} }

func (s *Stack[T]) Push(x T) *Stack[T] { s.items = append(s.items, x); return s }
func (s *Stack[T]) Pop() (x T, ok bool) {
	if len(s.items) == 0 {
		return
	}
	x, s.items = s.items[len(s.items)-1], s.items[:len(s.items)-1]
	return x, true
}
func (s Stack[_]) Len() int { return len(s.items) }
func (s *Stack[Elem]) Sorted(less func(Elem, Elem) bool) (r Stack[Elem]) {
	r = *s
	r.less = less
	return r
}

type Entry[K comparable, V any] struct {
	Key   K
	Value V
}
type Cache[K comparable, V any] struct {
	Stack[Entry[K, V]]
	index map[K]*Entry[K, V]
	on    struct{ evict func(Entry[K, V]) }
}

func (c *Cache[K, V]) Get(k K) (v V, _ error) {
	if e, ok := c.index[k]; ok {
		return e.Value, nil
	}
	c.on.evict(Entry[K, V]{k, v})
	c.Push(Entry[K, V]{Key: k})
	return
}

type Matrix[T Num, R interface{ [2]T | [3]T }] struct{ rows []R }
type Set[T comparable] map[T]struct{}
type Pred[T any] func(T) bool
type Chan[T any] chan T
type Both[T any] interface {
	Get() T
	Put(T) Both[T]
}

func (s Set[T]) Add(x T) bool        { _, had := s[x]; s[x] = struct{}{}; return !had }
func (p Pred[T]) Not() Pred[T]       { return func(x T) bool { return !p(x) } }
func (c Chan[T]) Send(x T)           { c <- x }

func useTypes(b Both[string]) {
	s := NewStack(1, 2, 3)
	v, ok := s.Push(4).Pop()
	_, _ = v, ok
	_ = NewStack[string]().Len()
	c := &Cache[string, *Stack[int]]{}
	st, err := c.Get("a")
	_, _ = st.Pop()
	_ = err
	_ = c.items[0].Value.items[0]
	push := c.Push
	push(Entry[string, *Stack[int]]{})
	m := (*Stack[bool]).Push
	m(nil, true)
	_ = Set[rune]{'a': {}}.Add('b')
	_ = Pred[int](func(int) bool { return true }).Not()(3)
	Chan[error](nil).Send(nil)
	_ = b.Put(b.Get()).Get() + "x"
	_ = Matrix[float64, [2]float64]{rows: [][2]float64{{1, 2}}}
	var mm map[Entry[int, string]][]Stack[Set[string]]
	_ = mm[Entry[int, string]{1, "a"}][0].items[0]["k"]
	_ = s.Sorted(func(a, b int) bool { return a < b }).less
}
