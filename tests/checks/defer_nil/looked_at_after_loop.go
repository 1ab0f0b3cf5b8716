package p

import (
	"net/http"
	"os"
	"testing"
	"time"
)

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.FailNow()
	}
}

// The last try's error ends the test.
func fetch(t *testing.T, url string) {
	var resp *http.Response
	var err error
	for try := 0; try < 5; try++ {
		resp, err = http.Get(url)
		if err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	noError(t, err)
	defer resp.Body.Close()
}

// Nothing does.
func fetchAnyway(url string) {
	var resp *http.Response
	var err error
	for try := 0; try < 5; try++ {
		resp, err = http.Get(url)
		if err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	defer resp.Body.Close() // want "is deferred also when"
}

func main() {
	fetch(nil, os.Args[0])
	fetchAnyway(os.Args[0])
}
