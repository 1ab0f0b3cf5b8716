// Functions that take over what they are given: they close it where they fail,
// and give it back, or what they make around it, where they do not.
package p

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
)

type journal struct {
	f *os.File
	r *bufio.Reader
}

func (j *journal) Close() error { return j.f.Close() }

func newJournal(f *os.File) (*journal, error) {
	j := &journal{f: f, r: bufio.NewReader(f)}
	if b, err := j.r.ReadByte(); err != nil || b != 'J' {
		f.Close()
		return nil, errors.New("no journal")
	}
	return j, nil
}

func first(name string) (byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	j, err := newJournal(f) // want "`j` may be still open"
	if err != nil {
		return 0, err
	}
	return j.r.ReadByte()
}

func firstClosed(name string) (byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	j, err := newJournal(f)
	if err != nil {
		return 0, err
	}
	defer j.Close()
	return j.r.ReadByte()
}

// Closing the file is as good.
func firstOfFile(name string) (byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	j, err := newJournal(f)
	if err != nil {
		return 0, err
	}
	return j.r.ReadByte()
}

func openJournal(name string) (*journal, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return newJournal(f)
}

func second(name string) (byte, error) {
	j, err := openJournal(name) // want "`j` may be still open"
	if err != nil {
		return 0, err
	}
	if _, err := j.r.ReadByte(); err != nil {
		return 0, err
	}
	return j.r.ReadByte()
}

func upgrade(ctx context.Context, conn net.Conn, config *tls.Config) (net.Conn, error) {
	secured := tls.Client(conn, config)
	if err := secured.HandshakeContext(ctx); err != nil {
		secured.Close()
		return nil, err
	}
	return secured, nil
}

func dial(ctx context.Context, addr string, config *tls.Config) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	if config == nil {
		return conn, nil
	}
	return upgrade(ctx, conn, config)
}

func greet(ctx context.Context, addr string, config *tls.Config) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	conn, err = upgrade(ctx, conn, config) // want "`conn` may be still open"
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintln(conn, "hello"); err != nil {
		return nil, err
	}
	return conn, nil
}

func greetAndClose(ctx context.Context, addr string, config *tls.Config) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	conn, err = upgrade(ctx, conn, config)
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintln(conn, "hello"); err != nil {
		conn.Close()
		return nil, err
	}
	return conn, nil
}

// Somebody else's.
func greetOn(ctx context.Context, conn net.Conn, config *tls.Config) error {
	conn, err := upgrade(ctx, conn, config)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(conn, "hello")
	return err
}

var known []*os.File

// The list keeps it.
func register(f *os.File) (*os.File, error) {
	if _, err := f.Stat(); err != nil {
		f.Close()
		return nil, err
	}
	known = append(known, f)
	return f, nil
}

func size(name string) (int64, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	f, err = register(f)
	if err != nil {
		return 0, err
	}
	return f.Seek(0, 2)
}
