// Package assets loads files that are thought to be there.
package assets

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
)

// Logo ignores that the file may be missing.
func Logo(name string) []byte {
	f, _ := os.Open(name) // want "warning: .*\[open-error-ignored\]"
	defer f.Close()
	b, _ := io.ReadAll(f)
	return b
}

// Remote uses a response that may be nil.
func Remote(url string) (map[string]any, error) {
	resp, _ := http.Get(url) // want "warning: .*\[open-error-ignored\]"
	defer resp.Body.Close()
	var m map[string]any
	return m, json.NewDecoder(resp.Body).Decode(&m)
}

func open(name string) (*os.File, error) {
	return os.Open("assets/" + strings.ToLower(name))
}

// Icon ignores the error of a wrapper.
func Icon(name string) (int64, error) {
	f, _ := open(name) // want "warning: .*\[open-error-ignored\]"
	defer f.Close()
	return io.Copy(io.Discard, f)
}

// Count ignores the error of a query.
func Count(db *sql.DB) (n int, err error) {
	rows, _ := db.Query("select 1 from icons") // want "warning: .*\[open-error-ignored\]"
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// Buffer writes to memory: the error is documented to be nil.
func Buffer(s string) []byte {
	var b bytes.Buffer
	n, _ := b.WriteString(s)
	return b.Bytes()[:n]
}

// Maybe ignores the error but tests the value.
func Maybe(name string) []byte {
	f, _ := os.Open(name)
	if f == nil {
		return nil
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		return nil
	}
	return b
}

// Exists only wants to know whether there is an error.
func Exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
