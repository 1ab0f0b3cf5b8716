package p

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
)

type removed struct {
	name string
	err  error
}

// The channel that is closed at once is not the one that the goroutine sends
// to: it is started on another way.
func removeAll(names []string) <-chan removed {
	results := make(chan removed, 1)
	if len(names) == 0 {
		defer close(results)
		results <- removed{err: errors.New("no names")}
		return results
	}
	go func() {
		defer close(results)
		for _, name := range names {
			results <- removed{name, os.Remove(name)}
		}
	}()
	return results
}

func removeSome(names []string, some bool) <-chan removed {
	results := make(chan removed)
	if some {
		defer close(results) // want "nothing here waits for sends to it"
	}
	go func() {
		for _, name := range names {
			results <- removed{name, os.Remove(name)}
		}
	}()
	return results
}

type Response struct {
	*http.Response
	left int
}

// What the body says is read: the rest is the header.
func do(client *http.Client, req *http.Request, v any) (*Response, error) {
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	response := Response{Response: resp}
	response.left = len(resp.Header)
	if err := json.NewDecoder(resp.Body).Decode(v); err != nil {
		return &response, err
	}
	return &response, nil
}

type answer struct {
	resp  *http.Response
	items io.ReadCloser
}

func ask(client *http.Client, url string) (*answer, error) {
	resp, err := client.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close() // want "is in what is returned"
	return &answer{resp: resp}, nil
}

func list(client *http.Client, url string) (*answer, error) {
	resp, err := client.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close() // want "is in what is returned"
	out := &answer{items: resp.Body}
	return out, nil
}

type statusError struct {
	*http.Response
	text []byte
}

func (e *statusError) Error() string { return e.Status }

func newStatusError(resp *http.Response) *statusError {
	text, _ := io.ReadAll(resp.Body)
	return &statusError{resp, text}
}

type outcome struct {
	err error
}

// Whoever has the error asks for the status.
func tryIt(client *http.Client, url string) (o outcome) {
	resp, err := client.Get(url)
	if err != nil {
		o.err = err
		return o
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusOK {
		o.err = json.NewDecoder(resp.Body).Decode(&o)
		return o
	}
	o.err = newStatusError(resp)
	return o
}

type listing struct {
	names   []string
	skipped []error
}

func read(f *os.File) (*os.File, listing, error) {
	names, err := f.Readdirnames(0)
	return f, listing{names: names}, err
}

// There is no place for a file in what is returned.
func readAll(name string) (listing, error) {
	f, err := os.Open(name)
	if err != nil {
		return listing{}, err
	}
	defer f.Close()
	_, found, err := read(f)
	return found, err
}

func readOne(name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // want "is returned"
	same, _, err := read(f)
	return same, err
}

type state interface{ Value() (any, error) }

type failure struct{ err error }

func (f *failure) Value() (any, error) { return nil, f.err }

// An error with the response, within something else.
func watch(client *http.Client, url string) (state, int) {
	resp, err := client.Get(url)
	if err != nil {
		return &failure{err}, 0
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return &failure{newStatusError(resp)}, 0
	}
	text, err := io.ReadAll(resp.Body)
	return &failure{err}, len(text)
}
