package part

func Max(a, b int) int {
	if a > b {
		return a
	}
	return b
}

type Iface interface {
	M()
	N() Iface
}

type Both interface {
	Iface
	interface{ N() Iface }
}
