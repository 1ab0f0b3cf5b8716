package consts

import "unsafe"

type Celsius float64
type Bits uint8

const (
	Boiling Celsius = 100
	Warm            = Boiling / 3
	Mask       Bits = 1 << 7
	All             = ^Bits(0)
	None            = All &^ All
	Size            = unsafe.Sizeof(Boiling)
	Wide            = uint64(All)
	arrayLen        = len([3]int{}) + cap([4]string{})
	ptrLen          = len((*[5]int)(nil))
)

var (
	hot        = Warm * 2
	flags Bits = Mask | 3
	toggled    = flags ^ 0xf
	asFloat    = float64(Mask) / 3
	asInt8     = int8(Mask / Mask * 0)
	ratio      = Celsius(7) / 2
	arr        [Mask]struct{}
	arr2       [arrayLen + ptrLen]int
)
