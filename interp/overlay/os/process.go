package os

import (
	"errors"
	"internal/testlog"
	"syscall"
	"time"
)

// Args are the program's arguments, its name first.
var Args []string = arguments()

func arguments() (out []string) {
	all := joinedArguments()
	begin := 0
	for i := 0; i < len(all); i++ {
		if all[i] == 0 {
			out = append(out, all[begin:i])
			begin = i + 1
		}
	}
	return out
}

// joinedArguments has each argument, followed by a zero byte.
func joinedArguments() string

// Exit ends the process; no deferred call runs.
func Exit(code int) { syscall.Exit(code) }

func Getenv(key string) string {
	testlog.Getenv(key)
	v, _ := syscall.Getenv(key)
	return v
}

func LookupEnv(key string) (string, bool) { return syscall.Getenv(key) }

func Setenv(key, value string) error {
	return NewSyscallError("setenv", syscall.Setenv(key, value))
}

func Unsetenv(key string) error { return syscall.Unsetenv(key) }
func Clearenv()                 { syscall.Clearenv() }
func Environ() []string         { return syscall.Environ() }

// Expand replaces $name and ${name}.
func Expand(s string, mapping func(string) string) string {
	var out []byte
	for i := 0; i < len(s); i++ {
		if s[i] != '$' || i+1 == len(s) {
			out = append(out, s[i])
			continue
		}
		rest := s[i+1:]
		if rest[0] == '{' {
			end := 1
			for end < len(rest) && rest[end] != '}' {
				end++
			}
			if end == len(rest) || end == 1 {
				// Bad syntax disappears.
				i += min(end, 2)
				continue
			}
			out = append(out, mapping(rest[1:end])...)
			i += end + 1
			continue
		}
		end := 0
		if isSpecial(rest[0]) {
			end = 1
		}
		for end == 0 || end > 0 && end < len(rest) && !isSpecial(rest[0]) && isName(rest[end]) {
			if !isName(rest[end]) {
				break
			}
			end++
			if end == len(rest) {
				break
			}
		}
		if end == 0 {
			out = append(out, '$')
			continue
		}
		out = append(out, mapping(rest[:end])...)
		i += end
	}
	return string(out)
}

func isSpecial(c byte) bool {
	switch c {
	case '*', '#', '$', '@', '!', '?', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return true
	}
	return false
}

func isName(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func ExpandEnv(s string) string { return Expand(s, Getenv) }

func Getpid() int      { return syscall.Getpid() }
func Getppid() int     { return syscall.Getppid() }
func Getuid() int      { return syscall.Getuid() }
func Geteuid() int     { return syscall.Geteuid() }
func Getgid() int      { return syscall.Getgid() }
func Getegid() int     { return syscall.Getegid() }
func Getpagesize() int { return syscall.Getpagesize() }

func Getgroups() ([]int, error)       { return nil, nil }
func Hostname() (string, error)       { return "localhost", nil }
func Executable() (string, error)     { return Args[0], nil }
func UserHomeDir() (string, error)    { return "/home", nil }
func UserCacheDir() (string, error)   { return "/home/.cache", nil }
func UserConfigDir() (string, error)  { return "/home/.config", nil }

// Signal is a signal of the system.
type Signal interface {
	String() string
	Signal()
}

var (
	Interrupt Signal = syscall.SIGINT
	Kill      Signal = syscall.SIGKILL
)

// Process is a running process; only this one can be had.
type Process struct {
	Pid int
}

func FindProcess(pid int) (*Process, error) { return &Process{pid}, nil }

func (p *Process) Kill() error    { return p.Signal(Kill) }
func (p *Process) Release() error { return nil }
func (p *Process) Signal(sig Signal) error {
	s, ok := sig.(syscall.Signal)
	if !ok {
		return errors.New("os: unsupported signal type")
	}
	return syscall.Kill(p.Pid, s)
}
func (p *Process) Wait() (*ProcessState, error) {
	return nil, NewSyscallError("wait", syscall.ECHILD)
}

// ProcAttr says how to start a process, which cannot be done.
type ProcAttr struct {
	Dir   string
	Env   []string
	Files []*File
	Sys   any
}

func StartProcess(name string, argv []string, attr *ProcAttr) (*Process, error) {
	return nil, &PathError{Op: "fork/exec", Path: name, Err: syscall.ENOSYS}
}

// ProcessState tells how a process ended.
type ProcessState struct {
	pid  int
	code int
}

func (p *ProcessState) ExitCode() int              { return p.code }
func (p *ProcessState) Exited() bool               { return true }
func (p *ProcessState) Pid() int                   { return p.pid }
func (p *ProcessState) Success() bool              { return p.code == 0 }
func (p *ProcessState) String() string             { return "exit status " + decimal(uint64(p.code)) }
func (p *ProcessState) Sys() any                   { return nil }
func (p *ProcessState) SysUsage() any              { return nil }
func (p *ProcessState) SystemTime() time.Duration  { return 0 }
func (p *ProcessState) UserTime() time.Duration    { return 0 }
