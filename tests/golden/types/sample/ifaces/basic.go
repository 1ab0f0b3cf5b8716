package ifaces

type Reader interface{ Read(p []byte) (n int, err error) }
type Writer interface{ Write(p []byte) (n int, err error) }
type Closer interface{ Close() error }
type ReadWriter interface {
	Reader
	Writer
}
type All interface {
	ReadWriter
	Closer
	Reader
	interface{ Extra(...int) }
}

type file struct{ data []byte }

func (f *file) Read(p []byte) (int, error)  { return copy(p, f.data), nil }
func (f *file) Write(p []byte) (int, error) { f.data = append(f.data, p...); return len(p), nil }
func (f file) Close() error                 { return nil }
func (file) Extra(xs ...int)                {}

var _ All = (*file)(nil)
var _ Closer = file{}

func use(a All, rw ReadWriter, any2 any) error {
	var r Reader = a
	r = rw
	if c, ok := r.(Closer); ok {
		return c.Close()
	}
	w := r.(Writer)
	if n, err := w.Write(nil); err != nil || n > 0 {
		return err
	}
	f := r.(*file)
	f.Extra(1, 2)
	a.Extra([]int{1}...)
	read := a.Read
	_, _ = read(nil)
	_, _ = Reader.Read(r, nil)
	_ = All.Close
	_ = interface{ Closer }.Close
	any2 = a
	any2 = any2.(interface {
		Closer
		Reader
	}).Close()
	_, _ = any2.(error)
	_ = any2.(error).Error()
	func(rs ...Reader) {}(a, f, rw)
	m := map[Reader]Writer{a: rw, f: f}
	_ = m[r].(All).(Closer)
	return nil
}
