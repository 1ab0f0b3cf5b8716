// Package super restarts services.
package super

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

type Service struct {
	Name string
	Cmd  []string
	mu   sync.Mutex
	cmd  *exec.Cmd
	runs int
}

type Supervisor struct {
	services []*Service
	pidfile  string
	log      *log.Logger
	failures map[string]error
}

func (s *Supervisor) fatal(err error) {
	s.log.Output(2, err.Error())
	os.Exit(1)
}

// Run writes a pid file, which stays when a service does not start.
func (s *Supervisor) Run(ctx context.Context) {
	if err := os.WriteFile(s.pidfile, []byte(fmt.Sprint(os.Getpid())), 0o644); err != nil {
		s.fatal(err)
	}
	defer func() {
		if err := os.Remove(s.pidfile); err != nil {
			s.log.Print(err)
		}
	}()
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM)
	defer stop()
	for _, svc := range s.services {
		if err := svc.start(ctx); err != nil {
			s.fatal(fmt.Errorf("%s: %w", svc.Name, err))
		}
	}
	<-ctx.Done()
	for _, svc := range s.services {
		svc.stop()
	}
}

// RunE gives the error back.
func (s *Supervisor) RunE(ctx context.Context) (err error) {
	if err := os.WriteFile(s.pidfile, nil, 0o644); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(s.pidfile)) }()
	for _, svc := range s.services {
		if err := svc.start(ctx); err != nil {
			return err
		}
		defer svc.stop()
	}
	<-ctx.Done()
	return nil
}

func (svc *Service) start(ctx context.Context) error {
	svc.mu.Lock()
	defer svc.mu.Unlock()
	svc.cmd = exec.CommandContext(ctx, svc.Cmd[0], svc.Cmd[1:]...)
	svc.runs++
	return svc.cmd.Start()
}

func (svc *Service) stop() {
	svc.mu.Lock()
	defer svc.mu.Unlock()
	if svc.cmd == nil || svc.cmd.Process == nil {
		return
	}
	svc.cmd.Process.Signal(os.Interrupt)
	t := time.AfterFunc(5*time.Second, func() { svc.cmd.Process.Kill() })
	defer t.Stop()
	svc.cmd.Wait()
}

// Watch restarts a service when its watcher panics; the recover is in a loop's literal.
func (s *Supervisor) Watch(ctx context.Context, svc *Service, probe func() error) {
	for ctx.Err() == nil {
		func() {
			defer func() {
				if r := recover(); r != nil {
					s.failures[svc.Name] = fmt.Errorf("probe: %v", r)
				}
			}()
			if err := probe(); err != nil {
				panic(err)
			}
		}()
		time.Sleep(time.Second)
	}
}

// WatchGo starts the probe in a goroutine that has no recover, under one that does not help.
func (s *Supervisor) WatchGo(svc *Service, probe func() error) {
	defer s.rescue(svc)
	go func() {
		if err := probe(); err != nil {
			panic(err)
		}
	}()
}

func (s *Supervisor) rescue(svc *Service) {
	if r := recover(); r != nil { // want "^error: "
		s.failures[svc.Name] = fmt.Errorf("probe: %v", r)
	}
}

// Kill exits in a deferred function after the others have run? No: before them.
func (s *Supervisor) Kill(code int) {
	defer os.Remove(s.pidfile)
	defer os.Exit(code)
	for _, svc := range s.services {
		svc.stop()
	}
}

// KillLast exits as the very last.
func (s *Supervisor) KillLast(code int) {
	defer os.Exit(code)
	defer os.Remove(s.pidfile)
	for _, svc := range s.services {
		svc.stop()
	}
}
