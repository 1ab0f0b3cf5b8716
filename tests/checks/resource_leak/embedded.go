package p

import (
	"compress/gzip"
	"io"
	"net"
	"os"
)

// Close is promoted from what is embedded.
func promoted(addr *net.UDPAddr) error {
	c, err := net.DialUDP("udp", nil, addr)
	if err != nil {
		return err
	}
	_, err = c.Write([]byte("x"))
	c.Close()
	return err
}

type file struct {
	*os.File
	name string
}

func wrapped(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	w := &file{f, name}
	defer w.Close()
	return nil
}

// With an error nothing more is expected of a compressor.
func compress(w io.Writer, b []byte) error {
	z := gzip.NewWriter(w)
	if _, err := z.Write(b); err != nil {
		return err
	}
	return z.Close()
}

func forgotten(w io.Writer, b []byte) error {
	z := gzip.NewWriter(w) // want "`z` may be still open"
	if _, err := z.Write(b); err != nil {
		return err
	}
	return nil
}
