package p

import (
	"fmt"
	"net"
)

func Example() {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		// Handle the error.
	}
	defer l.Close() // want "info: .*is deferred also when"

	fmt.Println(l.Addr().Network())
}

func Example_run() {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		// Handle the error.
	}
	defer l.Close() // want "error: .*is deferred also when"

	fmt.Println(l.Addr().Network())
	// Output: tcp
}
