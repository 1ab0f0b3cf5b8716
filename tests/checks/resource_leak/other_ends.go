package p

import (
	"errors"
	"net"
	"os"
)

// What holds a file may end otherwise than by a Close.

type upload struct {
	f    *os.File
	done bool
}

func newUpload(dir string) (*upload, error) {
	f, err := os.CreateTemp(dir, "up*")
	if err != nil {
		return nil, err
	}
	return &upload{f: f}, nil
}

func (u *upload) Write(p []byte) (int, error) { return u.f.Write(p) }

func (u *upload) Commit(name string) error {
	if err := u.f.Close(); err != nil {
		return err
	}
	u.done = true
	return os.Rename(u.f.Name(), name)
}

func (u *upload) Discard() {
	if !u.done {
		u.f.Close()
		os.Remove(u.f.Name())
	}
}

func lostUpload(dir string, data []byte) error {
	u, err := newUpload(dir) // want "`u` may be still open when `lostUpload` returns at line 47"
	if err != nil {
		return err
	}
	if len(data) == 0 {
		return errors.New("empty")
	}
	if _, err := u.Write(data); err != nil {
		u.Discard()
		return err
	}
	return u.Commit("data")
}

func endedUpload(dir string, data []byte) error {
	u, err := newUpload(dir)
	if err != nil {
		return err
	}
	defer u.Discard()
	if _, err := u.Write(data); err != nil {
		return err
	}
	return u.Commit("data")
}

type gate struct{ l net.Listener }

func newGate(addr string) (*gate, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &gate{l}, nil
}

func (g *gate) Stop() error { return g.l.Close() }

type stopper interface{ Stop() error }

func stop(s stopper) { s.Stop() }

func lostGate() (net.Addr, error) {
	g, err := newGate(":0") // want "`g` may be still open when `lostGate` returns at line 89"
	if err != nil {
		return nil, err
	}
	return g.l.Addr(), nil
}

func stoppedGate() error {
	g, err := newGate(":0")
	if err != nil {
		return err
	}
	defer stop(g)
	return nil
}

// A rotation is no end: what has the file closes it never.
type journal struct{ f *os.File }

func newJournal(name string) (*journal, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return &journal{f}, nil
}

func (j *journal) Rotate(name string) (err error) {
	j.f.Close()
	j.f, err = os.Create(name)
	return err
}

func keptByProgram() error {
	j, err := newJournal("log")
	if err != nil {
		return err
	}
	return j.Rotate("log.1")
}

type cleaner interface{ Cleanup(func()) }

func endedLater(t cleaner, dir string) (*upload, error) {
	u, err := newUpload(dir)
	if err != nil {
		return nil, err
	}
	t.Cleanup(u.Discard)
	_, err = u.Write(nil)
	return nil, err
}

func withEnd(dir string) (string, func(), error) {
	u, err := newUpload(dir)
	if err != nil {
		return "", nil, err
	}
	return u.f.Name(), u.Discard, nil
}

func endForgotten(dir string) error {
	name, discard, err := withEnd(dir) // want "what `discard` releases may be still open when `endForgotten` returns at line 152"
	if err != nil {
		return err
	}
	if name == "" {
		return errors.New("no name")
	}
	discard()
	return nil
}
