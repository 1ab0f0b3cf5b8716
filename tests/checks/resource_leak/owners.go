package owners

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/textproto"
)

// secure gives up without closing either: the client owns the connection.
func secure(addr string, cfg *tls.Config) (net.Conn, error) {
	raw, err := net.Dial("tcp", addr) // want "`raw` may be still open"
	if err != nil {
		return nil, err
	}
	conn := tls.Client(raw, cfg)
	if err := conn.Handshake(); err != nil {
		return nil, fmt.Errorf("handshake: %w", err)
	}
	return conn, nil
}

// secureRaw closes what is below.
func secureRaw(addr string, cfg *tls.Config) (net.Conn, error) {
	raw, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	conn := tls.Client(raw, cfg)
	if err := conn.Handshake(); err != nil {
		raw.Close()
		return nil, fmt.Errorf("handshake: %w", err)
	}
	return conn, nil
}

// secureTop closes what is above, and so both.
func secureTop(addr string, cfg *tls.Config) (net.Conn, error) {
	raw, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	conn := tls.Client(raw, cfg)
	if err := conn.Handshake(); err != nil {
		conn.Close()
		return nil, fmt.Errorf("handshake: %w", err)
	}
	return conn, nil
}

func serve(addr string, cfg *tls.Config, use func(net.Listener) error) error {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	if cfg != nil {
		ln = tls.NewListener(ln, cfg)
	}
	defer ln.Close()
	return use(ln)
}

func text(addr string) (string, error) {
	raw, err := net.Dial("tcp", addr)
	if err != nil {
		return "", err
	}
	c := textproto.NewConn(raw)
	defer c.Close()
	return c.ReadLine()
}
