package consts

var s uint = 33

var (
	sh1       = 1 << s
	sh2 int32 = 1 << s
	sh3       = uint64(1 << s)
	sh4       = 1<<s == 2<<s
	sh5       = 1<<s == 1<<33
	sh6 uint16 = 1 << s << 1
	sh7       = uint32(1)<<s != 1
	sh8       = make([]byte, 1<<s>>s)
	sh9       = [100]int{}[1<<s&7]
	sh10 int64 = 1.0 << s
	sh11      = 1.0 << 3
	sh12      = "abc"[1<<s&1]
)

const (
	shc1 = 1 << 3.0
	shc2 = 'a' << 1
	shc3 int8 = -1 << 7
	shc4 = 1 << 100 >> 98
	shc5 = uint8(255) >> 4
)

func shift[T ~int | ~uint8](x T, n uint) T {
	var u int = 1 << n
	_ = u
	x <<= n
	x >>= 1
	return x<<n | 1<<n
}

func shiftArg(n int) (float64, any, int8) {
	takes := func(x int8) int8 { return x }
	var e any = 1 << n
	return float64(uint(1) << n), e, takes(1 << n)
}
