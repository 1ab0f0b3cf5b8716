package golden

func ranges(xs []int, m map[string]int, ch chan int, n int, seq func(func(int, string) bool)) {
	for range xs {
	}
	for i := range xs {
	}
	for i, x := range xs {
	}
	for _, x := range xs {
	}
	for _ = range xs {
	}
	for _, _ = range xs {
	}
	for i = range xs {
	}
	for i, a.b = range xs {
	}
	for a[0], *p = range m {
	}
	for f().x, (q) = range m {
	}
	for range n {
	}
	for i := range 10 {
	}
	for range ch {
	}
	for v := range ch {
	}
	for a, b := range seq {
	}
	for range seq {
	}
	for i := range func(yield func(int) bool) { yield(1) } {
	}
	for x := range slices.Values(xs) {
	}
	for i := range len(xs) - 1 {
	}
	for _, c := range "text" {
	}
	for i := range [...]int{1, 2, 3} {
	}
	for i := range []T{{1}, {2}} {
	}
	for i := range (T{1}) {
	}
	for k := range map[string]struct{}{"a": {}} {
	}
	for i := range &a {
	}
	for i := range *p {
	}
	for i := range <-ch {
	}
	for range x.y.z[1:] {
	}
outer:
	for i := range 3 {
		for range i { continue outer }
	}
}
