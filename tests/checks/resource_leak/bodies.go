package bodies

import (
	"context"
	"errors"
	"io"
	"net/http"
)

// fetch gives the body alone.
func fetch(url string) (io.ReadCloser, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		resp.Body.Close()
		return nil, errors.New(resp.Status)
	}
	return resp.Body, nil
}

func reads(url string) ([]byte, error) {
	r, err := fetch(url) // want "`r` may be still open when `reads` returns"
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func readsAndCloses(url string) ([]byte, error) {
	r, err := fetch(url)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// stream has the body and the end of its context.
type stream struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (s *stream) Close() error {
	defer s.cancel()
	return s.ReadCloser.Close()
}

func open(ctx context.Context, url string) (*stream, error) {
	ctx, cancel := context.WithCancel(ctx)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		cancel()
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		cancel()
		return nil, err
	}
	return &stream{resp.Body, cancel}, nil
}

func first(ctx context.Context, url string, b []byte) (int, error) {
	s, err := open(ctx, url) // want "`s` may be still open when `first` returns"
	if err != nil {
		return 0, err
	}
	return s.Read(b)
}

func firstAndClose(ctx context.Context, url string, b []byte) (int, error) {
	s, err := open(ctx, url)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	return s.Read(b)
}

// text reads the body itself: its caller has nothing to close.
func text(url string) (*http.Response, []byte, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return resp, b, err
}

func length(url string) (int, error) {
	resp, b, err := text(url)
	if err != nil {
		return 0, err
	}
	return len(b) + resp.StatusCode, nil
}
