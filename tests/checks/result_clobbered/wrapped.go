package p

type encode func(int) string

type withPrefix struct {
	prefix string
	inner  encode
}

func (w *withPrefix) encode(n int) string { return w.prefix + w.inner(n) }

// The encoder that is chosen is a part of the one that is returned.
func encoderFor(kind int, prefix string) (e encode) {
	if prefix != "" {
		defer func() {
			w := withPrefix{prefix: prefix, inner: e}
			e = w.encode
		}()
	}
	if kind == 0 {
		return func(int) string { return "" }
	}
	return func(n int) string { return string(rune(n)) }
}

func encoderForNone(prefix string) (e encode) {
	defer func() {
		w := withPrefix{prefix: prefix}
		e = w.encode // want "this overwrites what `e` holds"
	}()
	return func(int) string { return "" }
}
