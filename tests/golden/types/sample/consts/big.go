package consts

const (
	huge     = 1 << 250
	small    = huge >> 248
	product  = huge * huge / huge
	third3   = 1.0 / 3
	tiny     = 1e-300 * 1e-300
	backTo   = tiny * 1e300 * 1e300
	maxU64   = 1<<64 - 1
	minI64   = -1 << 63
	pi       = 3.14159265358979323846264338327950288419716939937510582097494459
	hexFloat = 0x1.8p3
	octal    = 0o777
	old      = 0777
	binary   = 0b1010_1010
	grouped  = 1_000_000
)

var (
	_ uint64  = maxU64
	_ int64   = minI64
	_ float32 = pi
	_ float64 = huge
	_         = small
	_ float32 = 1e-50
	_ = pi * pi
	_ = float32(third3)
	_ = float64(float32(third3))
	_ = 0.1 + 0.2
	_ float64 = 0.1 + 0.2
	_ = 1e100
	_ = int64(1e18)
	_ = hexFloat
	_ = backTo > 0.5
)
