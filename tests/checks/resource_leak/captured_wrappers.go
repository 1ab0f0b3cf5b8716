//sample: go1.24

package captured

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net/http"
	"os"
	"path/filepath"
)

func add(tw *tar.Writer, name string) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if err := tw.WriteHeader(&tar.Header{Name: name, Size: int64(len(b))}); err != nil {
		return err
	}
	_, err = tw.Write(b)
	return err
}

// What walks has the writer over it alone.
func packTree(w io.Writer, root string) error {
	zw := gzip.NewWriter(w) // want "`zw` may be still open when `packTree` returns"
	tw := tar.NewWriter(zw)
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return add(tw, name)
	})
	if err != nil {
		return err
	}
	return tw.Close()
}

func packed(w io.Writer, root string) error {
	zw := gzip.NewWriter(w)
	tw := tar.NewWriter(zw)
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return add(tw, name)
	})
	if err != nil {
		return err
	}
	if err := tw.Close(); err != nil {
		return err
	}
	return zw.Close()
}

func packedDeferred(w io.Writer, root string) (err error) {
	zw := gzip.NewWriter(w)
	tw := tar.NewWriter(zw)
	defer func() {
		if cerr := tw.Close(); err == nil {
			err = cerr
		}
		if cerr := zw.Close(); err == nil {
			err = cerr
		}
	}()
	return filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return add(tw, name)
	})
}

func eachLine(names []string, use func(string)) {
	for _, name := range names {
		use(name)
	}
}

func list(name string, names []string) error {
	f, err := os.Create(name) // want "`f` may be still open when `list` returns"
	if err != nil {
		return err
	}
	bw := bufio.NewWriter(f)
	eachLine(names, func(line string) { fmt.Fprintln(bw, line) })
	return bw.Flush()
}

// What lives on has it.
func logged(name string, next http.Handler) (http.Handler, error) {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	l := log.New(f, "", 0)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.Print(r.URL)
		next.ServeHTTP(w, r)
	}), nil
}

type recorder struct{ lines []func(string) }

func (r *recorder) later(f func(string)) { r.lines = append(r.lines, f) }

func kept(r *recorder, name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	bw := bufio.NewWriter(f)
	r.later(func(line string) { fmt.Fprintln(bw, line) })
	return nil
}

func started(name string, lines <-chan string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	bw := bufio.NewWriter(f)
	go func() {
		for line := range lines {
			fmt.Fprintln(bw, line)
		}
	}()
	return nil
}
