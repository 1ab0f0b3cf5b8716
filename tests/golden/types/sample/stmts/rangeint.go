package stmts

type Count int16

func rangeInts(n int, c Count, u uint8) {
	for i := range n {
		_ = i
	}
	for i := range 10 {
		_ = i
	}
	for i := range c {
		var _ Count = i
	}
	for range u {
	}
	var k uint8
	for k = range 200 {
	}
	for k = range u {
	}
	for i := range uint64(1) << 3 {
		_ = i
	}
	for i := range 'c' {
		_ = i
	}
	const limit = 5
	for i := range limit {
		defer func() { _ = i }()
	}
	for range 3 {
	}
	for i := range Count(3) + c {
		_ = i
	}
	_ = k
}

func rangeParam[T ~int](n T) (sum T) {
	for i := range n {
		sum += i
	}
	return
}
