// Situations that users of bodyclose report, by the number of the issue.
package p

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"time"
)

// 18: closed by a helper that takes an io.Closer.
func closer18(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	release := func(c io.Closer) {
		c.Close()
	}
	release(resp.Body)
	return nil
}

func helper18(c io.Closer) {
	if err := c.Close(); err != nil {
		fmt.Println(err)
	}
}

func deferred18(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer helper18(resp.Body)
	return nil
}

// The same with one that does not close.
func look18(c io.Closer) { fmt.Println(c != nil) }

func leak18(url string) error {
	resp, err := http.Get(url) // want "the body of `resp` may be still open"
	if err != nil {
		return err
	}
	look18(resp.Body)
	return nil
}

// 29: tried again until it works.
func retry29(c *http.Client, req *http.Request, times int) {
	resp, err := c.Do(req)
	for tries := 0; err != nil && tries < times; tries++ {
		time.Sleep(time.Second)
		resp, err = c.Do(req)
	}
	if err != nil {
		return
	}
	if err = resp.Body.Close(); err != nil {
		fmt.Println(err)
	}
}

func retryLeak29(c *http.Client, req *http.Request, times int) {
	for range times {
		resp, err := c.Do(req) // want "the body of `resp` (may be|is) still open"
		if err == nil && resp.StatusCode == 200 {
			resp.Body.Close()
			return
		}
	}
}

// 42: kept in a field, and closed through a method that gives it.
type holder42 struct{ resp *http.Response }

func (h *holder42) response() *http.Response { return h.resp }

func field42(url string) ([]byte, error) {
	h := &holder42{}
	var err error
	h.resp, err = http.Get(url)
	if err != nil {
		return nil, err
	}
	defer h.response().Body.Close()
	return io.ReadAll(h.response().Body)
}

// 47: a recorder's response holds nothing.
func recorder47() ([]byte, error) {
	w := httptest.NewRecorder()
	return io.ReadAll(w.Result().Body)
}

// 52: a controller is no response.
func controller52(w http.ResponseWriter) error {
	return http.NewResponseController(w).Flush()
}

// 58: closed on one way only.
func branch58(url string) error {
	resp, err := http.Get(url) // want "the body of `resp` may be still open"
	if err != nil {
		return err
	}
	if resp.StatusCode == 200 {
		return resp.Body.Close()
	}
	return nil
}

// 61: declared before the branches.
func before61(url string, post bool) error {
	var resp *http.Response
	var err error
	if post {
		resp, err = http.Post(url, "text/plain", nil)
	} else {
		resp, err = http.Get(url)
	}
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return nil
}

// 77: the body goes to a variable of the function around.
func outside77(url string, remote bool) ([]byte, error) {
	var body io.ReadCloser = io.NopCloser(new(bytes.Buffer))
	if remote {
		resp, err := http.Get(url)
		if err != nil {
			return nil, err
		}
		body = resp.Body
	}
	defer body.Close()
	return io.ReadAll(body)
}
