package folders

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

func write(src string) error {
	dir, err := os.MkdirTemp("", "build") // want "`dir` may be still there when `write` returns at line 17"
	if err != nil {
		return err
	}
	out := filepath.Join(dir, "a.out")
	if err := os.WriteFile(out, nil, 0o600); err != nil {
		return err
	}
	return os.RemoveAll(dir)
}

func compile(src string) error {
	dir, err := os.MkdirTemp("", "build") // want "`dir` may be still there when `compile` returns at line 29"
	if err != nil {
		return err
	}
	cmd := exec.Command("cc", "-o", dir+"/out", src)
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	return os.RemoveAll(dir)
}

func within(src string) error {
	dir, err := os.MkdirTemp("", "build") // want "`dir` may be still there when `within` returns at line 42"
	if err != nil {
		return err
	}
	cmd := exec.Command("cc", src)
	cmd.Dir = dir
	if err := cmd.Run(); err != nil {
		return err
	}
	return os.RemoveAll(dir)
}

// output gives a file in the folder, which its caller removes; but who does
// that when it fails?
func output(src string) (string, error) {
	dir, err := os.MkdirTemp("", "build") // want "`dir` may be still there when `output` returns at line 56"
	if err != nil {
		return "", err
	}
	out := filepath.Join(dir, "a.out")
	if err := exec.Command("cc", "-o", out, src).Run(); err != nil {
		return "", err
	}
	return out, nil
}

func given(src string) (string, error) {
	dir, err := os.MkdirTemp("", "build")
	if err != nil {
		return "", err
	}
	out := filepath.Join(dir, "a.out")
	if err := os.WriteFile(out, []byte(src), 0o600); err != nil {
		os.RemoveAll(dir)
		return "", err
	}
	return fmt.Sprintf("%s/%s", dir, "a.out"), nil
}

func removed(src string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "build")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "a.out")
	if err := exec.Command("cc", "-o", out, src).Run(); err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}

// People look at what is in there.
func kept(src string) error {
	dir, err := os.MkdirTemp("", "build")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "src"), []byte(src), 0o600); err != nil {
		os.Remove(dir)
		return err
	}
	fmt.Println("see", dir)
	return nil
}

// shop works in a folder, and removes it in the end.
type shop struct{ dir string }

func newShop(dir string) (*shop, error) {
	return &shop{dir}, os.WriteFile(filepath.Join(dir, "open"), nil, 0o600)
}

func (s *shop) Close() error { return os.RemoveAll(s.dir) }

func work() error {
	dir, err := os.MkdirTemp("", "shop")
	if err != nil {
		return err
	}
	s, err := newShop(dir)
	if err != nil {
		return err
	}
	return s.Close()
}

type cache struct{ path string }

func (c *cache) set(parts ...string) { c.path = filepath.Join(parts...) }

func open(c *cache) error {
	dir, err := os.MkdirTemp("", "cache")
	if err != nil {
		return err
	}
	c.set(dir, "x")
	return nil
}

type converter interface{ Convert(dir string) error }

// The function itself removes it where all went well, so nobody else does.
func convertedBy(c converter, also func(string) error) error {
	dir, err := os.MkdirTemp("", "converted") // want "`dir` may be still there when `convertedBy` returns"
	if err != nil {
		return err
	}
	if err := c.Convert(dir); err != nil {
		return err
	}
	if err := also(dir); err != nil {
		return err
	}
	return os.RemoveAll(dir)
}

// Nothing tells whose it is.
func convertedByOther(c converter) error {
	dir, err := os.MkdirTemp("", "converted")
	if err != nil {
		return err
	}
	return c.Convert(dir)
}
