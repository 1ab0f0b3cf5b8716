// Command linkcheck serves a page that tells which links can be reached.
package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"sync"
	"time"
)

// A checker asks for links, and remembers what it found.
type checker struct {
	client *http.Client
	mu     sync.Mutex
	status map[string]int
}

func main() {
	c := &checker{client: http.DefaultClient, status: map[string]int{}}
	mux := http.NewServeMux()
	mux.Handle("/status", recovered(http.HandlerFunc(c.serveStatus)))
	mux.Handle("/check", recovered(http.HandlerFunc(c.serveCheck)))
	go c.watch(os.Args[1:])
	log.Fatal(http.ListenAndServe("localhost:8080", mux))
}

// recovered answers a panic of h with a status. This recover is right.
func recovered(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				log.Printf("%s: %v", r.URL, v)
				http.Error(w, "internal error", http.StatusInternalServerError)
			}
		}()
		h.ServeHTTP(w, r)
	})
}

func (c *checker) serveStatus(w http.ResponseWriter, _ *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := json.NewEncoder(w).Encode(c.status); err != nil {
		log.Print(err)
	}
}

func (c *checker) serveCheck(w http.ResponseWriter, r *http.Request) {
	if err := c.checkAll(r.Context(), r.URL.Query()["link"]); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

// checkAll asks for one link after the other.
func (c *checker) checkAll(ctx context.Context, links []string) error {
	for _, link := range links {
		ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
		defer cancel() // A trap: the timers pile up until all links are checked.
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, link, nil)
		if err != nil {
			return err
		}
		resp, err := c.client.Do(req)
		if err != nil {
			return err
		}
		defer resp.Body.Close() // A trap: so do the connections.
		c.remember(link, resp.StatusCode)
	}
	return nil
}

func (c *checker) remember(link string, status int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.status[link] = status
}

// watch never returns, and so its deferred calls never run.
func (c *checker) watch(links []string) {
	for {
		timer := time.NewTimer(time.Minute)
		defer timer.Stop() // A trap.
		<-timer.C
		if err := c.checkEach(context.Background(), links); err != nil {
			log.Print(err)
		}
	}
}

// checkEach has a goroutine for each link. Each iteration has its own link from Go 1.22 on.
func (c *checker) checkEach(ctx context.Context, links []string) error {
	var wg sync.WaitGroup
	for _, link := range links {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer logPanic(link)
			if err := c.checkAll(ctx, []string{link}); err != nil {
				log.Printf("%s: %v", link, err)
			}
		}()
	}
	wg.Wait()
	return ctx.Err()
}

// first returns the first link that answers. The loop is left behind the `defer`, which is right.
func (c *checker) first(links []string) string {
	for _, link := range links {
		resp, err := c.client.Head(link)
		if err != nil {
			continue
		}
		defer resp.Body.Close()
		return link
	}
	return ""
}

func logPanic(link string) {
	if v := recover(); v != nil {
		log.Printf("%s: panic: %v", link, v)
	}
}
