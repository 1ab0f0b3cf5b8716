//go:build go1.21

package versions

// A file's language version is not lowered below 1.21.
func old() (fs []func() int) {
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { return i })
	}
	return fs
}
