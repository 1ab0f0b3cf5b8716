//package: part

package p

// Another file may defer it.
func helper() { recover() }

func caller() {
	defer func() { helper() }() // want "`helper\(\)` is called by the deferred function"
}

func certain() {
	defer recover() // want "deferred itself"
}

func method(g guard) { g.stop() }

type guard struct{}

func (guard) stop() { recover() }
