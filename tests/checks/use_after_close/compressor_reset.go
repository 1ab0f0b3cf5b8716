package compressorreset

import (
	"bytes"
	"compress/gzip"
)

// One compressor for one stream after the other.
func store(in chan []byte, out func([]byte)) {
	buf := new(bytes.Buffer)
	gw := gzip.NewWriter(buf)
	for b := range in {
		buf.Reset()
		gw.Reset(buf)
		if _, err := gw.Write(b); err != nil {
			continue
		}
		if err := gw.Close(); err != nil {
			continue
		}
		out(buf.Bytes())
	}
}

func late(b []byte) ([]byte, error) {
	var buf bytes.Buffer
	gw := gzip.NewWriter(&buf)
	if err := gw.Close(); err != nil {
		return nil, err
	}
	_, err := gw.Write(b) // want "after it was closed"
	return buf.Bytes(), err
}
