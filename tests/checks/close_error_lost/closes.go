package p

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
)

func deferred(name string, b []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() // want "the error of closing `f` is dropped"
	_, err = f.Write(b)
	return err
}

func explicit(name string, v any) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	if err := json.NewEncoder(f).Encode(v); err != nil {
		f.Close()
		return err
	}
	f.Close() // want "closing `f` is dropped"
	return nil
}

func inLiteral(name string, r io.Reader) (int64, error) {
	f, err := os.Create(name)
	if err != nil {
		return 0, err
	}
	defer func() {
		f.Close() // want "closing `f` is dropped"
	}()
	return io.Copy(f, r)
}

func compress(w io.Writer, b []byte) error {
	z := gzip.NewWriter(w)
	defer z.Close() // want "closing `z` is dropped"
	_, err := z.Write(b)
	return err
}

func byHelper(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer closeQuietly(f) // want "closing `f` is dropped"
	_, err = fmt.Fprintln(f, "x")
	return err
}

func closeQuietly(c io.Closer) {
	c.Close()
}

// What the helper means is not said of this file.
func helperThatMeansIt(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer closeAnyhow(f) // want "closing `f` is dropped"
	_, err = fmt.Fprintln(f, "x")
	return err
}

func closeAnyhow(c io.Closer) {
	if c != nil {
		_ = c.Close()
	}
}

func commit(tx *sql.Tx) error {
	if _, err := tx.Exec("delete from t"); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	tx.Commit() // want "error of `Commit` is dropped"
	return nil
}

// Look-alikes.

func reads(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func netted(name string, b []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return err
	}
	return f.Close()
}

func synced(name string, b []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return err
	}
	return f.Sync()
}

func named(name string, b []byte) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := f.Close(); cerr != nil && err == nil {
			err = cerr
		}
	}()
	_, err = f.Write(b)
	return err
}

func onPurpose(name string, b []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	_ = f.Close()
	return err
}

func memory(b []byte) []byte {
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	z.Write(b)
	z.Close()
	return buf.Bytes()
}

func touch(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	f.Close()
	return nil
}

func logged(name string, b []byte) {
	f, err := os.Create(name)
	if err != nil {
		log.Print(err)
		return
	}
	defer closeLogged(f)
	if _, err := f.Write(b); err != nil {
		log.Print(err)
	}
}

func closeLogged(c io.Closer) {
	if err := c.Close(); err != nil {
		log.Print(err)
	}
}

func checked(tx *sql.Tx) error {
	defer tx.Rollback()
	if _, err := tx.Exec("delete from t"); err != nil {
		return err
	}
	return tx.Commit()
}

func inMemoryThenFile(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.WriteString("x"); err != nil {
		f.Close()
		os.Remove(name)
		return err
	}
	return f.Close()
}
