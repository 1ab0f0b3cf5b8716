// Package afero has what the tests need of github.com/spf13/afero.
package afero

import (
	"io"
)

type File interface {
	io.Reader
	io.Writer
	io.Closer
	Name() string
}

type Fs interface {
	Open(name string) (File, error)
	Create(name string) (File, error)
}
