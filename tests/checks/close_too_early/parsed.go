package main

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"os"
)

// The body is read from the file.
func cached(name string, req *http.Request) (*http.Response, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // want "`f` is in what is returned .line 18."
	return http.ReadResponse(bufio.NewReader(f), req)
}

type body struct {
	io.ReadCloser
	f *os.File
}

func (b *body) Close() error { return errors.Join(b.ReadCloser.Close(), b.f.Close()) }

func cachedOpen(name string, req *http.Request) (*http.Response, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	resp, err := http.ReadResponse(bufio.NewReader(f), req)
	if err != nil {
		f.Close()
		return nil, err
	}
	resp.Body = &body{resp.Body, f}
	return resp, nil
}

func status(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	resp, err := http.ReadResponse(bufio.NewReader(f), nil)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	return resp.Status, nil
}

func main() {
	_, _ = cached("", nil)
	_, _ = cachedOpen("", nil)
	_, _ = status("")
}
