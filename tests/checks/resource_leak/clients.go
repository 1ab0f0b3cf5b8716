package p

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

type client struct{ hc *http.Client }

func decode(resp *http.Response, v any) error {
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(v)
}

// It has read the body of what it returns, or leaves it to the caller.
func (c *client) callJSON(req *http.Request, v any) (*http.Response, error) {
	resp, err := c.hc.Do(req)
	if err != nil {
		return nil, err
	}
	if v == nil {
		return resp, nil
	}
	err = decode(resp, v)
	return resp, err
}

func (c *client) name(req *http.Request) (string, error) {
	var v struct{ Name string }
	resp, err := c.callJSON(req, &v)
	if err != nil {
		return "", err
	}
	if resp.StatusCode != http.StatusOK {
		return "", errors.New(resp.Status)
	}
	return v.Name, nil
}

// What it returns is open.
func (c *client) call(req *http.Request) (*http.Response, error) {
	resp, err := c.hc.Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		return nil, fmt.Errorf("status %s", resp.Status)
	}
	return resp, nil
}

func (c *client) touch(req *http.Request) error {
	resp, err := c.call(req) // want "the body of `resp` may be still open"
	if err != nil {
		return err
	}
	fmt.Println(resp.Status)
	return nil
}

func shouldRetry(resp *http.Response, err error) (bool, error) {
	if err != nil {
		return errors.Is(err, io.ErrUnexpectedEOF), fmt.Errorf("call: %w", err)
	}
	return false, nil
}

// True means that there was an error.
func (c *client) retried(req *http.Request) (bool, error) {
	resp, err := c.hc.Do(req)
	retry, err := shouldRetry(nil, err)
	if retry {
		return true, err
	}
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return false, err
}
