// Command exportcmd writes a report into a scratch directory and uploads it.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
)

func upload(path string) error {
	st, err := os.Stat(path)
	if err != nil {
		return err
	}
	if st.Size() == 0 {
		return fmt.Errorf("%s is empty", path)
	}
	return nil
}

func main() {
	keep := flag.Bool("keep", false, "keep the scratch directory")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("usage: exportcmd NAME")
	}
	dir, err := os.MkdirTemp("", "export")
	if err != nil {
		log.Fatalf("scratch: %v", err)
	}
	if !*keep {
		defer os.RemoveAll(dir)
	}
	out := filepath.Join(dir, flag.Arg(0))
	if err := os.WriteFile(out, []byte("id,name\n"), 0o600); err != nil {
		log.Fatalf("write: %v", err) // want "warning: .*\[defer-skipped-by-exit\]"
	}
	if err := upload(out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2) // want "warning: .*\[defer-skipped-by-exit\]"
	}
}
