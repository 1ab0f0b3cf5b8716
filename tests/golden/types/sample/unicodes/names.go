package unicodes

type Größe int
type Точка struct{ х, у float64 }
type 点 = Точка

const π, Ωmega = 3.14159, "Ω"

var (
	été     = π * 2
	ñandú   Größe = 3
	日本      = "日本" + Ωmega
	_x, x_1 = 1, 2
)

func (т Точка) Сумма() float64 { return т.х + т.у }

func über(größe Größe, 値 ...点) (výsledek float64) {
	for индекс, точка := range 値 {
		výsledek += точка.Сумма() + float64(индекс); _ = 日本[0]
	}
	метка:
	for {
		break метка
	}
	return výsledek * float64(größe)
}
