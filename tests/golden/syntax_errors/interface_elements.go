package golden

type A interface {
	m() int string // want
	x, y() // want
	n int
	func() // want
	~ // want
	int |
	o(
}



var after = 1
