package ifaces

type Signed interface{ ~int | ~int8 | ~int16 | ~int32 | ~int64 }
type Unsigned interface{ ~uint | ~uint8 | uintptr }
type Integer interface{ Signed | Unsigned }
type Float interface{ ~float32 | ~float64 }
type Number interface {
	Integer | Float
	comparable
}
type Stringish interface {
	~string
	String() string
}
type Bytes interface{ []byte | string }
type Empty interface {
	int
	string
}
type Ptr[T any] interface {
	*T
	Set(string)
}
type Inline interface {
	interface{ ~int | string }
	interface{ ~int }
}

type Named string

func (n Named) String() string { return string(n) }

type setter struct{ v string }

func (s *setter) Set(v string) { s.v = v }

func sum[N Number](a, b N) N         { return a*b + 1 }
func lens[B Bytes](b B) int          { return len(b) + int(b[0]) + len(b[1:]) }
func str[S Stringish](s S) string    { return s.String() + string(s) + string(s[1:]) }
func conv[T Integer, U Float](t T) U { return U(t) / 2 }
func inl[T Inline](t T) int          { return int(t) << 1 }
func make2[T any, P Ptr[T]](s string) T {
	var t T
	P(&t).Set(s)
	p := P(new(T))
	p.Set(s)
	return *p
}
func none[T Empty](T) {}
func cmp[T comparable](a, b T, m map[T]int) bool { return a == b && m[a] == m[b] }
func iter[T ~[]E, E any](t T) (last E) {
	for _, last = range t {
	}
	return
}

func uses() {
	_ = sum(1, 2) + sum[int](3, 4)
	_ = sum(1.5, 2)
	_ = lens("a") + lens([]byte{1})
	_ = str(Named("x"))
	_ = conv[int8, float64](3)
	_ = make2[setter]("s").v
	_ = cmp[any](1, "a", nil)
	_ = cmp(Named("a"), "b", nil)
	_ = iter([]Named{"a"})
	_ = inl(3)
}
