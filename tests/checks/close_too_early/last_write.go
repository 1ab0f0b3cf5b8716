package p

import (
	"encoding/binary"
	"io"
	"net"
)

func writeFrame(w io.Writer, b []byte) error {
	var head [4]byte
	binary.BigEndian.PutUint32(head[:], uint32(len(b)))
	if _, err := w.Write(head[:]); err != nil {
		return err
	}
	_, err := w.Write(b)
	return err
}

// A write does not wait for what comes back.
func subscribe(addr string, to io.Writer) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close() // want "`c` is used by a goroutine that nothing here waits for"
	go io.Copy(to, c)
	return writeFrame(c, []byte("subscribe"))
}

// It reads as long as there are commands.
func converse(addr string, to io.Writer, next func() ([]byte, bool)) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	go io.Copy(to, c)
	for b, ok := next(); ok; b, ok = next() {
		if err := writeFrame(c, b); err != nil {
			return err
		}
	}
	return nil
}
