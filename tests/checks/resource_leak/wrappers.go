package wrappers

import (
	"bufio"
	"errors"
	"io"
	"net"
	"os"
	"sync"
)

var errShort = errors.New("short")

// Log has a file, which its Close closes.
type Log struct {
	f *os.File
	w *bufio.Writer
}

func OpenLog(name string) (*Log, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return &Log{f: f, w: bufio.NewWriter(f)}, nil
}

func (l *Log) Put(s string) error {
	_, err := l.w.WriteString(s)
	return err
}

func (l *Log) Close() error {
	if err := l.w.Flush(); err != nil {
		l.f.Close()
		return err
	}
	return l.f.Close()
}

func forgets(name string) error {
	l, err := OpenLog(name) // want "`l` may be still open when `forgets` returns at line \d+"
	if err != nil {
		return err
	}
	if err := l.Put("start"); err != nil {
		return err
	}
	return l.Close()
}

func closes(name string) error {
	l, err := OpenLog(name)
	if err != nil {
		return err
	}
	defer l.Close()
	return l.Put("start")
}

func gives(name string) (io.Closer, error) {
	l, err := OpenLog(name)
	if err != nil {
		return nil, err
	}
	return l, nil
}

func forgetsGiven(name string) error {
	c, err := gives(name) // want "`c` may be still open"
	if err != nil {
		return err
	}
	if name == "" {
		return errShort
	}
	return c.Close()
}

// Peer is made, asked and given up on error.
type Peer struct {
	net.Conn
	name string
}

func DialPeer(addr string) (*Peer, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	p := &Peer{Conn: c, name: addr}
	if err := p.greet(); err != nil {
		p.Close()
		return nil, err
	}
	return p, nil
}

func (p *Peer) greet() error {
	_, err := io.WriteString(p, p.name)
	return err
}

func ask(addr string, buf []byte) error {
	p, err := DialPeer(addr) // want "`p` may be still open"
	if err != nil {
		return err
	}
	n, err := p.Read(buf)
	if err != nil {
		return err
	}
	if n == 0 {
		return errShort
	}
	return p.Close()
}

// Server stops by another name.
type Server struct {
	ln   net.Listener
	done chan struct{}
}

func NewServer(addr string) (*Server, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &Server{ln: ln, done: make(chan struct{})}, nil
}

func (s *Server) Close() error { return s.ln.Close() }

// Finish closes too.
func (s *Server) Finish() {
	close(s.done)
	s.ln.Close()
}

func finishes(addr string) error {
	s, err := NewServer(addr)
	if err != nil {
		return err
	}
	s.Finish()
	return nil
}

// Keeper remembers all that it has opened.
type Keeper struct {
	mu   sync.Mutex
	open map[string]*Log
}

func (k *Keeper) Get(name string) (*Log, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	l := &Log{f: f, w: bufio.NewWriter(f)}
	k.open[name] = l
	return l, nil
}

func borrows(k *Keeper) error {
	l, err := k.Get("a")
	if err != nil {
		return err
	}
	return l.Put("x")
}

// Tail closes its own file at the end of a goroutine.
type Tail struct {
	f *os.File
	c chan string
}

func Follow(name string) (*Tail, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	t := &Tail{f: f, c: make(chan string)}
	go t.run()
	return t, nil
}

func (t *Tail) run() {
	defer t.f.Close()
	close(t.c)
}

func (t *Tail) Close() error { return t.f.Close() }

func first(name string) (string, error) {
	t, err := Follow(name)
	if err != nil {
		return "", err
	}
	return <-t.c, nil
}

// Index only reads its file; its Close has nothing to do with it.
type Index struct {
	f    *os.File
	quit chan struct{}
}

func OpenIndex(f *os.File) *Index { return &Index{f: f, quit: make(chan struct{})} }

func (x *Index) Close() error {
	close(x.quit)
	return nil
}

func lookup(f *os.File) int {
	x := OpenIndex(f)
	return len(x.f.Name())
}

// Stack keeps what it is given.
type Stack struct{ logs []*Log }

func (s *Stack) Push(name string) error {
	l, err := OpenLog(name)
	if err != nil {
		return err
	}
	s.logs = append(s.logs, l)
	return nil
}
