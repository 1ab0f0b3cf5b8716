// Situations of staticcheck's issue 1526, revive's 1300, go-critic's 995 and
// 1421.
package main

import (
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
)

func run1526(name string) {
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		return
	}
	defer os.Remove(name)
	fmt.Println("work")
	os.Exit(0) // want "os.Exit"
}

func fatal1300(name string) {
	defer os.Remove(name)
	if err := errors.New("no"); err != nil {
		log.Fatal(err) // want "log.Fatal"
	}
}

// 995: it is the exit that is deferred.
func deferred995(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		defer os.Exit(1)
	} else {
		defer os.Exit(0)
	}
	fmt.Println("output")
}

// 1421: on the way to the exit nothing is deferred.
func other1421(url string) {
	if resp, err := http.Get(url); err == nil {
		defer resp.Body.Close()
	} else {
		fmt.Println(err)
		os.Exit(1)
	}
}

func main() {
	run1526("a")
	fatal1300("b")
	deferred995(nil)
	other1421("c")
}
