// -lang=go1.13
package p

type I interface{ m() }

type _ interface {
	I
	I
}

type J interface{ I }

type K interface{ I }

type _ interface {
	J
	K
}

type _ interface {
	m()
	I
}
