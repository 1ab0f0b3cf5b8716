package p

import (
	"errors"
	"io"
	"net/http"
)

// The helper closes what it refuses, by a defer on that way alone.
func accepted(url string) (*http.Response, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		defer resp.Body.Close()
		b, _ := io.ReadAll(io.LimitReader(resp.Body, 512))
		return nil, errors.New(string(b))
	}
	return resp, nil
}

func sizeOf(url string) (int64, error) {
	resp, err := accepted(url) // want "the body of `resp` may be still open"
	if err != nil {
		return 0, err
	}
	if resp.ContentLength < 0 {
		return 0, errors.New("no length")
	}
	defer resp.Body.Close()
	return resp.ContentLength, nil
}

func sizeOfClosed(url string) (int64, error) {
	resp, err := accepted(url)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	if resp.ContentLength < 0 {
		return 0, errors.New("no length")
	}
	return resp.ContentLength, nil
}

// What it returns is closed: nobody has to close it again.
func statusOf(url string) (*http.Response, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return resp, nil
}

func code(url string) (int, error) {
	resp, err := statusOf(url)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}
