// Situations of staticcheck's issues 16 and 1687 and golang/go's 17780, 52661.
package p

import (
	"errors"
	"io"
	"net/http"
)

func setUp1687(fail bool) (func(), error) {
	if fail {
		return nil, errors.New("no")
	}
	return func() { println("cleaned") }, nil
}

// 1687: a nil function is deferred.
func nilCleanup1687(fail bool) error {
	cleanup, err := setUp1687(fail)
	defer cleanup() // want "error"
	if err != nil {
		return err
	}
	println("work")
	return nil
}

func checked1687(fail bool) error {
	cleanup, err := setUp1687(fail)
	if err != nil {
		return err
	}
	defer cleanup()
	return nil
}

// 16, 17780: the body of a response that there may not be.
func body17780(url string) error {
	resp, err := http.Get(url)
	defer resp.Body.Close() // want "error"
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

func unwrap52661(resp *http.Response, err error) *http.Response {
	if err != nil {
		panic(err)
	}
	return resp
}

// 52661: looked at within a helper.
func helper52661(url string) {
	resp := unwrap52661(http.Get(url))
	defer resp.Body.Close()
}
