package consts

const (
	untypedInt     = 42
	untypedRune    = 'é'
	untypedFloat   = 1.5
	untypedComplex = 2i
	untypedString  = "text"
	untypedBool    = 1 < 2
)

var (
	i0         = untypedInt
	r0         = untypedRune
	f0         = untypedFloat
	c0         = untypedComplex
	s0         = untypedString
	b0         = untypedBool
	u8   uint8 = untypedInt
	f32  float32 = untypedRune
	c64  complex64 = untypedInt + untypedFloat
	any0 any = untypedRune
	any1 any = untypedInt << 3
)

const mixed = untypedInt + untypedRune*untypedFloat - untypedComplex

var (
	quotient  = 7 / 2
	quotientF = 7 / 2.0
	remainder = -7 % 3
	fromRune  = 'a' + 1
	fromFloat = 2.0 * 3
	asInt  int = 2.0 * 3
	index      = [...]int{1, 2, 3}[2.0]
	cmp        = 1 == 1.0
	neg        = -untypedInt
	not        = !untypedBool
	inv        = ^untypedInt
	andnot     = 0xff &^ 0x0f
)

type MyBool bool

var myBool MyBool = i0 < 3
var plain = i0 < 3

func compare(x, y int) (MyBool, bool) {
	var m MyBool = x == y
	return m || x > y, x != y && !(x < y)
}
