// What is only shown, or wrapped by what owns it.
package p

import (
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
)

func printed(name string) {
	f, err := os.Open(name) // want "`f` may be still open"
	if err != nil {
		return
	}
	fmt.Println("opened", f)
	log.Printf("%v", f)
}

func keep(values ...any) []any { return values }

var kept []any

func keptInList(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	kept = keep("opened", f)
}

func joined(a, b string) (io.Reader, error) {
	f, err := os.Open(a)
	if err != nil {
		return nil, err
	}
	return io.MultiReader(f), nil
}

func limited(w http.ResponseWriter, url string) ([]byte, error) {
	resp, err := http.Get(url) // want "the body of `resp` may be still open"
	if err != nil {
		return nil, err
	}
	body := http.MaxBytesReader(w, resp.Body, 1024)
	return io.ReadAll(body)
}

func limitedClosed(w http.ResponseWriter, url string) ([]byte, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	body := http.MaxBytesReader(w, resp.Body, 1024)
	defer body.Close()
	return io.ReadAll(body)
}

func secured(address string, config *tls.Config) error {
	raw, err := net.Dial("tcp", address) // want "`raw` may be still open"
	if err != nil {
		return err
	}
	conn := tls.Client(raw, config)
	if err := conn.Handshake(); err != nil {
		return err
	}
	return conn.Close()
}

func securedClosed(address string, config *tls.Config) error {
	raw, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	conn := tls.Client(raw, config)
	defer conn.Close()
	return conn.Handshake()
}

func securedReturned(address string, config *tls.Config) (net.Conn, error) {
	raw, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return tls.Client(raw, config), nil
}

func inArray(names [2]string) error {
	var files [2]*os.File
	for i, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		files[i] = f
		defer files[i].Close()
	}
	fmt.Println(files)
	return nil
}
