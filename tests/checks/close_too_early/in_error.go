package p

import (
	"io"
	"net/http"
)

// An error may tell of what has been released.

type statusError struct {
	resp *http.Response
	text string
}

func (e *statusError) Error() string { return e.resp.Status + ": " + e.text }

func newStatusError(resp *http.Response) *statusError {
	text, _ := io.ReadAll(resp.Body)
	return &statusError{resp, string(text)}
}

func ping(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusOK {
		return nil
	}
	e := newStatusError(resp)
	if resp.StatusCode == http.StatusNotFound {
		e.text = "not there"
	}
	return e
}

func open(url string) (io.Reader, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close() // want "is returned"
	if resp.StatusCode != http.StatusOK {
		return nil, newStatusError(resp)
	}
	return resp.Body, nil
}
