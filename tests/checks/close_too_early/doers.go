package doers

import (
	"context"
	"io"
	"net/http"
	"time"
)

type doer interface {
	Do(*http.Request) (*http.Response, error)
}

type client struct{ http doer }

func (c *client) stream(ctx context.Context, url string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

func (c *client) limited(ctx context.Context, url string) (io.ReadCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel() // want "what is returned at line 31 lives only as long as the context"
	return c.stream(ctx, url)
}

func (c *client) read(ctx context.Context, url string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	r, err := c.stream(ctx, url)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}
