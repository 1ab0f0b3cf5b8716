// Command jobrunner runs the jobs that its arguments name. Its go.mod asks for Go 1.21, so that
// all iterations of a loop share the loop's variables.
package main

import (
	"fmt"
	"log"
	"os"
	"time"

	"example.com/jobrunner/jobs"
)

func main() {
	pool := jobs.NewPool(4)
	for _, name := range os.Args[1:] {
		name := name
		pool.Submit(jobs.Job{Name: name, Run: func() error { return greet(name) }})
	}
	for _, err := range pool.Wait() {
		log.Print(err)
	}
	jobs.Every(time.Second, os.Args[1:])
}

func greet(name string) error {
	_, err := fmt.Println("hello", name)
	return err
}
