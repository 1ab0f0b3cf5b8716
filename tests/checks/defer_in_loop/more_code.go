package p

import (
	"archive/zip"
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"sync"
	"time"
)

func unzip(src, dst string) error {
	r, err := zip.OpenReader(src)
	if err != nil {
		return err
	}
	defer r.Close()
	for _, f := range r.File {
		rc, err := f.Open()
		if err != nil {
			return err
		}
		defer rc.Close() // want "^warning: "
		out, err := os.Create(filepath.Join(dst, f.Name))
		if err != nil {
			return err
		}
		defer out.Close() // want "^warning: "
		if _, err := io.Copy(out, rc); err != nil {
			return err
		}
	}
	return nil
}
func walk(root string) error {
	return filepath.Walk(root, func(p string, fi os.FileInfo, err error) error {
		f, err := os.Open(p)
		if err != nil {
			return err
		}
		defer f.Close()
		return nil
	})
}
func gz(names []string) error {
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		defer f.Close() // want "^warning: "
		zr, err := gzip.NewReader(f)
		if err != nil {
			return err
		}
		defer zr.Close() // want "^warning: "
		io.Copy(io.Discard, zr)
	}
	return nil
}
func chain(names []string) (io.Reader, func(), error) {
	var rs []io.Reader
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return nil, nil, err
		}
		zr, err := gzip.NewReader(f)
		if err != nil {
			return nil, nil, err
		}
		defer zr.Close()
		rs = append(rs, zr)
	}
	return io.MultiReader(rs...), func() {}, nil
}
func retryTx(ctx context.Context, db *sql.DB) error {
	for attempt := 0; attempt < 3; attempt++ {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		if err := tx.Commit(); err == nil {
			return nil
		}
	}
	return errors.New("x")
}
func retryUnbounded(ctx context.Context, db *sql.DB, max int) error {
	for attempt := 0; attempt < max; attempt++ {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback() // want "^warning: "
		if err := tx.Commit(); err == nil {
			return nil
		}
	}
	return errors.New("x")
}
func worker(ctx context.Context, jobs <-chan string, mu *sync.Mutex, m map[string]int) {
	for {
		select {
		case <-ctx.Done():
			return
		case j := <-jobs:
			mu.Lock()
			defer mu.Unlock() // want "^warning: "
			m[j]++
		}
	}
}
func ticks(n int) {
	for i := 0; i < n; i++ {
		t := time.NewTimer(time.Second)
		defer t.Stop() // want "^warning: "
		<-t.C
	}
}
func group(names []string) error {
	var wg sync.WaitGroup
	errs := make(chan error, len(names))
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		defer f.Close()
		wg.Add(1)
		go func(f *os.File) { defer wg.Done(); _, err := io.Copy(io.Discard, f); errs <- err }(f)
	}
	wg.Wait()
	return nil
}

type conn struct{ f *os.File }

func (c *conn) Close() error { return c.f.Close() }
func dial(n string) (*conn, error) {
	f, err := os.Open(n)
	if err != nil {
		return nil, err
	}
	return &conn{f}, nil
}
func first(names []string) (*conn, error) {
	var last error
	for _, n := range names {
		c, err := dial(n)
		if err != nil {
			last = err
			continue
		}
		defer c.Close()
		log.Println("ok")
		return c, nil
	}
	return nil, last
}

type T struct{ conns []*conn }

func (t *T) openAll(names []string) error {
	for _, n := range names {
		c, err := dial(n)
		if err != nil {
			return err
		}
		defer func() {
			if err != nil {
				c.Close()
			}
		}()
		t.conns = append(t.conns, c)
	}
	return nil
}
func nested(dirs map[string][]string) {
	for d, fs := range dirs {
		lock, err := os.Create(filepath.Join(d, "lock"))
		if err != nil {
			continue
		}
		defer lock.Close() // want "^warning: "
		for _, f := range fs {
			func() {
				g, err := os.Open(f)
				if err != nil {
					return
				}
				defer g.Close()
			}()
		}
	}
}
func spans(tr interface {
	Start(context.Context, string) (context.Context, interface{ End() })
}, ctx context.Context, names []string) {
	for _, n := range names {
		c, span := tr.Start(ctx, n)
		defer span.End() // want "^warning: "
		fmt.Println(c)
	}
}
func shadowCtx(ctx context.Context, n int) {
	for i := 0; i < n; i++ {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Second)
		defer cancel()
	}
	<-ctx.Done()
}
func sw(names []string, kind int) {
	for _, n := range names {
		switch kind {
		case 1:
			f, err := os.Open(n)
			if err != nil {
				break
			}
			defer f.Close() // want "^warning: "
		}
	}
}
func sel(c chan *os.File) {
	for f := range c {
		defer f.Close() // want "^warning: "
		if _, err := f.Stat(); err != nil {
			log.Println(err)
			continue
		}
	}
}
func dirs(names []string) map[string]*os.File {
	out := make(map[string]*os.File)
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			continue
		}
		defer f.Close()
		out[n] = f
	}
	return out
}
