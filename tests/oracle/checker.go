package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"go/version"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// localLanguage is the newest language version that this program's go/types knows.
var localLanguage = version.Lang(strings.Fields(runtime.Version())[0])

// goLanguage is the language version, such as go1.21, of a version in a go.mod.
func goLanguage(goModVersion string) string { return version.Lang("go" + goModVersion) }

func isNewer(a, b string) bool { return version.Compare(a, b) > 0 }

// A located error; file is what the FileSet calls the file.
type problem struct {
	position token.Position
	message  string
}

// A unit is a package on its way through the checker.
type unit struct {
	listed   *listedPackage
	wanted   bool
	started  bool
	checked  *types.Package
	problems []problem
	lines    int
}

// A checker checks the packages of a closure from source, each once.
type checker struct {
	fset  *token.FileSet
	units map[string]*unit
	// paths has the path on disk for each name in fset.
	paths map[string]string
	// dependencyBodies says whether functions of packages that are not wanted are checked.
	dependencyBodies bool
	// visit is called with each wanted package when it has been checked.
	visit func(*unit, []*ast.File, *types.Info)
}

func newChecker(packages []*listedPackage) *checker {
	c := &checker{fset: token.NewFileSet(), units: map[string]*unit{}, paths: map[string]string{}}
	for _, listed := range packages {
		c.units[listed.ImportPath] = &unit{listed: listed}
	}
	return c
}

// sizes are those of the gc compiler for the target architecture.
func sizes() types.Sizes { return types.SizesFor("gc", build.Default.GOARCH) }

func newInfo() *types.Info {
	return &types.Info{
		Types:        map[ast.Expr]types.TypeAndValue{},
		Instances:    map[*ast.Ident]types.Instance{},
		Defs:         map[*ast.Ident]types.Object{},
		Uses:         map[*ast.Ident]types.Object{},
		Implicits:    map[ast.Node]types.Object{},
		Selections:   map[*ast.SelectorExpr]*types.Selection{},
		Scopes:       map[ast.Node]*types.Scope{},
		FileVersions: map[*ast.File]string{},
	}
}

const packageParseMode = parser.AllErrors | parser.SkipObjectResolution

// parse reads a file under a name of our choice. What can be parsed of it is returned.
func (c *checker) parse(name, path string) (*ast.File, []problem) {
	c.paths[name] = path
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, []problem{{token.Position{Filename: name, Line: 1, Column: 1}, err.Error()}}
	}
	file, err := parser.ParseFile(c.fset, name, text, packageParseMode)
	var list scanner.ErrorList
	var problems []problem
	if errors.As(err, &list) {
		for _, e := range list {
			problems = append(problems, problem{e.Pos, e.Msg})
		}
	}
	return file, problems
}

// check checks a package and, on the way, those that it imports.
func (c *checker) check(u *unit) {
	u.started = true
	var files []*ast.File
	for _, path := range u.listed.files() {
		file, problems := c.parse(u.listed.path()+"/"+filepath.Base(path), path)
		u.problems = append(u.problems, problems...)
		if file != nil {
			files = append(files, file)
			u.lines += c.fset.File(file.FileStart).LineCount()
		}
	}
	config := types.Config{
		Importer:         &unitImporter{c, u},
		GoVersion:        u.listed.languageVersion(),
		IgnoreFuncBodies: !u.wanted && !c.dependencyBodies,
		FakeImportC:      true,
		Sizes:            sizes(),
		Error:            func(err error) { u.problems = appendTypeError(u.problems, err) },
	}
	var info *types.Info
	if u.wanted {
		info = newInfo()
	}
	u.checked, _ = config.Check(u.listed.path(), c.fset, files, info)
	if u.wanted && c.visit != nil {
		c.visit(u, files, info)
	}
}

// appendTypeError adds an error of go/types. One that begins with a tab only explains the
// error before it.
func appendTypeError(problems []problem, err error) []problem {
	var e types.Error
	if !errors.As(err, &e) {
		return append(problems, problem{message: err.Error()})
	}
	if strings.HasPrefix(e.Msg, "\t") {
		return problems
	}
	return append(problems, problem{e.Fset.PositionFor(e.Pos, false), e.Msg})
}

func sortProblems(problems []problem) {
	slices.SortStableFunc(problems, func(a, b problem) int {
		if order := strings.Compare(a.position.Filename, b.position.Filename); order != 0 {
			return order
		}
		if a.position.Line != b.position.Line {
			return a.position.Line - b.position.Line
		}
		if a.position.Column != b.position.Column {
			return a.position.Column - b.position.Column
		}
		return strings.Compare(a.message, b.message)
	})
}

// A unitImporter resolves the imports of one package as the go command does.
type unitImporter struct {
	checker *checker
	from    *unit
}

func (i *unitImporter) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if mapped := i.from.listed.ImportMap[path]; mapped != "" {
		path = mapped
	}
	return i.checker.importPackage(path)
}

func (c *checker) importPackage(id string) (*types.Package, error) {
	u := c.units[id]
	if u == nil {
		return nil, fmt.Errorf("no package %s", id)
	}
	if !u.started {
		c.check(u)
	}
	if u.checked == nil {
		return nil, fmt.Errorf("import cycle through %s", id)
	}
	if len(u.listed.files()) == 0 {
		return nil, fmt.Errorf("no Go files in %s", id)
	}
	return u.checked, nil
}
