package p

import (
	"database/sql"
	"io"
	"os"
)

type payloads interface {
	Start() error
	Close() error
}

type stream struct{ w io.Writer }

func (s *stream) Start() error { return nil }

func (s *stream) Close() error {
	_, err := s.w.Write([]byte{0})
	return err
}

type recorder struct{ to payloads }

func newRecorder(w io.Writer) *recorder { return &recorder{&stream{w}} }

func (r *recorder) Close() error { return r.to.Close() }

func record(f *os.File) {
	r := newRecorder(f)
	defer r.Close()
	r.to.Start()
}

// What the recorder holds is not closed with it.
func recordAndRead(f *os.File) ([]byte, error) {
	out, err := os.Create("records")
	if err != nil {
		return nil, err
	}
	defer out.Close()
	record(out)
	if _, err := out.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return io.ReadAll(out)
}

type fileRecorder struct{ f *os.File }

func newFileRecorder(f *os.File) *fileRecorder { return &fileRecorder{f} }

func (r *fileRecorder) Close() error { return r.f.Close() }

func recordInFile() ([]byte, error) {
	out, err := os.Create("records")
	if err != nil {
		return nil, err
	}
	r := newFileRecorder(out)
	r.Close()
	return io.ReadAll(out) // want "`out` is used by `io.ReadAll` after it was closed"
}

type rows struct {
	*sql.Rows
	db *sql.DB
}

func query(db *sql.DB, text string) (*rows, error) {
	found, err := db.Query(text)
	if err != nil {
		return nil, err
	}
	return &rows{found, db}, nil
}

// The rows are closed, not the database.
func count(name string, times int) (n int, err error) {
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	for i := 0; i < times; i++ {
		found, err := query(db, "select 1")
		if err != nil {
			return 0, err
		}
		for found.Next() {
			n++
		}
		found.Close()
		if err := found.Err(); err != nil {
			return 0, err
		}
	}
	return n, nil
}
