//sample: go1.24

package wrapped

import (
	"archive/zip"
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
)

// It closes what it wraps around `w`, not `w`.
func fill(w io.Writer, data []byte) error {
	zw := gzip.NewWriter(w)
	if _, err := zw.Write(data); err != nil {
		return err
	}
	return zw.Close()
}

func dump(name string, data []byte) error {
	f, err := os.Create(name) // want "`f` may be still open when `dump` returns"
	if err != nil {
		return err
	}
	return fill(f, data)
}

type both struct {
	f *os.File
	r *gzip.Reader
}

func (b *both) Close() error {
	b.r.Close()
	return b.f.Close()
}

func consume(f *os.File) error {
	r, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		return err
	}
	b := &both{f: f, r: r}
	defer b.Close()
	_, err = io.Copy(io.Discard, r)
	return err
}

func closeAll(rs ...io.Closer) {
	for _, r := range rs {
		r.Close()
	}
}

func drain(f *os.File) {
	r, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return
	}
	defer closeAll(r, f)
	io.Copy(io.Discard, r)
}

func run(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	if name == "" {
		drain(f)
		return nil
	}
	return consume(f)
}

// Closures write to it and leave it open.
func archive(w io.Writer, root string) error {
	zw := zip.NewWriter(w) // want "`zw` may be still open when `archive` returns"
	return filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		part, err := zw.Create(path)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		_, err = part.Write(data)
		return err
	})
}

func entries(w io.Writer, names []string) {
	zw := zip.NewWriter(w) // want "`zw` may be still open when `entries` returns"
	add := func(name string) {
		if part, err := zw.Create(name); err == nil {
			io.WriteString(part, name)
		}
	}
	for _, name := range names {
		add(name)
	}
}

func entriesClosed(w io.Writer, names []string) error {
	zw := zip.NewWriter(w)
	add := func(name string) {
		if part, err := zw.Create(name); err == nil {
			io.WriteString(part, name)
		}
	}
	for _, name := range names {
		add(name)
	}
	return zw.Close()
}

// A response with more to it.
type response struct {
	*http.Response
	tries int
}

func fetch(url string) (*response, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	return &response{Response: resp, tries: 1}, nil
}

func code(url string) (int, error) {
	resp, err := fetch(url) // want "the body of `resp` may be still open when `code` returns"
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func text(url string) ([]byte, error) {
	resp, err := fetch(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

type limited struct{ w io.Writer }

func limit(w io.Writer) *limited { return &limited{w} }

func (l *limited) Write(p []byte) (int, error) { return l.w.Write(p) }

func (l *limited) Close() error {
	if c, ok := l.w.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// What limit gives can be closed, surely.
func compressed(to io.Writer, compress bool) error {
	w := to
	if compress {
		zw, err := gzip.NewWriterLevel(w, 1)
		if err != nil {
			return err
		}
		w = zw
	}
	w = limit(w)
	fmt.Fprintln(w, "end")
	if c, ok := w.(io.Closer); ok {
		return c.Close()
	}
	return nil
}
