package units

type Length float64
type Area = Squared[Length]

type Squared[L ~float64] struct{ value L }

func (s Squared[L]) Value() L { return s.value }

func Square(l Length) Area { return Area{l * l} }

const (
	Meter Length = 1
	Km           = 1000 * Meter
)
