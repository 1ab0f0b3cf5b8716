package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"os"
	"runtime"
	"sync"
	"time"
)

func worker(jobs <-chan func(), wg *sync.WaitGroup) {
	defer wg.Done() // want "warning: `wg.Done\(\)` never runs: .* at line 16"
	for {
		job := <-jobs
		job()
	}
}

func selecting(a, b chan int, done chan struct{}) {
	defer close(done) // want "`close\(done\)` never runs"
	for {
		select {
		case v := <-a:
			fmt.Println(v)
		case v := <-b:
			if v == 0 {
				break
			}
			fmt.Println(v)
		}
	}
}

func waiting(l net.Listener) {
	defer l.Close() // want "`l.Close\(\)` never runs"
	go serve(l)
	select {}
}

func serve(l net.Listener) {
	defer l.Close() // want "never runs"
	for {
		c, err := l.Accept()
		if err != nil {
			log.Print(err)
			continue
		}
		go c.Close()
	}
}

func inside() {
	for {
		f, err := os.Open("x")
		if err != nil {
			continue
		}
		defer f.Close() // want "never runs"
	}
}

func later(mu *sync.Mutex, fast bool) {
	if fast {
		return
	}
	mu.Lock()
	defer mu.Unlock() // want "never runs"
again:
	time.Sleep(time.Second)
	goto again
}

func forever() {
	for {
		time.Sleep(time.Minute)
	}
}

func calls(name string) {
	defer os.Remove(name) // want "never runs"
	forever()
}

func literal() {
	go func() {
		t := time.NewTicker(time.Second)
		defer t.Stop() // want "`t.Stop\(\)` never runs"
		for {
			<-t.C
			fmt.Println("tick")
		}
	}()
}

// Look-alikes.

func ends(ctx context.Context, wg *sync.WaitGroup) {
	defer wg.Done()
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
		}
	}
}

func drains(jobs <-chan func(), wg *sync.WaitGroup) {
	defer wg.Done()
	for job := range jobs {
		job()
	}
}

func breaks(l net.Listener) {
	defer l.Close()
loop:
	for {
		c, err := l.Accept()
		switch {
		case err != nil:
			break loop
		default:
			c.Close()
		}
	}
}

func panics(l net.Listener) {
	defer l.Close()
	for {
		if _, err := l.Accept(); err != nil {
			panic(err)
		}
	}
}

func logPanics(l net.Listener) {
	defer l.Close()
	for {
		if _, err := l.Accept(); err != nil {
			log.Panic(err)
		}
	}
}

func goexits(jobs chan int, wg *sync.WaitGroup) {
	defer wg.Done()
	for {
		if <-jobs == 0 {
			runtime.Goexit()
		}
	}
}

func guards(jobs chan func()) {
	defer func() {
		if r := recover(); r != nil {
			log.Print(r)
		}
	}()
	for {
		(<-jobs)()
	}
}

func guard() {
	if r := recover(); r != nil {
		log.Print(r)
	}
}

func guardsByName(jobs chan func()) {
	defer guard()
	for {
		(<-jobs)()
	}
}

func eachInLiteral(mu *sync.Mutex) {
	for {
		func() {
			mu.Lock()
			defer mu.Unlock()
			fmt.Println("locked")
		}()
	}
}

func onlyExits(name string) {
	defer os.Remove(name)
	os.Exit(1)
}

func main() {}
