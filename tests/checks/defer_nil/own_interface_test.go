package p

import (
	"net"
	"testing"
)

type reporter interface {
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

func fail(t reporter, format string, args ...any) {
	t.Fatalf(format, args...)
}

func complain(t reporter, format string, args ...any) {
	t.Errorf(format, args...)
}

// What is named Fatalf does not come back.
func accept(t reporter, host string) net.Conn {
	l, err := net.Listen("tcp", host)
	if err != nil {
		fail(t, "listen: %v", err)
	}
	defer l.Close()
	conn, err := l.Accept()
	if err != nil {
		t.Fatalf("accept: %v", err)
	}
	return conn
}

func acceptAnyway(t reporter, host string) net.Conn {
	l, err := net.Listen("tcp", host)
	if err != nil {
		complain(t, "listen: %v", err)
	}
	defer l.Close() // want "`l.Close\(\)` is deferred also when"
	conn, err := l.Accept()
	if err != nil {
		fail(t, "accept: %v", err)
	}
	return conn
}

func TestAccept(t *testing.T) {
	accept(t, "localhost:0").Close()
	acceptAnyway(t, "localhost:0").Close()
}
