// Package ship reads log files and hands them on.
package ship

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"time"
)

// Send writes all files to the collector, over one connection.
func Send(address string, names []string) (int64, error) {
	conn, err := dial(address, 3)
	if err != nil {
		return 0, err
	}
	defer conn.Close()

	var total int64
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return total, err
		}
		defer f.Close() // A trap: a folder of many logs runs out of file descriptors.
		fmt.Fprintf(conn, "file %s\n", name)
		n, err := io.Copy(conn, f)
		if err != nil {
			return total, err
		}
		total += n
	}
	return total, nil
}

// dial tries until it has a connection, or has tried often enough.
func dial(address string, attempts int) (conn net.Conn, err error) {
	for range attempts {
		conn, err = net.DialTimeout("tcp", address, time.Second)
		if err == nil {
			return conn, nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return nil, err
}

// Merge copies the lines of all files to w, taking one from each in turn. All files must stay
// open until the end, so that these deferred calls are right.
func Merge(w io.Writer, names []string) error {
	var readers []*bufio.Scanner
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		readers = append(readers, bufio.NewScanner(f))
	}
	for open := len(readers); open > 0; {
		open = 0
		for _, r := range readers {
			if r.Scan() {
				fmt.Fprintln(w, r.Text())
				open++
			}
		}
	}
	return nil
}
