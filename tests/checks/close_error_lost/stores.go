package p

import (
	"context"
	"io"
)

type store interface {
	Open(ctx context.Context, key string) (io.ReadCloser, error)
	Create(ctx context.Context, key string) (io.WriteCloser, error)
}

func put(ctx context.Context, s store, key string, b []byte) error {
	w, err := s.Create(ctx, key)
	if err != nil {
		return err
	}
	defer w.Close() // want "the error of closing `w` is dropped"
	_, err = w.Write(b)
	return err
}

func putRight(ctx context.Context, s store, key string, b []byte) (err error) {
	w, err := s.Create(ctx, key)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := w.Close(); err == nil {
			err = cerr
		}
	}()
	_, err = w.Write(b)
	return err
}

func get(ctx context.Context, s store, key string) ([]byte, error) {
	r, err := s.Open(ctx, key)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// Nothing is written: what Close says is of no weight.
func touch(ctx context.Context, s store, key string) error {
	w, err := s.Create(ctx, key)
	if err != nil {
		return err
	}
	defer w.Close()
	return ctx.Err()
}
