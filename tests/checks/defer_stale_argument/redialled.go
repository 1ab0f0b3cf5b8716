// What is closed before it is replaced leaves the last one open.
package p

import (
	"io"
	"net"
)

func send(addr string, tries int) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer conn.Close() // want "conn"
	for range tries {
		if _, err = io.WriteString(conn, "hello"); err == nil {
			return nil
		}
		conn.Close()
		if conn, err = net.Dial("tcp", addr); err != nil {
			return err
		}
	}
	return err
}

// The last one is closed behind the loop.
func sendAll(addr string, lines []string) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	for _, line := range lines {
		if _, err = io.WriteString(conn, line); err == nil {
			continue
		}
		conn.Close()
		if conn, err = net.Dial("tcp", addr); err != nil {
			return err
		}
	}
	return conn.Close()
}

func sendOwn(addr string, tries int) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer func() { conn.Close() }()
	for range tries {
		if _, err = io.WriteString(conn, "hello"); err == nil {
			return nil
		}
		conn.Close()
		if conn, err = net.Dial("tcp", addr); err != nil {
			return err
		}
	}
	return err
}
