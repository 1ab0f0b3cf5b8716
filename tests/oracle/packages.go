package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A listedPackage is what `go list -json` says of one package.
type listedPackage struct {
	// ImportPath has the form `p [q.test]` for a test variant.
	ImportPath string
	Name       string
	Dir        string
	GoFiles    []string
	CgoFiles   []string
	ImportMap  map[string]string
	Module     *struct{ GoVersion string }
	ForTest    string
	DepOnly    bool
	Error      *struct{ Err string }
}

// listOptions say which packages `go list` is asked for.
type listOptions struct {
	folder string
	tests  bool
	cgo    bool
}

// listClosure runs `go list` and returns the packages that match the patterns and all
// that they import, dependencies first. The generated main packages of tests are left out.
func listClosure(options listOptions, patterns []string) ([]*listedPackage, error) {
	args := []string{"list", "-e", "-deps",
		"-json=ImportPath,Name,Dir,GoFiles,CgoFiles,ImportMap,Module,ForTest,DepOnly,Error"}
	if options.tests {
		args = append(args, "-test")
	}
	args = append(append(args, "--"), patterns...)
	command := exec.Command("go", args...)
	command.Dir = options.folder
	cgo := "0"
	if options.cgo {
		cgo = "1"
	}
	// The toolchain that is installed, and nothing from the network.
	command.Env = append(os.Environ(), "GOTOOLCHAIN=local", "GOPROXY=off", "CGO_ENABLED="+cgo)
	command.Stderr = os.Stderr
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	var packages []*listedPackage
	decoder := json.NewDecoder(output)
	for {
		p := new(listedPackage)
		if err := decoder.Decode(p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		if !p.isTestMain() {
			packages = append(packages, p)
		}
	}
	return packages, command.Wait()
}

// isTestMain reports whether the go command generates the package: its one file then lies
// in the build cache, and is named by its whole path.
func (p *listedPackage) isTestMain() bool {
	if p.Name != "main" || !strings.HasSuffix(p.ImportPath, ".test") {
		return false
	}
	for _, file := range p.GoFiles {
		if filepath.IsAbs(file) {
			return true
		}
	}
	return false
}

// path is the import path without the test that a variant is made for.
func (p *listedPackage) path() string {
	path, _, _ := strings.Cut(p.ImportPath, " ")
	return path
}

// files are the paths of the package's Go files, sorted as the go command has them.
func (p *listedPackage) files() []string {
	var paths []string
	for _, names := range [][]string{p.GoFiles, p.CgoFiles} {
		for _, name := range names {
			if !filepath.IsAbs(name) {
				name = filepath.Join(p.Dir, name)
			}
			paths = append(paths, name)
		}
	}
	return paths
}

// languageVersion is what the go command gives the compiler as -lang for the package.
func (p *listedPackage) languageVersion() string {
	if p.Module == nil {
		return localLanguage
	}
	version := p.Module.GoVersion
	if version == "" {
		version = "1.16" // What a go.mod without a go line means.
	}
	if language := goLanguage(version); !isNewer(language, localLanguage) {
		return language
	}
	return localLanguage
}
