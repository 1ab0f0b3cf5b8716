package golden

func f[]() { // want
}

func g[T]() { // want
}

func h[T any, U]() { // want
}

func (t T) i[U any]() { // want
}

var j = func[T any]() {} // want

type K[T any, U] int // want

type L[] int

type M[T any]=

func n[T any {} // want

type O interface {
	m[T any]() // want
}

func last() {}
