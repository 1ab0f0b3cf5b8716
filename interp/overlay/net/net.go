// Package net is a network inside of the running program: what it listens on,
// it can dial. Nothing else can be reached.
package net

import (
	"context"
	"errors"
	"internal/runtype"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Addr is an end point.
type Addr interface {
	Network() string
	String() string
}

// Conn is a connection.
type Conn interface {
	Read(b []byte) (n int, err error)
	Write(b []byte) (n int, err error)
	Close() error
	LocalAddr() Addr
	RemoteAddr() Addr
	SetDeadline(t time.Time) error
	SetReadDeadline(t time.Time) error
	SetWriteDeadline(t time.Time) error
}

// Listener waits for connections.
type Listener interface {
	Accept() (Conn, error)
	Close() error
	Addr() Addr
}

// Error is an error of the network.
type Error interface {
	error
	Timeout() bool
	Temporary() bool
}

var (
	ErrClosed        error = errClosed
	errClosed              = errors.New("use of closed network connection")
	errMissingAddr         = errors.New("missing address")
	ErrWriteToConnected    = errors.New("use of WriteTo with pre-connected connection")
)

// OpError says which operation failed.
type OpError struct {
	Op     string
	Net    string
	Source Addr
	Addr   Addr
	Err    error
}

func (e *OpError) Unwrap() error { return e.Err }
func (e *OpError) Error() string {
	if e == nil {
		return "<nil>"
	}
	s := e.Op
	if e.Net != "" {
		s += " " + e.Net
	}
	if e.Source != nil {
		s += " " + e.Source.String()
	}
	if e.Addr != nil {
		if e.Source != nil {
			s += "->"
		} else {
			s += " "
		}
		s += e.Addr.String()
	}
	return s + ": " + e.Err.Error()
}

func (e *OpError) Timeout() bool {
	t, ok := e.Err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}

func (e *OpError) Temporary() bool { return e.Timeout() }

// AddrError is about an address.
type AddrError struct {
	Err  string
	Addr string
}

func (e *AddrError) Error() string {
	if e.Addr == "" {
		return e.Err
	}
	return "address " + e.Addr + ": " + e.Err
}
func (e *AddrError) Timeout() bool   { return false }
func (e *AddrError) Temporary() bool { return false }

// DNSError is about a name.
type DNSError struct {
	Err        string
	Name       string
	Server     string
	IsTimeout  bool
	IsNotFound bool
}

func (e *DNSError) Error() string   { return "lookup " + e.Name + ": " + e.Err }
func (e *DNSError) Timeout() bool   { return e.IsTimeout }
func (e *DNSError) Temporary() bool { return e.IsTimeout }

// IP is an address in four or sixteen bytes.
type IP []byte

func (ip IP) String() string {
	var parts []string
	for _, b := range ip {
		parts = append(parts, strconv.Itoa(int(b)))
	}
	return strings.Join(parts, ".")
}

func IPv4(a, b, c, d byte) IP { return IP{a, b, c, d} }

func ParseIP(s string) IP {
	parts := strings.Split(s, ".")
	if len(parts) != 4 {
		return nil
	}
	var ip IP
	for _, part := range parts {
		n, err := strconv.ParseUint(part, 10, 8)
		if err != nil {
			return nil
		}
		ip = append(ip, byte(n))
	}
	return ip
}

// TCPAddr is an end point of TCP.
type TCPAddr struct {
	IP   IP
	Port int
	Zone string
}

func (a *TCPAddr) Network() string { return "tcp" }
func (a *TCPAddr) String() string {
	if a == nil {
		return "<nil>"
	}
	return JoinHostPort(a.IP.String(), strconv.Itoa(a.Port))
}

// UnixAddr is an end point of a Unix socket.
type UnixAddr struct {
	Name string
	Net  string
}

func (a *UnixAddr) Network() string { return a.Net }
func (a *UnixAddr) String() string  { return a.Name }

func JoinHostPort(host, port string) string {
	if strings.Contains(host, ":") {
		return "[" + host + "]:" + port
	}
	return host + ":" + port
}

func SplitHostPort(hostport string) (host, port string, err error) {
	i := strings.LastIndexByte(hostport, ':')
	if i < 0 {
		return "", "", &AddrError{"missing port in address", hostport}
	}
	host, port = hostport[:i], hostport[i+1:]
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		return host[1 : len(host)-1], port, nil
	}
	if strings.Contains(host, ":") {
		return "", "", &AddrError{"too many colons in address", hostport}
	}
	return host, port, nil
}

// stream is one direction of a connection.
type stream struct {
	mu       sync.Mutex
	changed  *sync.Cond
	data     []byte
	closed   bool
	broken   bool
	deadline time.Time
}

func newStream() *stream {
	s := &stream{}
	s.changed = sync.NewCond(&s.mu)
	return s
}

const streamSize = 1 << 18

// conn is a connection inside of the program. As types of package net have it,
// a TCPConn or a UnixConn.
type conn struct {
	in, out       *stream
	network       string
	local, remote Addr
	mu            sync.Mutex
	closed        bool
	resource      uint64
}

// TCPConn is a connection over TCP.
type TCPConn struct{ conn }

func (c *TCPConn) CloseWrite() error                        { c.out.end(); return nil }
func (c *TCPConn) CloseRead() error                         { return nil }
func (c *TCPConn) SetNoDelay(bool) error                    { return nil }
func (c *TCPConn) SetKeepAlive(bool) error                  { return nil }
func (c *TCPConn) SetKeepAlivePeriod(d time.Duration) error { return nil }
func (c *TCPConn) SetLinger(sec int) error                  { return nil }

func (s *stream) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.changed.Broadcast()
}

func (s *stream) fail() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.broken = true
	s.changed.Broadcast()
}

func (s *stream) setDeadline(t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deadline = t
	s.changed.Broadcast()
	if !t.IsZero() {
		time.AfterFunc(time.Until(t), func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.changed.Broadcast()
		})
	}
}

func (s *stream) isLate() bool { return !s.deadline.IsZero() && !time.Now().Before(s.deadline) }

func (c *conn) isClosed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closed
}

func (c *conn) fail(op string, err error) error {
	return &OpError{Op: op, Net: c.network, Source: c.local, Addr: c.remote, Err: err}
}

func (c *conn) Read(b []byte) (int, error) {
	s := c.in
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		switch {
		case c.isClosed():
			return 0, c.fail("read", errClosed)
		case s.isLate():
			return 0, c.fail("read", os.ErrDeadlineExceeded)
		case len(s.data) > 0 || len(b) == 0:
			n := copy(b, s.data)
			s.data = s.data[n:]
			s.changed.Broadcast()
			return n, nil
		case s.closed:
			return 0, io.EOF
		}
		s.changed.Wait()
	}
}

func (c *conn) Write(b []byte) (n int, err error) {
	s := c.out
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		switch {
		case c.isClosed():
			return n, c.fail("write", errClosed)
		case s.broken || s.closed:
			return n, c.fail("write", os.NewSyscallError("write", syscall.EPIPE))
		case len(b) == 0:
			return n, nil
		case len(s.data) < streamSize:
			part := b[:min(len(b), streamSize-len(s.data))]
			s.data = append(s.data, part...)
			b = b[len(part):]
			n += len(part)
			s.changed.Broadcast()
			continue
		}
		s.changed.Wait()
	}
}

func (c *conn) Close() error {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return c.fail("close", errClosed)
	}
	c.closed = true
	c.mu.Unlock()
	c.out.end()
	c.in.fail()
	runtype.Closed(c.resource, "connection", c.remote.String())
	return nil
}

func (c *conn) LocalAddr() Addr  { return c.local }
func (c *conn) RemoteAddr() Addr { return c.remote }
func (c *conn) SetReadDeadline(t time.Time) error {
	c.in.setDeadline(t)
	return nil
}
func (c *conn) SetWriteDeadline(t time.Time) error { return nil }
func (c *conn) SetDeadline(t time.Time) error      { return c.SetReadDeadline(t) }

var (
	mu        sync.Mutex
	listeners = map[string]*TCPListener{}
	lastPort  = 40000
)

// TCPListener waits for connections.
type TCPListener struct {
	network  string
	key      string
	addr     Addr
	incoming chan Conn
	done     chan struct{}
	once     sync.Once
	resource uint64
}

// UnixListener is the same for Unix sockets.
type UnixListener = TCPListener

func parse(network, address string) (Addr, string, error) {
	if strings.HasPrefix(network, "unix") {
		return &UnixAddr{address, network}, "unix " + address, nil
	}
	if !strings.HasPrefix(network, "tcp") {
		return nil, "", errors.New("unknown network " + network)
	}
	host, port, err := SplitHostPort(address)
	if err != nil {
		return nil, "", err
	}
	n, err := strconv.Atoi(port)
	if err != nil || n < 0 || n > 65535 {
		return nil, "", &AddrError{"invalid port", port}
	}
	switch host {
	case "", "localhost", "0.0.0.0", "::", "::1":
		host = "127.0.0.1"
	}
	ip := ParseIP(host)
	if ip == nil {
		return nil, host, &DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return &TCPAddr{IP: ip, Port: n}, "tcp " + strconv.Itoa(n), nil
}

func Listen(network, address string) (Listener, error) {
	addr, key, err := parse(network, address)
	if err != nil {
		return nil, &OpError{Op: "listen", Net: network, Addr: addr, Err: err}
	}
	mu.Lock()
	defer mu.Unlock()
	if tcp, ok := addr.(*TCPAddr); ok && tcp.Port == 0 {
		lastPort++
		tcp.Port = lastPort
		key = "tcp " + strconv.Itoa(lastPort)
	}
	if listeners[key] != nil {
		return nil, &OpError{Op: "listen", Net: network, Addr: addr,
			Err: os.NewSyscallError("bind", syscall.EADDRINUSE)}
	}
	l := &TCPListener{network: network, key: key, addr: addr,
		incoming: make(chan Conn, 128), done: make(chan struct{})}
	l.resource = runtype.Opened("listener", addr.String())
	listeners[key] = l
	return l, nil
}

func (l *TCPListener) Addr() Addr { return l.addr }

func (l *TCPListener) Accept() (Conn, error) {
	select {
	case <-l.done:
	default:
		select {
		case c := <-l.incoming:
			return c, nil
		case <-l.done:
		}
	}
	return nil, &OpError{Op: "accept", Net: l.network, Addr: l.addr, Err: errClosed}
}

func (l *TCPListener) Close() error {
	err := error(&OpError{Op: "close", Net: l.network, Addr: l.addr, Err: errClosed})
	l.once.Do(func() {
		mu.Lock()
		delete(listeners, l.key)
		mu.Unlock()
		close(l.done)
		runtype.Closed(l.resource, "listener", l.addr.String())
		err = nil
	})
	return err
}

// Dialer says how to connect.
type Dialer struct {
	Timeout   time.Duration
	Deadline  time.Time
	LocalAddr Addr
	KeepAlive time.Duration
}

func (d *Dialer) Dial(network, address string) (Conn, error) {
	return d.DialContext(context.Background(), network, address)
}

func (d *Dialer) DialContext(ctx context.Context, network, address string) (Conn, error) {
	addr, key, err := parse(network, address)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, &OpError{Op: "dial", Net: network, Addr: addr, Err: err}
	}
	mu.Lock()
	l := listeners[key]
	lastPort++
	local := Addr(&TCPAddr{IP: IPv4(127, 0, 0, 1), Port: lastPort})
	mu.Unlock()
	if strings.HasPrefix(network, "unix") {
		local = &UnixAddr{"", network}
	}
	if tcp, ok := addr.(*TCPAddr); ok && l == nil && tcp.IP[0] != 127 {
		runtype.CannotRun("a connection to " + address + ": there is no real network")
	}
	if l == nil {
		return nil, &OpError{Op: "dial", Net: network, Addr: addr,
			Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	}
	there, back := newStream(), newStream()
	mine := &TCPConn{conn{in: back, out: there, network: network, local: local, remote: l.addr}}
	theirs := &TCPConn{conn{in: there, out: back, network: network, local: l.addr, remote: local}}
	mine.resource = runtype.Opened("connection", l.addr.String())
	theirs.resource = runtype.Opened("connection", local.String())
	l.incoming <- theirs
	return mine, nil
}

func Dial(network, address string) (Conn, error) {
	var d Dialer
	return d.Dial(network, address)
}

func DialTimeout(network, address string, timeout time.Duration) (Conn, error) {
	d := Dialer{Timeout: timeout}
	return d.Dial(network, address)
}

// LookupHost knows this host alone.
func LookupHost(host string) (addrs []string, err error) {
	if host == "localhost" {
		return []string{"127.0.0.1"}, nil
	}
	return nil, &DNSError{Err: "no such host", Name: host, IsNotFound: true}
}
