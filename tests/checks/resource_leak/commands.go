package p

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
)

type event struct{ Name string }

func neverWaited(name string) ([]event, error) {
	cmd := exec.Command(name, "-json")
	out, err := cmd.StdoutPipe() // want "`out` may be still open when `neverWaited` returns at line 32: `cmd.StdoutPipe` succeeded, and nothing on that way waits for the command \(process-pipe\)"
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	var events []event
	for dec := json.NewDecoder(out); dec.More(); {
		var e event
		if err := dec.Decode(&e); err != nil {
			break
		}
		events = append(events, e)
	}
	return events, nil
}

func givenUp(ctx context.Context, name string) (int, error) {
	cmd := exec.CommandContext(ctx, name)
	cmd.Env = append(os.Environ(), "LANG=C")
	errs, err := cmd.StderrPipe() // want "`errs` may be still open when `givenUp` returns at line 52"
	if err != nil {
		return 0, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err = cmd.Start(); err != nil {
		return 0, err
	}
	text, err := io.ReadAll(io.MultiReader(out, errs))
	if err != nil {
		cmd.Process.Kill()
		return 0, err
	}
	return len(text), cmd.Wait()
}

// Look-alikes.

func waited(name string) error {
	cmd := exec.Command(name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		fmt.Println(lines.Text())
	}
	return cmd.Wait()
}

func waitedInTheEnd(name string) (string, error) {
	cmd := exec.Command(name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	defer cmd.Wait()
	return bufio.NewReader(out).ReadString('\n')
}

func waitedByLiteral(name string) error {
	cmd := exec.Command(name)
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() {
		fmt.Fprintln(os.Stderr, cmd.Wait())
	}()
	_, err = io.WriteString(in, "quit\n")
	return err
}

func neverStarted(name string) error {
	cmd := exec.Command(name)
	if _, err := cmd.StdoutPipe(); err != nil {
		return err
	}
	return fmt.Errorf("no such command: %s", name)
}

type child struct {
	cmd *exec.Cmd
	out io.Reader
}

func kept(name string) (*child, error) {
	cmd := exec.Command(name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &child{cmd, out}, nil
}

func reap(cmd *exec.Cmd) { cmd.Wait() }

func reapedByHelper(name string) error {
	cmd := exec.Command(name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	defer reap(cmd)
	_, err = io.Copy(io.Discard, out)
	return err
}

func detached(name string) error {
	return exec.Command(name).Start()
}

type process struct {
	cmd *exec.Cmd
	log *os.File
}

// A command does not close what it writes to: the struct has that besides.
func startLogged(name string) (*process, error) {
	log, err := os.Create(name + ".log") // want "`log` may be still open when `startLogged` returns"
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(name)
	cmd.Stdout = log
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &process{cmd, log}, nil
}

func startAndClose(name string) (*exec.Cmd, error) {
	log, err := os.Create(name + ".log") // want "`log` may be still open when `startAndClose` returns"
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(name)
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		cmd.Wait()
		log.Close()
	}()
	return cmd, nil
}

// Whoever has the command has the file with it.
func startAndGive(name string) (*exec.Cmd, error) {
	log, err := os.Create(name + ".log")
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(name)
	cmd.Stdout = log
	return cmd, cmd.Start()
}
