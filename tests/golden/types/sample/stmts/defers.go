package stmts

type resource struct{ open bool }

func (r *resource) Close() error    { r.open = false; return nil }
func (r resource) report(msg string) {}

func defers(r *resource, fs []func(int)) (err error) {
	defer r.Close()
	defer func() { err = r.Close() }()
	defer r.report("x")
	defer (*resource).Close(r)
	defer resource.report(*r, "y")
	for i, f := range fs {
		defer f(i)
		go f(i + 1)
	}
	defer func(format string, args ...any) {
		if p := recover(); p != nil {
			err = p.(error)
		}
	}("a", 1, nil)
	defer recover()
	defer panic(err)
	go r.report("z")
	go func() {}()
	defer (func() {})()
	return r.Close()
}
