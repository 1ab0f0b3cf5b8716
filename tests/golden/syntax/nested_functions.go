package golden

func outer() func() func() int {
	type local[T any] struct{ v T }
	var x = func() func() int {
		const c = iota
		return func() int {
			var fs []func() func() int
			for i := range 3 {
				fs = append(fs, func() func() int {
					defer func() {
						defer func() {
							defer func() { recover() }()
						}()
					}()
					return func() int { return i }
				})
			}
			return fs[0]()()
		}
	}
	return func() func() int { return x() }
}
