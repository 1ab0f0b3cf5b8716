//go:build go1.22 && (linux || !linux)

package versions

func ints() (n int) {
	for i := range 3 {
		n += i
	}
	return min(n, 2)
}
