package p

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func leftByError() (string, error) {
	dir, err := os.MkdirTemp("", "build") // want "`dir` may be still there when `leftByError` returns at line 16: `os.MkdirTemp` succeeded, and nothing on that way removes it \(temp-dir\)"
	if err != nil {
		return "", err
	}
	if err := fill(dir); err != nil {
		return "", err
	}
	return dir, nil
}

func fill(dir string) error { return os.WriteFile(dir+"/a", nil, 0o600) }

func forgotten() error {
	dir, err := os.MkdirTemp("", "h") // want "temp-dir"
	if err != nil {
		return err
	}
	return fill(dir)
}

func removed() error {
	dir, err := os.MkdirTemp("", "clean")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	return os.WriteFile(filepath.Join(dir, "x"), nil, 0o600)
}

func removedByClosure() error {
	dir, err := os.MkdirTemp("", "h")
	if err != nil {
		return err
	}
	defer func() {
		if err := os.RemoveAll(dir); err != nil {
			fmt.Println(err)
		}
	}()
	return fill(dir)
}

// Who knows what it does with the folder.
func givenAway(fill func(string) error) error {
	dir, err := os.MkdirTemp("", "build")
	if err != nil {
		return err
	}
	return fill(dir)
}

func keptOnPurpose(keep bool) error {
	dir, err := os.MkdirTemp("", "debug")
	if err != nil {
		return err
	}
	if keep {
		fmt.Println("kept", dir)
	} else {
		defer os.RemoveAll(dir)
	}
	fmt.Println(dir)
	return nil
}

type workspace struct{ dir string }

func stored() (*workspace, error) {
	dir, err := os.MkdirTemp("", "ws")
	if err != nil {
		return nil, err
	}
	return &workspace{dir: dir}, nil
}

func moved(to string) error {
	dir, err := os.MkdirTemp("", "h")
	if err != nil {
		return err
	}
	if err := fill(dir); err != nil {
		os.RemoveAll(dir)
		return err
	}
	return os.Rename(dir, to)
}

// It goes with the folder that it lies in.
func inner(t *testing.T) {
	dir, err := os.MkdirTemp(t.TempDir(), "inner")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(dir)
}
