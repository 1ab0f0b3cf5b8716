// Package lo has what the tests need of github.com/samber/lo.
package lo

func Must[T any](value T, err any) T {
	if err != nil {
		panic(err)
	}
	return value
}
