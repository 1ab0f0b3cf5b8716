#include "driver/help.h"

#include "source/lang_version.h"

namespace gdlint::driver {

std::string_view HelpText() {
  return R"(gdlint reads Go programs and finds what goes wrong on the ways out of a function:
deferred calls that run too late, wrongly or not at all, lost errors and panics, and
what is left open or locked.

    gdlint [flags] [packages | directories | files | -]

It needs no Go installation, compiles nothing and, but for `run` and `trace`, runs
nothing of what it reads.

  gdlint                      the module of the working directory, as ./...
  gdlint ./your-project/      everything below a directory, nested modules too
  gdlint ./cmd/... ./pkg/...  patterns, as the go command has them
  gdlint main.go              one file, whatever its build constraints
  gdlint net/http             a package of the standard library
  gdlint - < main.go          standard input

Commands (to lint a directory of such a name, write ./rules):
  gdlint rules                every rule, its severity, and what it finds
  gdlint explain RULE         why the rule matters: a bad program, a good one, the facts
  gdlint explain FUNC [PACKAGES] [--json | --format html]
                              every way out of F, T.M or pkg.F: which deferred calls run
                              with what, where panics go, what the caller sees
  gdlint run [--seed N] FILE.go|DIR [ARGS]
                              runs a program, interpreted, without a Go compiler
  gdlint trace [--func NAME] [--json|--mermaid] [--std] FILE.go|DIR [ARGS]
                              the same, and what happens to its deferred calls
  gdlint debug tokens|parse|ast FILE|DIR...
                              what each stage of the front end makes of files
  gdlint debug files [--deps] [--tests] PACKAGE...
                              which files make which packages, as go list has it
  gdlint debug types [--tests] PACKAGE...
                              what go/types knows: the type of each expression, and what
                              each name means
  gdlint debug calls|summaries [--func NAME] PACKAGE...
                              who may be called, and what is known of each function
  gdlint debug ssa [--func NAME] [--dot] [--verify] [--stats] PACKAGE...
                              functions as SSA; ssa-naive: before variables are lifted

Which files:
  --tags LIST                 build tags, separated by commas
  --goos OS, --goarch ARCH    the platform to analyse for (default: $GOOS, $GOARCH,
                              or this machine)
  --tests=false               leave out _test.go files
  --max-file-size SIZE        name larger files and go on without them (default: 128M)
  --goroot DIR                where the standard library is (default: $GOROOT, the go on
                              $PATH, the usual places, or what is `built-in`)
  --lang go1.N                take this language version, whatever go.mod says

How programs run (run, trace):
  --seed N                    another order of goroutines, select and maps
  --max-steps N               stop after so many calls and turns of loops
  --max-memory SIZE           stop when its objects take more (default: 4G)

Which rules:
  --disable RULE,...          not these; `all` is every rule
  --enable RULE,...           these too: --disable all --enable defer-in-loop

  --severity RULE=LEVEL,...   another severity: error, warning or info; a LEVEL alone:
                              report nothing less severe
  --config FILE, --no-config  in place of the .gdlint.toml here or in a folder above
  --report-unused             also suppressions that suppress nothing

What it changes (nothing, but for):
  --fix                       writes what can be mended safely into the files, and
                              prints what is left
  --diff                      prints these changes for `git apply`, and changes nothing

What it prints:
  --format text|json          for people, or for programs; `explain FUNC`: html too
  --color auto|always|never   (auto: on a terminal, unless $NO_COLOR is set)
  --no-summary                without the line of totals
  -q, --quiet                 findings and errors only
  --errors                    all type errors, not the first ten of a package
  --timings                   where the time went, on standard error
  --time-checks               what each rule took, likewise

  -j, --jobs N                threads (default: one a processor)
  -h, --help, --version

Exit code: 0 nothing found, 1 findings, 2 wrong usage or what could not be written,
3 something could not be analysed (it is named, and the findings of the rest are printed).
)";
}

std::string VersionText() {
  return std::string("gdlint ") + GDLINT_VERSION + " (Go 1." +
         std::to_string(source::kNewestLang.minor) + ")\n";
}

}  // namespace gdlint::driver
