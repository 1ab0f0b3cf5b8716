package initorder

var a = b + c()
var b = f2(1)
var x, y = pair(z)

func c() int { return d + len(names) }

var names = map[string]int{"a": later, "b": func() int { return e }()}

func init() { a++ }
func init() { b += a }

type T struct{ n int }

func (t T) method() int { return z }

var viaMethod = T.method(T{})
var viaValue = T{}.method
