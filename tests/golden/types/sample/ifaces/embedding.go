package ifaces

type Visitor interface {
	Visit(Visitor) Visitor
	private()
}

type wrapped struct {
	Visitor
	Reader
	*file
	error
}

type chain interface {
	Next() link
}

type link interface {
	chain
	Last() bool
}

type Err interface {
	error
	Unwrap() error
}

type comparableErr interface {
	comparable
	error
}

func walk(w wrapped, c chain, e Err) {
	w.Visit(w).Visit(nil).private()
	_, _ = w.Reader.Read(nil)
	_ = w.file.Close()
	_, _ = w.Write(nil)
	_ = w.Error() + e.Unwrap().Error()
	_ = c.Next().Next().Last()
	var v interface{ Visit(v Visitor) Visitor } = w
	_, _ = v.(Visitor)
}

func same[E comparableErr](a, b E) bool { return a == b && a.Error() == b.Error() }
