package main

import (
	"fmt"
	"io"
	"os"
)

type auditor struct{ out io.Writer }

func (a *auditor) Info(s string)  { fmt.Fprintln(a.out, s) }
func (a *auditor) Error(s string) { fmt.Fprintln(a.out, s) }

func currentAuditor() *auditor { return &auditor{os.Stderr} }

// That all went well is not to be said where it did not.
func auditPanic() {
	err := recover()
	if err == nil {
		currentAuditor().Info("process exiting normally")
		return
	}
	currentAuditor().Error(fmt.Sprint(err))
	os.Exit(1)
}

func runAudited(args []string) {
	defer auditPanic()
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "usage: run NAME")
		os.Exit(2) // want "info: .*what it releases is gone then all the same"
	}
	fmt.Println(args[0][1:])
}

func sayGoodbye() {
	if r := recover(); r != nil {
		fmt.Println("recovered", r)
	}
	fmt.Println("goodbye")
}

func runPolitely(args []string) {
	defer sayGoodbye()
	if len(args) == 0 {
		os.Exit(2) // want "ends the process, and `sayGoodbye.*does not run"
	}
	fmt.Println(args[0][1:])
}
