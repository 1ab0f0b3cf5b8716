package p

import (
	"bytes"
	"io"
	"os"
)

func openAll(names []string) ([]*os.File, error) {
	var files []*os.File
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close() // want "`f` is in what is returned \(line 19\)"
		files = append(files, f)
	}
	return files, nil
}

func concat(names []string) (io.Reader, error) {
	var readers []io.Reader
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close() // want "`f` is in what is returned"
		readers = append(readers, f)
	}
	return io.MultiReader(readers...), nil
}

func withHeader(name string, head []byte) (io.Reader, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // want "`f` is in what is returned"
	return io.MultiReader(bytes.NewReader(head), f), nil
}

func byName(names []string) (files map[string]*os.File, err error) {
	files = map[string]*os.File{}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close() // want "`f` is in what is returned"
		files[name] = f
	}
	return files, nil
}

// The list is used here, and what is returned was read from it.
func sizes(names []string) ([]int64, error) {
	var files []*os.File
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		files = append(files, f)
	}
	var sizes []int64
	for _, f := range files {
		st, err := f.Stat()
		if err != nil {
			return nil, err
		}
		sizes = append(sizes, st.Size())
	}
	return sizes, nil
}

// Read to the end before the function returns.
func readAll(names []string) ([]byte, error) {
	var readers []io.Reader
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		readers = append(readers, f)
	}
	return io.ReadAll(io.MultiReader(readers...))
}

// Closed where it fails, and only there.
func openOrNone(names []string) (files []*os.File, err error) {
	defer func() {
		if err != nil {
			for _, f := range files {
				f.Close()
			}
			files = nil
		}
	}()
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return files, err
		}
		files = append(files, f)
	}
	return files, nil
}
