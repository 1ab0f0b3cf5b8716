package middle

func loops(n int) (fs []func() int) {
	for i := 0; i < n; i++ {
		fs = append(fs, func() int { return i })
	}
	for i := range make([]int, n) {
		defer func() { _ = i }()
	}
	clear(fs)
	return fs[:min(n, len(fs))]
}

type Set[K comparable] map[K]struct{}

func (s Set[K]) Has(k K) bool { _, ok := s[k]; return ok }

var _ = Set[any]{}.Has(1)

func infer[T any](f func(T), x T) { f(x) }

func init() { infer(func(string) {}, "x") }
