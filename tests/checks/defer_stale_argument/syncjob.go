// Package syncjob copies files from a source to a target.
package syncjob

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"
)

type Job struct {
	src, dst string
	logger   *slog.Logger
	mu       sync.Mutex
	state    string
	copied   int
}

// Run logs its error as it is at the beginning.
func (j *Job) Run(ctx context.Context) (err error) {
	defer j.logger.Info("job finished", "src", j.src, "err", err) // want "^warning: "
	if err = j.walk(ctx); err != nil {
		return fmt.Errorf("walk: %w", err)
	}
	return nil
}

// RunLate reads them at the end.
func (j *Job) RunLate(ctx context.Context) (err error) {
	defer func() { j.logger.Info("job finished", "copied", j.copied, "err", err) }()
	return j.walk(ctx)
}

// RunState sets a state and puts the old one back.
func (j *Job) RunState(ctx context.Context) error {
	prev := j.state
	j.state = "running"
	defer j.setState(prev)
	return j.walk(ctx)
}

func (j *Job) setState(s string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.state = s
}

func (j *Job) walk(ctx context.Context) error {
	return filepath.WalkDir(j.src, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		rel, err := filepath.Rel(j.src, path)
		if err != nil {
			return err
		}
		return j.copy(path, filepath.Join(j.dst, rel))
	})
}

func (j *Job) copy(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := out.Close(); cerr != nil && err == nil {
			err = cerr
		}
		if err != nil {
			os.Remove(to)
		}
	}()
	_, err = io.Copy(out, in)
	return err
}

// Pack puts all files into an archive; what Close says replaces what went wrong.
func (j *Job) Pack(w io.Writer, names []string) (err error) {
	zw := zip.NewWriter(w)
	defer func() { err = zw.Close() }()
	for _, n := range names {
		if err := addFile(zw, n); err != nil {
			return err
		}
	}
	return nil
}

// PackJoined keeps both.
func (j *Job) PackJoined(w io.Writer, names []string) (err error) {
	zw := zip.NewWriter(w)
	defer func() { err = errors.Join(err, zw.Close()) }()
	for _, n := range names {
		if err := addFile(zw, n); err != nil {
			return err
		}
	}
	return nil
}

func addFile(zw *zip.Writer, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w, err := zw.Create(filepath.Base(name))
	if err != nil {
		return err
	}
	_, err = io.Copy(w, f)
	return err
}

// Unpack keeps every entry's reader open until the end.
func Unpack(zr *zip.Reader, dst string) error {
	for _, e := range zr.File {
		r, err := e.Open()
		if err != nil {
			return err
		}
		defer r.Close()
		b, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dst, filepath.Base(e.Name)), b, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// Poll makes a context a turn.
func (j *Job) Poll(ctx context.Context, every time.Duration, f func(context.Context) error) error {
	for {
		tctx, cancel := context.WithTimeout(ctx, every)
		defer cancel()
		if err := f(tctx); err != nil {
			return err
		}
		<-tctx.Done()
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// Until leaves as soon as it has deferred.
func (j *Job) Until(ctx context.Context, f func() (io.Closer, error)) error {
	for {
		c, err := f()
		if err != nil {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(time.Second):
			}
			continue
		}
		defer c.Close()
		break
	}
	return j.walk(ctx)
}
