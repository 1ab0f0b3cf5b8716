//sample: go1.22

// Situations of staticcheck's issue 150 and golang/go's 55081: what is not
// closed.
package p

import (
	"bytes"
	"compress/flate"
	"database/sql"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"os"
	"time"
)

func ticker150(n int) {
	ticker := time.NewTicker(time.Second) // want "`ticker` may be still running"
	for range n {
		<-ticker.C
	}
}

func file150(name string) ([]byte, error) {
	f, err := os.Open(name) // want "`f` may be still open"
	if err != nil {
		return nil, err
	}
	return io.ReadAll(f)
}

func tx150(db *sql.DB) error {
	tx, err := db.Begin() // want "`tx` may be neither committed nor rolled back"
	if err != nil {
		return err
	}
	if _, err := tx.Exec("insert"); err != nil {
		return err
	}
	return tx.Commit()
}

func body139(url string) ([]byte, error) {
	resp, err := http.Get(url) // want "the body of `resp` may be still open"
	if err != nil {
		return nil, err
	}
	return io.ReadAll(resp.Body)
}

// 55081: a compressor that is given up with an error holds memory alone.
func compress55081(dict []byte) (*bytes.Buffer, error) {
	out := new(bytes.Buffer)
	w, err := flate.NewWriterDict(out, 9, dict)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(dict); err != nil {
		return nil, err
	}
	return out, w.Close()
}

func encode55081(out io.Writer, b []byte) error {
	w := base64.NewEncoder(base64.StdEncoding, out)
	if len(b) == 0 {
		return errors.New("nothing")
	}
	if _, err := w.Write(b); err != nil {
		return err
	}
	return w.Close()
}

// The same with success in the end: the rest is not written.
func encodeLeft55081(out io.Writer, b []byte) error {
	w := base64.NewEncoder(base64.StdEncoding, out) // want "`w` may be still open"
	if _, err := w.Write(b); err != nil {
		return err
	}
	return nil
}
