package p

import (
	"io"
	"log"
	"net/http"
	"os"
)

// Each is closed before the next one: only the calls pile up.
func write(names []string, text string) {
	for _, name := range names {
		out, err := os.Create(name)
		if err != nil {
			log.Fatal(err)
		}
		defer out.Close() // want "info: .*pile up in memory until then"
		if _, err := io.WriteString(out, text); err != nil {
			log.Fatal(err)
		}
		out.Close()
	}
}

func fetch(urls []string) error {
	for _, url := range urls {
		resp, err := http.Get(url)
		if err != nil {
			return err
		}
		defer resp.Body.Close() // want "info: .*pile up in memory until then"
		if _, err := io.Copy(io.Discard, resp.Body); err != nil {
			return err
		}
		resp.Body.Close()
	}
	return nil
}

func fetchSome(urls []string) error {
	for _, url := range urls {
		resp, err := http.Get(url)
		if err != nil {
			return err
		}
		defer resp.Body.Close() // want "warning: .*stays held until then"
		if resp.StatusCode != http.StatusOK {
			continue
		}
		if _, err := io.Copy(io.Discard, resp.Body); err != nil {
			return err
		}
		resp.Body.Close()
	}
	return nil
}
