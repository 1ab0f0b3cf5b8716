package p

import (
	"errors"
	"io"
	"net/http"
	"time"
)

type client struct {
	http       *http.Client
	maxRetries int
}

// The last one is not closed: where it is, another one is tried.
func (c *client) get(url string) ([]byte, error) {
	var resp *http.Response
	var err error
	for i := 0; i <= c.maxRetries; i++ {
		resp, err = c.http.Get(url)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode < 500 || i >= c.maxRetries {
			break
		}
		resp.Body.Close()
		time.Sleep(time.Second)
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func (c *client) getLess(url string) ([]byte, error) {
	var resp *http.Response
	var err error
	for i := 0; i < c.maxRetries; i++ {
		resp, err = c.http.Get(url)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode < 500 || i == c.maxRetries-1 {
			break
		}
		resp.Body.Close()
	}
	if resp == nil {
		return nil, errors.New("no tries")
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func (c *client) getNext(url string) ([]byte, error) {
	resp, err := c.http.Get(url)
	for i := 0; err == nil && i < c.maxRetries; i++ {
		if resp.StatusCode < 500 || i+1 >= c.maxRetries {
			break
		}
		resp.Body.Close()
		resp, err = c.http.Get(url)
	}
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// All of them are closed if all fail.
func (c *client) getAny(url string) ([]byte, error) {
	var resp *http.Response
	var err error
	for i := 0; i < c.maxRetries; i++ {
		resp, err = c.http.Get(url)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode < 500 {
			break
		}
		resp.Body.Close()
	}
	if resp == nil {
		return nil, errors.New("no tries")
	}
	return io.ReadAll(resp.Body) // want "`resp` is used by `io.ReadAll` after it was closed"
}
