// Package importer reads CSV files into a database.
package importer

import (
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"strconv"
	"time"
)

type Importer struct {
	db      *sql.DB
	stats   Stats
	onError func(line int, err error)
}

type Stats struct {
	Read, Written, Skipped int
	Took                   time.Duration
}

func (s Stats) Log()   { log.Printf("%+v", s) }
func (s *Stats) Save(w io.Writer) error {
	_, err := fmt.Fprintf(w, "%d,%d,%d\n", s.Read, s.Written, s.Skipped)
	return err
}

// Import logs a copy of the statistics, all zero.
func (im *Importer) Import(ctx context.Context, path string) (err error) {
	defer im.stats.Log() // want "^warning: "
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r := csv.NewReader(f)
	for line := 1; ; line++ {
		rec, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
		im.stats.Read++
		if err := im.row(ctx, rec); err != nil {
			im.stats.Skipped++
			im.onError(line, err)
			continue
		}
		im.stats.Written++
	}
}

// ImportSaved goes by the pointer.
func (im *Importer) ImportSaved(ctx context.Context, path string, w io.Writer) error {
	defer im.stats.Save(w)
	return im.Import(ctx, path)
}

func (im *Importer) row(ctx context.Context, rec []string) (err error) {
	if len(rec) != 2 {
		return errors.New("want two fields")
	}
	n, err := strconv.Atoi(rec[1])
	if err != nil {
		return err
	}
	_, err = im.db.ExecContext(ctx, "insert into t values(?,?)", rec[0], n)
	return err
}

// Prepare's deferred Close of a statement replaces the error of the run.
func (im *Importer) Bulk(ctx context.Context, recs [][]string) (err error) {
	st, err := im.db.PrepareContext(ctx, "insert into t values(?,?)")
	if err != nil {
		return err
	}
	defer func() {
		err = st.Close()
	}()
	for _, r := range recs {
		if _, err = st.ExecContext(ctx, r[0], r[1]); err != nil {
			return err
		}
	}
	return nil
}

// BulkCount changes the count in the deferred literal, by design.
func (im *Importer) BulkCount(ctx context.Context, recs [][]string) (n int, err error) {
	defer func() {
		if err != nil {
			n = 0
		}
	}()
	for _, r := range recs {
		if err = im.row(ctx, r); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// Progress defers one message a file, of values that stay as they are.
func (im *Importer) Progress(ctx context.Context, path string) error {
	begin := time.Now()
	defer log.Printf("%s: begun at %v", path, begin)
	return im.Import(ctx, path)
}

// Many opens many files; the function leaves on each path after the defer.
func (im *Importer) Any(ctx context.Context, paths []string) error {
	for i, p := range paths {
		f, err := os.Open(p)
		if os.IsNotExist(err) {
			continue
		} else if err != nil {
			return err
		}
		defer f.Close()
		switch {
		case i == 0:
			return nil
		case i%2 == 0:
			panic("even")
		default:
			return im.Import(ctx, p)
		}
	}
	return io.EOF
}

// Switch has a break that leaves the switch alone.
func (im *Importer) Switch(ctx context.Context, paths []string) error {
	for i, p := range paths {
		f, err := os.Open(p)
		if err != nil {
			return err
		}
		defer f.Close()
		switch {
		case i == 0:
			break
		default:
			return im.Import(ctx, p)
		}
	}
	return nil
}
