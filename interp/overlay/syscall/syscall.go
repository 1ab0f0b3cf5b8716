// Package syscall: names of errors, signals and constants of Linux, and the few
// calls that have a meaning for an interpreted program.
package syscall

import (
	"internal/oserror"
)

// Errno is the number of an error.
type Errno uintptr

func (e Errno) Error() string {
	if text, ok := errorTexts[e]; ok {
		return text
	}
	return "errno " + itoa(int(e))
}

func (e Errno) Is(target error) bool {
	switch target {
	case oserror.ErrPermission:
		return e == EACCES || e == EPERM
	case oserror.ErrExist:
		return e == EEXIST || e == ENOTEMPTY
	case oserror.ErrNotExist:
		return e == ENOENT
	}
	return false
}

func (e Errno) Temporary() bool {
	return e == EINTR || e == EMFILE || e == ENFILE || e.Timeout()
}

func (e Errno) Timeout() bool { return e == EAGAIN || e == ETIMEDOUT }

func itoa(n int) string {
	if n < 0 {
		return "-" + itoa(-n)
	}
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

const (
	EPERM        = Errno(1)
	ENOENT       = Errno(2)
	ESRCH        = Errno(3)
	EINTR        = Errno(4)
	EIO          = Errno(5)
	E2BIG        = Errno(7)
	EBADF        = Errno(9)
	ECHILD       = Errno(10)
	EAGAIN       = Errno(11)
	EWOULDBLOCK  = EAGAIN
	ENOMEM       = Errno(12)
	EACCES       = Errno(13)
	EFAULT       = Errno(14)
	EBUSY        = Errno(16)
	EEXIST       = Errno(17)
	EXDEV        = Errno(18)
	ENODEV       = Errno(19)
	ENOTDIR      = Errno(20)
	EISDIR       = Errno(21)
	EINVAL       = Errno(22)
	ENFILE       = Errno(23)
	EMFILE       = Errno(24)
	ENOTTY       = Errno(25)
	EFBIG        = Errno(27)
	ENOSPC       = Errno(28)
	ESPIPE       = Errno(29)
	EROFS        = Errno(30)
	EPIPE        = Errno(32)
	ERANGE       = Errno(34)
	ENAMETOOLONG = Errno(36)
	ENOSYS       = Errno(38)
	ENOTEMPTY    = Errno(39)
	ELOOP        = Errno(40)
	ENOTSUP      = Errno(95)
	EOPNOTSUPP   = ENOTSUP
	EADDRINUSE   = Errno(98)
	ECONNABORTED = Errno(103)
	ECONNRESET   = Errno(104)
	ENOTCONN     = Errno(107)
	ETIMEDOUT    = Errno(110)
	ECONNREFUSED = Errno(111)
	EHOSTUNREACH = Errno(113)
	ECANCELED    = Errno(125)
)

var errorTexts = map[Errno]string{
	EPERM:        "operation not permitted",
	ENOENT:       "no such file or directory",
	ESRCH:        "no such process",
	EINTR:        "interrupted system call",
	EIO:          "input/output error",
	E2BIG:        "argument list too long",
	EBADF:        "bad file descriptor",
	ECHILD:       "no child processes",
	EAGAIN:       "resource temporarily unavailable",
	ENOMEM:       "cannot allocate memory",
	EACCES:       "permission denied",
	EFAULT:       "bad address",
	EBUSY:        "device or resource busy",
	EEXIST:       "file exists",
	EXDEV:        "invalid cross-device link",
	ENODEV:       "no such device",
	ENOTDIR:      "not a directory",
	EISDIR:       "is a directory",
	EINVAL:       "invalid argument",
	ENFILE:       "too many open files in system",
	EMFILE:       "too many open files",
	ENOTTY:       "inappropriate ioctl for device",
	EFBIG:        "file too large",
	ENOSPC:       "no space left on device",
	ESPIPE:       "illegal seek",
	EROFS:        "read-only file system",
	EPIPE:        "broken pipe",
	ERANGE:       "numerical result out of range",
	ENAMETOOLONG: "file name too long",
	ENOSYS:       "function not implemented",
	ENOTEMPTY:    "directory not empty",
	ELOOP:        "too many levels of symbolic links",
	ENOTSUP:      "operation not supported",
	EADDRINUSE:   "address already in use",
	ECONNABORTED: "software caused connection abort",
	ECONNRESET:   "connection reset by peer",
	ENOTCONN:     "transport endpoint is not connected",
	ETIMEDOUT:    "connection timed out",
	ECONNREFUSED: "connection refused",
	EHOSTUNREACH: "no route to host",
	ECANCELED:    "operation canceled",
}

// Signal is the number of a signal.
type Signal int

const (
	SIGHUP  = Signal(1)
	SIGINT  = Signal(2)
	SIGQUIT = Signal(3)
	SIGILL  = Signal(4)
	SIGTRAP = Signal(5)
	SIGABRT = Signal(6)
	SIGBUS  = Signal(7)
	SIGFPE  = Signal(8)
	SIGKILL = Signal(9)
	SIGUSR1 = Signal(10)
	SIGSEGV = Signal(11)
	SIGUSR2 = Signal(12)
	SIGPIPE = Signal(13)
	SIGALRM = Signal(14)
	SIGTERM = Signal(15)
	SIGCHLD = Signal(17)
	SIGCONT = Signal(18)
	SIGSTOP = Signal(19)
	SIGTSTP = Signal(20)
	SIGWINCH = Signal(28)
)

var signalTexts = map[Signal]string{
	SIGHUP: "hangup", SIGINT: "interrupt", SIGQUIT: "quit", SIGILL: "illegal instruction",
	SIGTRAP: "trace/breakpoint trap", SIGABRT: "aborted", SIGBUS: "bus error",
	SIGFPE: "floating point exception", SIGKILL: "killed", SIGUSR1: "user defined signal 1",
	SIGSEGV: "segmentation fault", SIGUSR2: "user defined signal 2", SIGPIPE: "broken pipe",
	SIGALRM: "alarm clock", SIGTERM: "terminated", SIGCHLD: "child exited",
	SIGCONT: "continued", SIGSTOP: "stopped (signal)", SIGTSTP: "stopped",
	SIGWINCH: "window changed",
}

func (s Signal) Signal() {}
func (s Signal) String() string {
	if text, ok := signalTexts[s]; ok {
		return text
	}
	return "signal " + itoa(int(s))
}

const (
	O_RDONLY  = 0x0
	O_WRONLY  = 0x1
	O_RDWR    = 0x2
	O_CREAT   = 0x40
	O_EXCL    = 0x80
	O_TRUNC   = 0x200
	O_APPEND  = 0x400
	O_NONBLOCK = 0x800
	O_SYNC    = 0x101000
	O_CLOEXEC = 0x80000

	PROT_NONE  = 0x0
	PROT_READ  = 0x1
	PROT_WRITE = 0x2
	PROT_EXEC  = 0x4

	MAP_SHARED  = 0x1
	MAP_PRIVATE = 0x2
	MAP_FIXED   = 0x10
	MAP_ANON    = 0x20

	ImplementsGetwd = true
)

var (
	Stdin  = 0
	Stdout = 1
	Stderr = 2
)

// RawConn and Conn are for files and sockets.
type RawConn interface {
	Control(f func(fd uintptr)) error
	Read(f func(fd uintptr) (done bool)) error
	Write(f func(fd uintptr) (done bool)) error
}

type Conn interface {
	SyscallConn() (RawConn, error)
}

// Exit ends the process; no deferred call runs.
func Exit(code int)

// Getpid is the interpreter's own.
func Getpid() int

func Getppid() int     { return 1 }
func Getuid() int      { return 1000 }
func Geteuid() int     { return 1000 }
func Getgid() int      { return 1000 }
func Getegid() int     { return 1000 }
func Getpagesize() int { return 4096 }

func write(fd int, p []byte) int
func read(fd int, p []byte) int

// Write and Read know the three standard descriptors.
func Write(fd int, p []byte) (n int, err error) {
	if fd != 1 && fd != 2 {
		return -1, EBADF
	}
	if n = write(fd, p); n < 0 {
		return -1, EIO
	}
	return n, nil
}

func Read(fd int, p []byte) (n int, err error) {
	if fd != 0 {
		return -1, EBADF
	}
	if n = read(fd, p); n < 0 {
		return -1, EIO
	}
	return n, nil
}

// raise ends the process by a signal.
func raise(signal int)

// OnSignal is set by package os/signal: it tells if somebody wants the signal.
var OnSignal func(s Signal) bool

// Kill can send to this process alone.
func Kill(pid int, s Signal) error {
	if pid != Getpid() {
		return EPERM
	}
	if s == 0 || OnSignal != nil && OnSignal(s) {
		return nil
	}
	switch s {
	case SIGCHLD, SIGCONT, SIGWINCH:
		return nil
	}
	raise(int(s))
	return nil
}

// The environment.

func environ() string

var (
	variables []string
	isRead    bool
)

func readEnvironment() {
	if isRead {
		return
	}
	isRead = true
	all := environ()
	begin := 0
	for i := 0; i < len(all); i++ {
		if all[i] == 0 {
			variables = append(variables, all[begin:i])
			begin = i + 1
		}
	}
}

func find(key string) int {
	readEnvironment()
	for i, v := range variables {
		if len(v) > len(key) && v[len(key)] == '=' && v[:len(key)] == key {
			return i
		}
	}
	return -1
}

func Getenv(key string) (value string, found bool) {
	if i := find(key); key != "" && i >= 0 {
		return variables[i][len(key)+1:], true
	}
	return "", false
}

func Setenv(key, value string) error {
	if key == "" {
		return EINVAL
	}
	for i := 0; i < len(key); i++ {
		if key[i] == '=' || key[i] == 0 {
			return EINVAL
		}
	}
	if i := find(key); i >= 0 {
		variables[i] = key + "=" + value
	} else {
		variables = append(variables, key+"="+value)
	}
	return nil
}

func Unsetenv(key string) error {
	if i := find(key); i >= 0 {
		variables = append(variables[:i], variables[i+1:]...)
	}
	return nil
}

func Clearenv() {
	readEnvironment()
	variables = nil
}

func Environ() []string {
	readEnvironment()
	return append([]string(nil), variables...)
}
