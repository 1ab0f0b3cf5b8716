package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"io"
	"os"
	"strings"
)

// unitFlags are the options of `oracle types -errors-only`, which checks files as one
// package whatever their names and build constraints are.
type unitFlags struct {
	errorsOnly bool
	batch      bool
	asserts    bool
	language   string
	aliases    string
	local      localImports
}

// localImports are packages given by their files: -import PATH=FILE,FILE.
type localImports map[string][]string

func (l localImports) String() string { return "" }

func (l localImports) Set(text string) error {
	path, files, found := strings.Cut(text, "=")
	if !found {
		return fmt.Errorf("want PATH=FILE,FILE")
	}
	l[path] = strings.Split(files, ",")
	return nil
}

func addUnitFlags(flags *flag.FlagSet) *unitFlags {
	u := &unitFlags{local: localImports{}}
	flags.BoolVar(&u.errorsOnly, "errors-only", false, "check FILE... as one package and print its errors")
	flags.StringVar(&u.language, "lang", "", "with -errors-only: the language version, such as go1.17")
	flags.StringVar(&u.aliases, "gotypesalias", "", "with -errors-only: GODEBUG's gotypesalias")
	flags.Var(u.local, "import", "with -errors-only: `PATH=FILE,FILE`, a package that the files may import")
	flags.BoolVar(&u.asserts, "asserts", false, "with -errors-only: declare the built-in functions of go/types' own tests")
	flags.BoolVar(&u.batch, "batch", false, "with -errors-only: standard input has a JSON list of arguments a line; after each answer comes a line `#`")
	return u
}

func errorsOfUnits(options *unitFlags, files []string) error {
	if options.asserts {
		types.DefPredeclaredTestFuncs()
	}
	library := &library{}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	if !options.batch {
		printErrors(out, library, options, files)
		return nil
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var args []string
		if err := json.Unmarshal(lines.Bytes(), &args); err != nil {
			return err
		}
		flags := flag.NewFlagSet("batch", flag.ContinueOnError)
		options := addUnitFlags(flags)
		if err := flags.Parse(args); err != nil {
			return err
		}
		printErrors(out, library, options, flags.Args())
		fmt.Fprintln(out, "#")
	}
	return lines.Err()
}

// A library is the standard library, checked from source as it is imported.
type library struct{ *checker }

// load lists the standard library, once.
func (l *library) load() error {
	if l.checker != nil {
		return nil
	}
	packages, err := listClosure(listOptions{}, []string{"std"})
	if err != nil {
		return err
	}
	l.checker = newChecker(packages)
	return nil
}

func printErrors(out io.Writer, library *library, options *unitFlags, paths []string) {
	os.Setenv("GODEBUG", "")
	if options.aliases != "" {
		os.Setenv("GODEBUG", "gotypesalias="+options.aliases)
	}
	c := &checker{fset: token.NewFileSet(), paths: map[string]string{}}
	imports := &fileImporter{library: library, checker: c, options: options, done: map[string]*types.Package{}}
	_, problems := imports.check("", paths)
	sortProblems(problems)
	for _, p := range problems {
		fmt.Fprintf(out, "%s:%s: %s\n", p.position.Filename, lineAndColumn(p.position), indented(p.message))
	}
}

// A fileImporter knows the packages of -import, then the standard library.
type fileImporter struct {
	library *library
	checker *checker
	options *unitFlags
	done    map[string]*types.Package
}

// check checks files as one package. Its path is its name where none is given.
func (i *fileImporter) check(path string, paths []string) (*types.Package, []problem) {
	var files []*ast.File
	var problems []problem
	for _, name := range paths {
		file, found := i.checker.parse(name, name)
		problems = append(problems, found...)
		if file != nil {
			files = append(files, file)
		}
	}
	if path == "" && len(files) > 0 {
		path = files[0].Name.Name
	}
	config := types.Config{
		Importer:    i,
		GoVersion:   i.options.language,
		FakeImportC: true,
		Sizes:       sizes(),
		Error:       func(err error) { problems = appendTypeError(problems, err) },
	}
	p, _ := config.Check(path, i.checker.fset, files, newInfo())
	return p, problems
}

func (i *fileImporter) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p := i.done[path]; p != nil {
		return p, nil
	}
	if files := i.options.local[path]; files != nil {
		i.done[path], _ = i.check(strings.TrimPrefix(path, "./"), files)
		return i.done[path], nil
	}
	if err := i.library.load(); err != nil {
		return nil, err
	}
	return i.library.importPackage(path)
}
