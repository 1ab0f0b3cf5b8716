package p

import (
	"context"
	"io"
	"os"
)

// What only counts what is written does not look after the file.
type counter struct {
	w io.Writer
	n int
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += n
	return n, err
}

type storage interface {
	Download(ctx context.Context, w io.Writer) error
	Attach(w io.Writer) error
}

func download(ctx context.Context, s storage, p string) error {
	f, err := os.Create(p) // want "`f` may be still open when"
	if err != nil {
		return err
	}
	return s.Download(ctx, &counter{w: f})
}

func downloadThere(ctx context.Context, s storage, p string) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	return s.Attach(f)
}

type collect func(ctx context.Context, w io.Writer) error

func collectInto(ctx context.Context, c collect, p string) error {
	f, err := os.Create(p) // want "`f` may be still open when"
	if err != nil {
		return err
	}
	return c(ctx, f)
}

// Nobody can tell what becomes of it there.
func handOver(c func(w io.Writer), p string) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	c(&counter{w: f})
	return nil
}

func limited(p string) ([]byte, error) {
	f, err := os.Open(p) // want "`f` may be still open when"
	if err != nil {
		return nil, err
	}
	return io.ReadAll(&io.LimitedReader{R: f, N: 100})
}

type fileCounter struct {
	f *os.File
	n int
}

func (c *fileCounter) Write(p []byte) (int, error) {
	c.n += len(p)
	return c.f.Write(p)
}

func (c *fileCounter) finish() error { return c.f.Close() }

func closedThroughField(c collect, p string) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	counted := &fileCounter{f: f}
	if err := c(context.Background(), counted); err != nil {
		counted.f.Close()
		return err
	}
	return counted.f.Close()
}

func closedByMethod(c collect, p string) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	counted := &fileCounter{f: f}
	defer counted.finish()
	return c(context.Background(), counted)
}

func returned(p string) (io.Writer, error) {
	f, err := os.Create(p)
	if err != nil {
		return nil, err
	}
	return &fileCounter{f: f}, nil
}

type set struct{ c *fileCounter }

func (s *set) keep(p string) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	s.c = &fileCounter{f: f}
	return nil
}

// The one method that can be called keeps what it is given.
type sink interface{ writeInto(w io.Writer) error }

type keeper struct{ w io.Writer }

func (k *keeper) writeInto(w io.Writer) error {
	k.w = w
	return nil
}

func give(s sink, p string) error {
	f, err := os.Create(p)
	if err != nil {
		return err
	}
	return s.writeInto(f)
}

func giveKeeper(p string) error { return give(&keeper{}, p) }

type tasks struct{ all []func() error }

func (t *tasks) Go(f func() error) { t.all = append(t.all, f) }

// What else the literal captures does not look after the file.
func lines(p string, t *tasks) error {
	f, err := os.Open(p) // want "`f` may be still open when"
	if err != nil {
		return err
	}
	work := make(chan []byte, 1)
	t.Go(func() error {
		b := make([]byte, 10)
		flush := func() { work <- b }
		_, err := f.Read(b)
		flush()
		return err
	})
	return nil
}

func linesClosed(p string, t *tasks) error {
	f, err := os.Open(p)
	if err != nil {
		return err
	}
	work := make(chan []byte, 1)
	t.Go(func() error {
		defer f.Close()
		b := make([]byte, 10)
		_, err := f.Read(b)
		work <- b
		return err
	})
	return nil
}

// The literal releases what the variable has by then.
func linesLater(p string, t *tasks) error {
	var r io.Closer
	t.Go(func() error { return r.Close() })
	f, err := os.Open(p)
	if err != nil {
		return err
	}
	r = f
	return nil
}
