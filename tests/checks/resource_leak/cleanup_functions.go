package p

import (
	"errors"
	"os"
	"testing"
)

func opened(name string) (*os.File, func(), error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	return f, func() {
		if err := f.Close(); err != nil {
			println(err)
		}
	}, nil
}

func forgotten(name string) error {
	f, release, err := opened(name) // want "`f` may be still open when `forgotten` returns at line 27: `opened` succeeded, and nothing on that way calls `release` \(file\)"
	if err != nil {
		return err
	}
	if _, err := f.Stat(); err != nil {
		return err
	}
	release()
	return nil
}

func dropped(name string) error {
	f, _, err := opened(name) // want "nothing on that way calls the function that releases it"
	if err != nil {
		return err
	}
	_, err = f.Stat()
	return err
}

func closedAllTheSame(name string) error {
	f, _, err := opened(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Stat()
	return err
}

func deferred(name string) error {
	f, release, err := opened(name)
	if err != nil {
		return err
	}
	defer release()
	_, err = f.Stat()
	return err
}

func deferredInLiteral(name string) error {
	f, release, err := opened(name)
	if err != nil {
		return err
	}
	defer func() {
		release()
	}()
	_, err = f.Stat()
	return err
}

func ifThereIsOne(name string) error {
	f, release, err := opened(name)
	if release != nil {
		defer release()
	}
	if err != nil {
		return err
	}
	_, err = f.Stat()
	return err
}

func onEachWay(name string, quick bool) error {
	f, release, err := opened(name)
	if err != nil {
		return err
	}
	if quick {
		release()
		return nil
	}
	_, err = f.Stat()
	release()
	return err
}

func usedTooLate(name string) error {
	f, release, err := opened(name)
	if err != nil {
		return err
	}
	release()
	return f.Sync()
}

func atTheEndOfTest(t *testing.T) {
	f, release, err := opened("x")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(release)
	f.Stat()
}

// The caller's business.
func handedUp(name string) (*os.File, func(), error) {
	return opened(name)
}

func handedUpChanged(name string) (*os.File, func(), error) {
	f, release, err := opened(name)
	if err != nil {
		return nil, nil, errors.New("no")
	}
	if _, err := f.Stat(); err != nil {
		release()
		return nil, nil, err
	}
	return f, release, nil
}

func throughTwo(name string) error {
	_, release, err := handedUpChanged(name) // want "`handedUpChanged` succeeded, and nothing on that way calls `release`"
	if err != nil {
		return err
	}
	if name == "x" {
		return errors.New("x")
	}
	release()
	return nil
}

type owner struct {
	release func()
}

func kept(o *owner, name string) error {
	_, release, err := opened(name)
	if err != nil {
		return err
	}
	o.release = release
	return nil
}

func run(work func(), after func()) {
	work()
	after()
}

func handedOn(name string) error {
	f, release, err := opened(name)
	if err != nil {
		return err
	}
	run(func() { f.Stat() }, release)
	return nil
}

// Only the function that releases it.
func lock(name string) (func() error, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	if _, err := f.WriteString("me"); err != nil {
		f.Close()
		return nil, err
	}
	return f.Close, nil
}

func lockedPartly(name string) error {
	unlock, err := lock(name) // want "what `unlock` releases may be still open when `lockedPartly` returns"
	if err != nil {
		return err
	}
	if name == "x" {
		return errors.New("x")
	}
	return unlock()
}

func locked(name string) (err error) {
	unlock, err := lock(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if name == "x" {
		return errors.New("x")
	}
	return nil
}

// It may stay open on purpose: nobody says that it is closed.
func maybe(name string, keep bool) (*os.File, func()) {
	f, _ := os.Open(name)
	return f, func() {
		if !keep {
			f.Close()
		}
	}
}

func unclear(name string) {
	f, release := maybe(name, true)
	if _, err := f.Stat(); err != nil {
		return
	}
	release()
}

var current *os.File

func remembered(name string) (func(), error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	current = f
	return func() { f.Close() }, nil
}

func global(name string) error {
	release, err := remembered(name)
	if err != nil {
		return err
	}
	if name == "x" {
		return nil
	}
	release()
	return nil
}

func folder() (string, func(), error) {
	dir, err := os.MkdirTemp("", "x")
	if err != nil {
		return "", nil, err
	}
	return dir, func() { os.RemoveAll(dir) }, nil
}

func leftBehind() error {
	dir, remove, err := folder() // want "`dir` may be still there when `leftBehind` returns"
	if err != nil {
		return err
	}
	if err := os.WriteFile(dir+"/x", nil, 0o600); err != nil {
		return err
	}
	remove()
	return nil
}

func removed() error {
	dir, remove, err := folder()
	if err != nil {
		return err
	}
	defer remove()
	return os.WriteFile(dir+"/x", nil, 0o600)
}

// That literals call other functions says nothing of the file.
func besides(name string, each func(func())) error {
	f, err := os.Open(name) // want "`f` may be still open when `besides` returns"
	if err != nil {
		return err
	}
	n := 0
	count := func() { n++ }
	each(func() { count() })
	_, err = f.Stat()
	return err
}

// With a deferred call of its own it returns what is in a variable.
func openedTimed(name string, log func(string)) (*os.File, func() error, error) {
	log("open")
	defer log("opened")
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	return f, func() error { return f.Close() }, nil
}

func forgottenTimed(name string) error {
	f, release, err := openedTimed(name, func(string) {}) // want "`f` may be still open when `forgottenTimed` returns"
	if err != nil {
		return err
	}
	if _, err := f.Stat(); err != nil {
		return err
	}
	return release()
}

// A deferred closure may call it.
func openedGuarded(name string, check func(*os.File) error) (f *os.File, release func(), err error) {
	defer func() {
		if err != nil && release != nil {
			release()
			release = nil
		}
	}()
	if f, err = os.Open(name); err != nil {
		return nil, nil, err
	}
	release = func() { f.Close() }
	err = check(f)
	return f, release, err
}

func usedGuarded(name string) error {
	f, release, err := openedGuarded(name, func(f *os.File) error { return nil })
	if err != nil {
		return err
	}
	defer release()
	_, err = f.Stat()
	return err
}
