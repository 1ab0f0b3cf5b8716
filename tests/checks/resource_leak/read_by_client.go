package p

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
)

type result struct {
	*http.Response
	left int
}

type rest struct{ http *http.Client }

// The body is read, and what is returned has a copy of it.
func (r *rest) do(req *http.Request, v any) (*result, error) {
	resp, err := r.http.Do(req)
	if err != nil {
		return nil, err
	}
	res := &result{Response: resp}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		resp.Body.Close()
		return res, err
	}
	resp.Body.Close()
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return res, json.Unmarshal(body, v)
}

func (r *rest) doAndDefer(req *http.Request, v any) (*result, error) {
	resp, err := r.http.Do(req)
	if err != nil {
		return nil, err
	}
	res := &result{Response: resp}
	defer resp.Body.Close()
	if resp.StatusCode >= http.StatusBadRequest {
		return res, errors.New(resp.Status)
	}
	return res, json.NewDecoder(resp.Body).Decode(v)
}

// Only where it fails.
func (r *rest) open(req *http.Request) (*result, error) {
	resp, err := r.http.Do(req)
	if err != nil {
		return nil, err
	}
	res := &result{Response: resp}
	if err := req.Context().Err(); err != nil {
		resp.Body.Close()
		return res, err
	}
	return res, nil
}

func (r *rest) item(req *http.Request) (int, *result, error) {
	var n int
	res, err := r.do(req, &n)
	if err != nil {
		return 0, res, err
	}
	return n, res, nil
}

func (r *rest) count(req *http.Request) (int, error) {
	n, _, err := r.item(req)
	return n, err
}

func (r *rest) countAgain(req *http.Request) (n, left int, err error) {
	res, err := r.doAndDefer(req, &n)
	if err != nil {
		return 0, 0, err
	}
	return n, res.left, nil
}

func (r *rest) copyAll(req *http.Request, w io.Writer) error {
	res, err := r.open(req) // want "the body of `res` may be still open"
	if err != nil {
		return err
	}
	_, err = io.Copy(w, res.Body)
	return err
}
