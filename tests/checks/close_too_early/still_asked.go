package p

import (
	"bytes"
	"mime/multipart"
	"net"
)

// The caller asks for the content type, which it knows closed too.
func form(fields map[string]string) (*bytes.Buffer, *multipart.Writer, error) {
	body := new(bytes.Buffer)
	w := multipart.NewWriter(body)
	defer w.Close()
	for key, value := range fields {
		if err := w.WriteField(key, value); err != nil {
			return nil, nil, err
		}
	}
	return body, w, nil
}

type probe struct {
	conn net.PacketConn
	addr net.Addr
}

func (p *probe) Close() error { return p.conn.Close() }

func listen(addr string) (*probe, error) {
	conn, err := net.ListenPacket("udp", addr)
	if err != nil {
		return nil, err
	}
	return &probe{conn: conn, addr: conn.LocalAddr()}, nil
}

// An address is good without a connection.
func ask(addr string) (net.Addr, error) {
	p, err := listen(addr)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	return p.addr, nil
}

func lend(addr string) (net.PacketConn, error) {
	p, err := listen(addr)
	if err != nil {
		return nil, err
	}
	defer p.Close() // want "is in what is returned"
	return p.conn, nil
}
