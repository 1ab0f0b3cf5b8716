// Package blank ignores errors where one should not.
package blank

import (
	"bytes"
	"crypto/rand"
	"encoding/csv"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// Head reads a file that may not be there.
func Head(path string) string {
	f, _ := os.Open(path) // want "^warning: "
	defer f.Close()
	b := make([]byte, 64)
	n, _ := f.Read(b)
	return string(b[:n])
}

// Size uses what Stat may not give.
func Size(path string) int64 {
	st, _ := os.Stat(path)
	return st.Size()
}

// Fetch uses the body of no response.
func Fetch(url string) []byte {
	resp, _ := http.Get(url) // want "^warning: "
	defer resp.Body.Close()
	b, _ := io.ReadAll(resp.Body)
	return b
}

// Listen takes any port.
func Listen() int {
	ln, _ := net.Listen("tcp", "127.0.0.1:0") // want "^warning: "
	defer ln.Close()
	return ln.Addr().(*net.TCPAddr).Port
}

// Null opens what is always there, and looks.
func Null() *os.File {
	f, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return os.Stderr
	}
	return f
}

// Parse ignores errors of calls that open nothing.
func Parse(s string) int {
	n, _ := strconv.Atoi(strings.TrimSpace(s))
	return n
}

// Request makes a request of constants.
func Request() *http.Request {
	req, _ := http.NewRequest("GET", "http://localhost/", nil)
	return req
}

// Random reads what cannot fail.
func Random() []byte {
	b := make([]byte, 8)
	_, _ = rand.Read(b)
	return b
}

// Out ignores the error of a pipe that is asked for once.
func Out(name string) []byte {
	cmd := exec.Command(name)
	out, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		return nil
	}
	b, _ := io.ReadAll(out)
	cmd.Wait()
	return b
}

// Create writes to what may be nil: each write says an error that nobody sees.
func Create(path string, recs [][]string) error {
	f, _ := os.Create(path) // want "^warning: "
	w := csv.NewWriter(f)
	w.WriteAll(recs)
	return f.Close()
}

// Maybe hands both on.
func Maybe(path string) (*os.File, error) {
	return os.Open(path)
}

// Present asks whether it is there only.
func Present(path string) bool {
	f, err := os.Open(path)
	_ = f
	return err == nil
}

// Mem reads from memory.
func Mem(b []byte) string {
	r, _ := io.ReadAll(bytes.NewReader(b))
	return string(r)
}

// Overwritten looks at another error than the one it got.
func Overwritten(path string) ([]byte, error) {
	f, err := os.Open(path)
	b := make([]byte, 10)
	_, err = f.Read(b)
	if err != nil {
		return nil, err
	}
	return b, f.Close()
}
