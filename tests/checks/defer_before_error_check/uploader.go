// Package uploader sends parts of a file.
package uploader

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"sync"
)

type Uploader struct {
	client *http.Client
	url    string
	log    *slog.Logger
	size   int
}

type part struct {
	n    int
	data []byte
}

// Upload aborts the upload when an error is returned.
func (u *Uploader) Upload(ctx context.Context, path string) (id string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	id, err = u.begin(ctx)
	if err != nil {
		return "", err
	}
	defer func() {
		if err == nil {
			return
		}
		if aerr := u.abort(ctx, id); aerr != nil {
			u.log.Error("abort", "err", aerr)
		}
	}()
	for n := 1; ; n++ {
		buf := make([]byte, u.size)
		k, rerr := io.ReadFull(f, buf)
		if k > 0 {
			if err := u.put(ctx, id, part{n, buf[:k]}); err != nil {
				return "", err
			}
		}
		if rerr == io.EOF || rerr == io.ErrUnexpectedEOF {
			return id, nil
		}
		if rerr != nil {
			return "", rerr
		}
	}
}

// UploadBytes aborts by a variable that the returns pass by.
func (u *Uploader) UploadBytes(ctx context.Context, b []byte) (string, error) {
	id, err := u.begin(ctx)
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			u.abort(ctx, id)
		}
	}()
	for n := 1; len(b) > 0; n++ {
		k := min(u.size, len(b))
		if err := u.put(ctx, id, part{n, b[:k]}); err != nil {
			return "", fmt.Errorf("part %d: %w", n, err)
		}
		b = b[k:]
	}
	return id, nil
}

func (u *Uploader) begin(ctx context.Context) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.url, nil)
	if err != nil {
		return "", err
	}
	resp, err := u.client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return string(b), err
}

func (u *Uploader) put(ctx context.Context, id string, p part) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, fmt.Sprintf("%s/%s/%d", u.url, id, p.n), bytes.NewReader(p.data))
	if err != nil {
		return err
	}
	resp, err := u.client.Do(req)
	defer resp.Body.Close() // want "^error: "
	if err != nil {
		return err
	}
	if resp.StatusCode/100 != 2 {
		return errors.New(resp.Status)
	}
	return nil
}

func (u *Uploader) abort(ctx context.Context, id string) error {
	req, err := http.NewRequestWithContext(context.WithoutCancel(ctx), http.MethodDelete, u.url+"/"+id, nil)
	if err != nil {
		return err
	}
	resp, err := u.client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Parallel keeps every response until all parts are sent.
func (u *Uploader) Parallel(ctx context.Context, id string, parts []part) (err error) {
	for _, p := range parts {
		resp, err := u.client.Post(u.url+"/"+id, "application/octet-stream", bytes.NewReader(p.data))
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		if _, err := io.Copy(io.Discard, resp.Body); err != nil {
			return err
		}
	}
	return nil
}

// Sum collects what Sum256 gives; each error keeps its place.
func (u *Uploader) Sum(paths []string) map[string]string {
	out := map[string]string{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, p := range paths {
		wg.Go(func() {
			b, err := os.ReadFile(p)
			if err != nil {
				return
			}
			s := sha256.Sum256(b)
			mu.Lock()
			defer mu.Unlock()
			out[p] = hex.EncodeToString(s[:])
		})
	}
	wg.Wait()
	return out
}

// Checked sets the result's error only when there is none.
func (u *Uploader) Checked(w io.WriteCloser, b []byte) (n int, err error) {
	defer func() {
		cerr := w.Close()
		if err != nil {
			return
		}
		err = cerr
	}()
	return w.Write(b)
}

// CheckedOr uses cmp-like helper.
func (u *Uploader) CheckedOr(w io.WriteCloser, b []byte) (n int, err error) {
	defer func() { err = first(err, w.Close()) }()
	return w.Write(b)
}

func first(errs ...error) error {
	for _, e := range errs {
		if e != nil {
			return e
		}
	}
	return nil
}
