package retries

import (
	"net/http"
	"time"
)

// do closes what it does not return.
func do(req *http.Request, n int) (*http.Response, error) {
	for i := 0; ; i++ {
		resp, err := http.DefaultClient.Do(req)
		if err == nil && resp.StatusCode < 500 {
			return resp, nil
		}
		if err == nil {
			resp.Body.Close()
		}
		if i == n {
			return nil, err
		}
		time.Sleep(time.Second)
	}
}

func exists(req *http.Request) (bool, error) {
	resp, err := do(req, 3) // want "the body of `resp` may be still open when `exists` returns"
	if err != nil {
		return false, err
	}
	return resp.StatusCode == http.StatusOK, nil
}

// head returns one that it has closed.
func head(url string) (*http.Response, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	resp.Body.Close()
	return resp, nil
}

func status(url string) (int, error) {
	resp, err := head(url)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}
