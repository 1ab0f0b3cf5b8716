package p

import (
	"errors"
	"os"
)

type hooks struct{ files []string }

func noDelayedShutdown() error { return nil }

func (h *hooks) runDelayed(name string) (func() error, error) {
	if name == "" {
		return noDelayedShutdown, errors.New("no name")
	}
	if _, err := os.Stat(name); err != nil {
		return func() error { return err }, err
	}
	return func() error { return os.Remove(name) }, nil
}

func (h *hooks) run(name string) (int, func() error, error) {
	if len(h.files) == 0 {
		return 0, noDelayedShutdown, errors.New("no files")
	}
	shutdown, err := h.runDelayed(name)
	if err != nil {
		return 1, shutdown, err
	}
	return 2, shutdown, os.Chdir(name)
}

// Whatever run says, there is something to call.
func runHooks(h *hooks) (err error) {
	n, shutdown, runErr := h.run("a")
	defer func() {
		if e := shutdown(); e != nil && err == nil {
			err = e
		}
	}()
	if runErr != nil && n == 0 {
		return runErr
	}
	return nil
}

func (h *hooks) open(name string) (func() error, error) {
	if len(h.files) == 0 {
		return nil, errors.New("no files")
	}
	return h.runDelayed(name)
}

func openHooks(h *hooks) error {
	shutdown, err := h.open("a")
	defer shutdown() // want "is deferred before the error of"
	if err != nil {
		return err
	}
	return nil
}
