package p

import (
	"io"
	"os/exec"
)

// Wait closes the pipes: what was not read by then is lost.
func readLate(name string) ([]byte, error) {
	cmd := exec.Command(name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	if err := cmd.Wait(); err != nil {
		return nil, err
	}
	return io.ReadAll(out) // want "`out` is used by `io.ReadAll` after it was closed at line 18"
}

func readInTime(name string) ([]byte, error) {
	cmd := exec.Command(name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	text, err := io.ReadAll(out)
	if err != nil {
		return nil, err
	}
	return text, cmd.Wait()
}
