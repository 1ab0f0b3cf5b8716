package golden

var é, ñandú, Σίσυφος, Привет, 日本語, क, ﬃ, 𝔘𝔫𝔦, ʼn, ª, º, µ int

var x٠, x१, _௧, a߀ = 1, 2, 3, 4

type Größe struct {
	Höhe, 幅 int
	_über  ϕ[Größe]
}

func (größe *Größe) Fläche() (результат int) { return größe.Höhe * größe.幅 }

type ϕ[тип any] []тип

const _, __, _1, x_y_z = iota, iota, iota, iota

func ǅ() { 標: for { break 標 } }
