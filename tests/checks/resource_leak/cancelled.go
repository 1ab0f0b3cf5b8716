package cancelled

import (
	"fmt"
	"os"
	"sync"
)

// pending is a file that gets its name when it is closed.
type pending interface {
	Write(p []byte) (int, error)
	Close() error
	Cancel() error
	Name() string
}

type pendingFile struct {
	mu     sync.Mutex
	name   string
	tmp    *os.File
	closed bool
}

func newPending(name string) (pending, error) {
	tmp, err := os.CreateTemp("", "pending")
	if err != nil {
		return nil, fmt.Errorf("create: %w", err)
	}
	return &pendingFile{name: name, tmp: tmp}, nil
}

func (p *pendingFile) Name() string                { return p.tmp.Name() }
func (p *pendingFile) Write(b []byte) (int, error) { return p.tmp.Write(b) }

func (p *pendingFile) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil
	}
	p.closed = true
	if err := p.tmp.Close(); err != nil {
		return err
	}
	return os.Rename(p.tmp.Name(), p.name)
}

func (p *pendingFile) Cancel() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil
	}
	p.closed = true
	_ = p.tmp.Close()
	return os.Remove(p.tmp.Name())
}

func save(name string, data []byte) error {
	f, err := newPending(name)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.Cancel()
		return err
	}
	return f.Close()
}

func forgets(name string, data []byte) error {
	f, err := newPending(name) // want "`f` may be still open when `forgets` returns"
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		return fmt.Errorf("%s: %w", f.Name(), err)
	}
	return f.Close()
}
