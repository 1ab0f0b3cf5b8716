#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "loader/package.h"
#include "tests/unit/loader/temp_tree.h"

namespace gdlint::loader {
namespace {

// A tree with a small GOROOT and an empty module cache.
class World : public TempTree {
 public:
  World() {
    Write("goroot/src/go.mod", "module std\ngo 1.24\n");
    Write("goroot/src/runtime/proc.go", "package runtime\n");
    Package("goroot/src/fmt", "fmt", {"internal/x", "unsafe"});
    Package("goroot/src/internal/x", "x");
    Package("goroot/src/unsafe", "unsafe");
    Package("goroot/src/net", "net", {"golang.org/x/n"});
    Package("goroot/src/vendor/golang.org/x/n", "n", {"golang.org/x/m"});
    Package("goroot/src/vendor/golang.org/x/m", "m");
    Write("goroot/src/cmd/go.mod", "module cmd\ngo 1.24\n");
    Package("goroot/src/cmd/tool", "main", {"golang.org/x/n", "net"});
    Package("goroot/src/cmd/vendor/golang.org/x/n", "n");
  }

  PackageGraph Load(const std::vector<std::string>& patterns,
                    LoadOptions options = {},
                    std::map<std::string, std::string> variables = {},
                    unsigned threads = 0) const {
    variables.emplace("GOROOT", *this / "goroot");
    variables.emplace("GOMODCACHE", *this / "cache");
    variables.emplace("CGO_ENABLED", "0");
    // Else the go.mod files of the test would be in it.
    variables.emplace("TMPDIR", *this / "tmp");
    options.dir = *this / dir;
    const Environment environment = Variables(variables);
    const BuildContext context = BuildContext::Make({}, environment);
    if (threads == 0) {
      return LoadPackages(patterns, options, context, environment, nullptr);
    }
    TaskPool pool(threads);
    return LoadPackages(patterns, options, context, environment, &pool);
  }

  // Where patterns are looked up.
  std::string dir = "main";
};

// "a/b: x.go y.go > fmt !missing" for each package, in their order.
std::string Show(const PackageGraph& graph, bool with_standard = false) {
  std::string text;
  for (const Package& package : graph.packages) {
    if (package.is_standard && !with_standard) {
      continue;
    }
    text += package.import_path + ":";
    for (const PackageFile& file : package.files) {
      text += " " + file.base_name;
    }
    for (const Import& import : package.imports) {
      text += import.package == kMissing ? " !" : " >";
      text += IsLoaded(import.package)
                  ? graph.packages[import.package].import_path
                  : import.path;
    }
    text += "\n";
  }
  return text;
}

std::string FirstProblem(const PackageGraph& graph) {
  const std::vector<Problem> problems = ImportProblems(graph);
  return problems.empty() ? "" : problems[0].message;
}

TEST_CASE("a module and the standard library") {
  World world;
  world.Write("main/go.mod", "module a\ngo 1.22\n");
  world.Package("main", "a", {"fmt", "a/b", "unsafe"});
  world.Package("main/b", "b");
  world.Write("main/b/b_test.go", "package b\n");
  world.Write("main/b/c_windows.go", "package b\n");
  world.Write("main/b/d.go", "//go:build ignore\n\npackage main\n");
  world.Write("main/b/_e.go", "package b\n");
  const PackageGraph graph = world.Load({"./..."});
  CHECK(Show(graph, true) ==
        "a/b: b.go\n"
        "internal/x: x.go\n"
        "fmt: fmt.go >internal/x >unsafe\n"
        "a: a.go >a/b >fmt >unsafe\n");
  REQUIRE(graph.roots.size() == 2);
  CHECK(graph.packages[graph.roots[0]].import_path == "a");
  const Package& root = graph.packages[graph.roots[0]];
  CHECK(root.imports[2].package == kUnsafe);
  CHECK(root.version.minor == 22);
  CHECK(graph.modules[root.module].is_main);
  CHECK(graph.packages[root.imports[1].package].version.minor == 24);
  CHECK(ImportProblems(graph).empty());
  CHECK(graph.problems.empty());
  CHECK(graph.warnings.empty());
}

TEST_CASE("patterns") {
  World world;
  world.Write("main/go.mod", "module a.org/a\ngo 1.22\nignore ./skipped\n");
  world.Package("main", "a");
  world.Package("main/b", "b");
  world.Package("main/b/testdata/t", "t");
  world.Package("main/skipped/x", "x");
  world.Package("main/nested", "nested");
  world.Write("main/nested/go.mod", "module nested\n");
  world.Package("main/vendor/v", "v");
  const auto names = [&](const std::vector<std::string>& patterns) {
    std::string text;
    const PackageGraph graph = world.Load(patterns);
    for (const PackageIndex root : graph.roots) {
      text += graph.packages[root].import_path + " ";
    }
    return text;
  };
  CHECK(names({"./..."}) == "a.org/a a.org/a/b ");
  CHECK(names({"."}) == "a.org/a ");
  CHECK(names({"a.org/a/b", "./b", "b"}) == "a.org/a/b ");
  CHECK(names({"a.org/..."}) == "a.org/a a.org/a/b ");
  CHECK(names({world / "main/b"}) == "a.org/a/b ");
  CHECK(names({"./nested"}) == "nested ");
  CHECK(names({"std"}) ==
        "fmt internal/x net runtime unsafe vendor/golang.org/x/m "
        "vendor/golang.org/x/n ");
  CHECK(names({"cmd"}) == "cmd/tool cmd/vendor/golang.org/x/n ");
  CHECK(names({world / "goroot/src/net", world / "goroot/src/cmd/..."}) ==
        "cmd/tool net ");
  CHECK(names({"work"}) == "a.org/a a.org/a/b ");
  CHECK(world.Load({"nothere"}).usage_errors.size() == 1);
  CHECK(world.Load({"./nothere"}).usage_errors.size() == 1);
  CHECK(world.Load({"x.org/..."}).warnings.size() == 1);
  world.dir = "outside";
  world.Package("outside", "o", {"fmt", "x.org/y"});
  CHECK(names({"."}) == "_" + (world / "outside") + " ");
  CHECK(FirstProblem(world.Load({"."}))
            .starts_with("no required module provides package x.org/y: go.mod "
                         "file not found"));
}

TEST_CASE("files that are named") {
  World world;
  world.Write("main/go.mod", "module a\ngo 1.22\n");
  world.Package("main", "a", {"a/internal/i"});
  world.Package("main/internal/i", "i");
  world.Write("main/ignored.go", "//go:build ignore\n\npackage a\n");
  const PackageGraph graph =
      world.Load({world / "main/ignored.go", world / "main/a.go"});
  CHECK(Show(graph) ==
        "a/internal/i: i.go\n"
        "command-line-arguments: a.go ignored.go >a/internal/i\n");
  CHECK(ImportProblems(graph).empty());
}

TEST_CASE("what the standard library brings along") {
  World world;
  const PackageGraph graph = world.Load({"net", "cmd/tool"});
  CHECK(Show(graph, true) ==
        "cmd/vendor/golang.org/x/n: n.go\n"
        "vendor/golang.org/x/m: m.go\n"
        "vendor/golang.org/x/n: n.go >vendor/golang.org/x/m\n"
        "net: net.go >vendor/golang.org/x/n\n"
        "cmd/tool: main.go >cmd/vendor/golang.org/x/n >net\n");
  CHECK(graph.packages[1].type_path == "vendor/golang.org/x/m");
}

TEST_CASE("GOROOT behind a symbolic link") {
  World world;
  std::filesystem::create_directory_symlink(world / "goroot", world / "link");
  const PackageGraph graph =
      world.Load({world / "goroot/src/net", world / "link/src/fmt"}, {},
                 {{"GOROOT", world / "link"}});
  REQUIRE(graph.roots.size() == 2);
  CHECK(graph.packages[graph.roots[0]].import_path == "fmt");
  CHECK(graph.packages[graph.roots[1]].import_path == "net");
  CHECK(ImportProblems(graph).empty());
}

TEST_CASE("a go.mod without a module line") {
  World world;
  world.Write("main/go.mod", "go 1.22\n");
  world.Package("main", "a", {"fmt", "b"});
  world.Package("main/b", "b");
  world.Write("main/vendor/modules.txt", "");
  const PackageGraph graph = world.Load({"./..."});
  REQUIRE(graph.roots.size() == 2);
  CHECK(graph.packages[graph.roots[0]].import_path == "_" + (world / "main"));
  CHECK(graph.problems.size() == 1);
  CHECK(ImportProblems(graph).size() == 1);
}

TEST_CASE("the module cache") {
  World world;
  world.Write("main/go.mod",
              "module a\ngo 1.20\nrequire x.org/B v1.0.0\n"
              "require x.org/B/sub v1.0.0\n");
  world.Package("main", "a", {"x.org/B", "x.org/B/sub/s"});
  world.Module("x.org/!b", "v1.0.0", "go 1.18\nrequire x.org/c v1.1.0\n");
  world.Package("cache/x.org/!b@v1.0.0", "b", {"x.org/c"});
  world.Module("x.org/!b/sub", "v1.0.0", "require x.org/c v1.0.0\n");
  world.Package("cache/x.org/!b/sub@v1.0.0/s", "s");
  // Not required by the main module: found by way of the graph.
  world.Package(world.Module("x.org/c", "v1.1.0", "go 1.21\n"), "c");
  world.Package(world.Module("x.org/c", "v1.0.0", ""), "old");
  const PackageGraph graph = world.Load({"."});
  CHECK(Show(graph) ==
        "x.org/c: c.go\nx.org/B: b.go >x.org/c\nx.org/B/sub/s: s.go\n"
        "a: a.go >x.org/B >x.org/B/sub/s\n");
  CHECK(ImportProblems(graph).empty());
  CHECK(graph.packages[0].version.minor == 21);
  CHECK(graph.modules[graph.packages[0].module].version == "v1.1.0");
  // Without a go line.
  CHECK(graph.packages[2].version.minor == 16);
  CHECK(graph.warnings.empty());
}

TEST_CASE("missing modules") {
  World world;
  world.Write("main/go.mod", "module a\ngo 1.20\nrequire x.org/b v1.0.0\n");
  world.Package("main", "a", {"x.org/b", "x.org/c", "nostd/d", "fmt"});
  world.Package("main/e", "e", {"x.org/c", "a"});
  world.Module("x.org/b", "v1.0.0", "");
  const PackageGraph graph = world.Load({"./..."});
  CHECK(Show(graph) ==
        "a: a.go >fmt !nostd/d !x.org/b !x.org/c\n"
        "a/e: e.go >a !x.org/c\n");
  const std::vector<Problem> problems = ImportProblems(graph);
  // Each missing package once.
  REQUIRE(problems.size() == 3);
  CHECK(problems[0].message ==
        "package nostd/d is not in std, and no required module provides it");
  CHECK(problems[1].message ==
        "no required module provides package x.org/b: x.org/b@v1.0.0 is not in "
        "the module cache (`go mod download` gets it)");
  CHECK(problems[2].message == "no required module provides package x.org/c");
  CHECK(problems[2].path.ends_with("a.go:3:10"));
}

TEST_CASE("ambiguous and malformed imports") {
  World world;
  world.Write("main/go.mod",
              "module a\ngo 1.20\nrequire x.org/b v1.0.0\n"
              "require x.org/b/c v1.0.0\n");
  world.Package("main", "a",
                {"x.org/b/c", "./rel", "../../etc", "/etc", "b//c", "b\\\\c",
                 "a/../../x", "std"});
  world.Package(world.Module("x.org/b", "v1.0.0", "") + "/c", "c");
  world.Package(world.Module("x.org/b/c", "v1.0.0", ""), "c");
  const PackageGraph graph = world.Load({"."});
  CHECK(graph.packages.size() == 1);
  const std::vector<Import>& imports = graph.packages[0].imports;
  CHECK(imports.size() == 8);
  CHECK(std::ranges::all_of(imports, [](const Import& import) {
    return import.package == kMissing && !import.problem.empty();
  }));
  CHECK(imports.back().problem ==
        "ambiguous import: found package x.org/b/c in multiple modules: "
        "x.org/b@v1.0.0, x.org/b/c@v1.0.0");
}

TEST_CASE("replacements") {
  World world;
  world.Write("main/go.mod",
              "module a\ngo 1.20\n"
              "require (\n x.org/b v1.0.0\n x.org/c v1.0.0\n"
              " x.org/d v1.0.0\n x.org/e v1.0.0\n)\n"
              "replace x.org/b => ../b\n"
              "replace x.org/c v1.0.0 => x.org/c2 v1.5.0\n"
              "replace x.org/d v0.9.0 => ../b\n"
              "replace x.org/e => ../nowhere\n");
  world.Package("main", "a", {"x.org/b", "x.org/c", "x.org/d", "x.org/e"});
  world.Write("b/go.mod", "module other\ngo 1.19\n");
  world.Package("b", "b");
  world.Package(world.Module("x.org/c2", "v1.5.0", "go 1.18\n"), "c2");
  world.Package(world.Module("x.org/d", "v1.0.0", ""), "d");
  const PackageGraph graph = world.Load({"."});
  CHECK(Show(graph) ==
        "x.org/b: b.go\nx.org/c: c2.go\nx.org/d: d.go\n"
        "a: a.go >x.org/b >x.org/c >x.org/d !x.org/e\n");
  CHECK(graph.packages[0].version.minor == 19);
  CHECK(graph.packages[1].version.minor == 18);
  CHECK(FirstProblem(graph) ==
        "no required module provides package x.org/e: x.org/e@v1.0.0: "
        "replacement directory " +
            (world / "nowhere") + " does not exist");
}

TEST_CASE("excluded versions are not required") {
  World world;
  world.Write("main/go.mod",
              "module a\ngo 1.16\nrequire x.org/b v1.0.0\n"
              "exclude x.org/c v1.2.0\n");
  world.Package("main", "a", {"x.org/c"});
  world.Module("x.org/b", "v1.0.0",
               "require x.org/c v1.1.0\nrequire x.org/c v1.2.0\n");
  world.Package(world.Module("x.org/c", "v1.1.0", ""), "c1");
  world.Package(world.Module("x.org/c", "v1.2.0", ""), "c2");
  CHECK(Show(world.Load({"."})) == "x.org/c: c1.go\na: a.go >x.org/c\n");
}

TEST_CASE("go.work") {
  World world;
  world.Write("go.work", "go 1.22\nuse (\n ./main\n ./m\n)\n");
  world.Write("main/go.mod",
              "module a\ngo 1.20\nrequire m v1.0.0\nrequire x.org/b v1.0.0\n"
              "replace x.org/r => ../r\n");
  world.Package("main", "a", {"m/sub", "x.org/b", "x.org/r"});
  world.Write("m/go.mod",
              "module m\ngo 1.21\nrequire x.org/b v1.1.0\n"
              "require x.org/r v1.0.0\n");
  world.Package("m/sub", "sub");
  world.Write("r/go.mod", "module r\n");
  world.Package("r", "r");
  world.Package(world.Module("x.org/b", "v1.0.0", ""), "b0");
  world.Package(world.Module("x.org/b", "v1.1.0", ""), "b1");
  CHECK(Show(world.Load({"."})) ==
        "m/sub: sub.go\nx.org/b: b1.go\nx.org/r: r.go\n"
        "a: a.go >m/sub >x.org/b >x.org/r\n");
  // Without the workspace the module stands alone.
  CHECK(Show(world.Load({"."}, {}, {{"GOWORK", "off"}})) ==
        "x.org/b: b0.go\na: a.go !m/sub >x.org/b !x.org/r\n");
  CHECK(world.Load({"."}, {}, {{"GOWORK", "go.work"}}).usage_errors.size() ==
        1);
  world.Write("go.work", "go 1.22\nuse ./main\nuse ./main\nuse ./none\n");
  CHECK(world.Load({"."}).problems.size() == 2);
}

TEST_CASE("vendor") {
  World world;
  const std::string go_mod = "module a\ngo 1.22\nrequire x.org/b v1.0.0\n";
  world.Write("main/go.mod", go_mod);
  world.Package("main", "a", {"x.org/b", "x.org/c"});
  world.Package("main/vendor/x.org/b", "b", {"x.org/b/internal/i"});
  world.Package("main/vendor/x.org/b/internal/i", "i");
  world.Write("main/vendor/modules.txt",
              "# x.org/b v1.0.0\n## explicit; go 1.19\nx.org/b\n"
              "x.org/b/internal/i\n");
  world.Package(world.Module("x.org/b", "v1.0.0", ""), "cached");
  const PackageGraph graph = world.Load({"./..."});
  CHECK(Show(graph) ==
        "x.org/b/internal/i: i.go\nx.org/b: b.go >x.org/b/internal/i\n"
        "a: a.go >x.org/b !x.org/c\n");
  CHECK(graph.packages[0].version.minor == 19);
  CHECK(FirstProblem(graph).starts_with(
      "no required module provides package x.org/c (it is not in the vendor"));
  CHECK(graph.problems.empty());
  const std::string cached = "x.org/b: cached.go\na: a.go >x.org/b !x.org/c\n";
  CHECK(Show(world.Load({"."}, {}, {{"GOFLAGS", "-mod=mod"}})) == cached);
  world.Write("main/go.mod", "module a\ngo 1.13\nrequire x.org/b v1.0.0\n");
  CHECK(Show(world.Load({"."})) == cached);
  CHECK(Show(world.Load({"."}, {}, {{"GOFLAGS", "-mod=vendor"}})) != cached);
  // modules.txt is not of this go.mod.
  world.Write("main/go.mod", go_mod + "require x.org/d v1.0.0\n");
  CHECK(world.Load({"."}).problems.size() == 1);
  // What is in vendor by hand counts before Go 1.23.
  world.Write("main/go.mod", go_mod);
  world.Package("main/vendor/x.org/c", "c");
  CHECK(FirstProblem(world.Load({"."})).empty());
  world.Write("main/go.mod", "module a\ngo 1.23\nrequire x.org/b v1.0.0\n");
  CHECK(
      FirstProblem(world.Load({"."})).ends_with("not in vendor/modules.txt)"));
}

TEST_CASE("internal packages") {
  World world;
  world.Write("main/go.mod", "module a\ngo 1.22\nrequire x.org/b v1.0.0\n");
  world.Package("main", "a", {"internal/x"});
  world.Package("main/b", "b", {"a/c/internal/i"});
  world.Package("main/c", "c", {"a/c/internal/i", "a/internal/j"});
  world.Package("main/c/internal/i", "i");
  world.Package("main/internal/j", "j");
  world.Package("main/d", "d", {"x.org/b/internal"});
  world.Package(world.Module("x.org/b", "v1.0.0", "") + "/internal", "k");
  const std::vector<Problem> problems = ImportProblems(world.Load({"./..."}));
  REQUIRE(problems.size() == 3);
  CHECK(problems[0].message ==
        "use of internal package internal/x not allowed");
  CHECK(problems[1].message ==
        "use of internal package a/c/internal/i not allowed");
  CHECK(problems[2].message ==
        "use of internal package x.org/b/internal not allowed");
}

TEST_CASE("import cycles are named and cut") {
  World world;
  world.Write("main/go.mod", "module a\ngo 1.22\n");
  world.Package("main", "a", {"a/b"});
  world.Package("main/b", "b", {"a/c", "a/b"});
  world.Package("main/c", "c", {"a/b"});
  const PackageGraph graph = world.Load({"."});
  CHECK(Show(graph) == "a/c: c.go !a/b\na/b: b.go !a/b >a/c\na: a.go >a/b\n");
  const std::vector<Problem> problems = ImportProblems(graph);
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].message ==
        "import cycle not allowed: a/b imports a/c imports a/b");
  CHECK(problems[1].message == "import cycle not allowed: a/b imports a/b");
}

TEST_CASE("programs are not imported, nor packages without files") {
  World world;
  world.Write("main/go.mod", "module a\ngo 1.22\n");
  world.Package("main", "a", {"a/cmd", "a/empty", "a/tests"});
  world.Package("main/cmd", "main");
  world.Write("main/empty/e.go", "//go:build ignore\n\npackage e\n");
  world.Write("main/tests/e_test.go", "package e\n");
  const std::vector<Problem> problems = ImportProblems(world.Load({"."}));
  REQUIRE(problems.size() == 3);
  CHECK(problems[0].message ==
        "import \"a/cmd\" is a program, not an importable package");
  CHECK(problems[1].message.starts_with("build constraints exclude all"));
  CHECK(problems[2].message.starts_with("no non-test Go files in"));
}

TEST_CASE("test variants") {
  World world;
  world.Write("main/go.mod", "module a\ngo 1.22\n");
  world.Package("main/p", "p");
  world.Write("main/p/in_test.go", TempTree::FileText("p", {"a/helper"}));
  world.Write("main/p/out_test.go",
              TempTree::FileText("p_test", {"a/p", "a/q", "a/helper"}));
  world.Package("main/helper", "helper");
  // Between the external test and p.
  world.Package("main/q", "q", {"a/r"});
  world.Package("main/r", "r", {"a/p"});
  const LoadOptions options = {.tests = true, .goroot = {}};
  const PackageGraph graph = world.Load({"./p"}, options);
  CHECK(Show(graph) ==
        "a/p: p.go\n"
        "a/helper: helper.go\n"
        "a/p [a/p.test]: in_test.go p.go >a/helper\n"
        "a/r [a/p.test]: r.go >a/p [a/p.test]\n"
        "a/q [a/p.test]: q.go >a/r [a/p.test]\n"
        "a/p_test [a/p.test]: out_test.go >a/helper >a/p [a/p.test] "
        ">a/q [a/p.test]\n");
  CHECK(graph.roots.size() == 3);
  const Package& test = graph.packages[2];
  CHECK(test.type_path == "a/p");
  CHECK(test.name == "p");
  CHECK(test.files[0].is_test);
  // One text for both.
  CHECK(test.files[1].source == graph.packages[0].files[0].source);
  CHECK(graph.packages[5].type_path == "a/p_test");
  CHECK(graph.packages[5].name == "p_test");
  CHECK(Show(world.Load({"./p"})) == "a/p: p.go\n");
  // Without internal tests nothing is there twice.
  std::filesystem::remove(world / "main/p/in_test.go");
  CHECK(Show(world.Load({"./p"}, options)) ==
        "a/p: p.go\na/helper: helper.go\na/r: r.go >a/p\na/q: q.go >a/r\n"
        "a/p_test [a/p.test]: out_test.go >a/helper >a/p >a/q\n");
}

TEST_CASE("an internal test must not import what imports its package") {
  World world;
  world.Write("main/go.mod", "module a\ngo 1.22\n");
  world.Package("main/p", "p");
  world.Write("main/p/p_test.go", TempTree::FileText("p", {"a/q"}));
  world.Package("main/q", "q", {"a/p"});
  CHECK(FirstProblem(world.Load({"./p"}, {.tests = true, .goroot = {}})) ==
        "import cycle not allowed in test: a/p imports a/q imports a/p");
}

TEST_CASE("cgo") {
  World world;
  world.Write("main/go.mod", "module a\ngo 1.22\n");
  world.Package("main", "a");
  world.Write("main/c.go", "package a\n\nimport \"C\"\n");
  CHECK(Show(world.Load({"."})) == "a: a.go\n");
  const PackageGraph graph = world.Load({"."}, {}, {{"CGO_ENABLED", "1"}});
  CHECK(Show(graph) == "a: a.go c.go >C\n");
  CHECK(graph.packages[0].files[1].imports_c);
  CHECK(graph.packages[0].imports[0].package == kC);
}

TEST_CASE("all is what the main module and its tests need") {
  World world;
  world.Write("main/go.mod",
              "module a\ngo 1.22\nrequire x.org/b v1.0.0\ntool x.org/b/t\n");
  world.Package("main", "a");
  world.Write("main/a_test.go", TempTree::FileText("a_test", {"x.org/b"}));
  const std::string b = world.Module("x.org/b", "v1.0.0", "");
  world.Package(b, "b", {"fmt"});
  world.Write(b + "/b_test.go", TempTree::FileText("b", {"net"}));
  world.Package(b + "/t", "main");
  const PackageGraph graph = world.Load({"all"});
  std::string roots;
  for (const PackageIndex root : graph.roots) {
    roots += graph.packages[root].import_path + " ";
  }
  CHECK(roots == "a fmt internal/x unsafe x.org/b x.org/b/t ");
  // With tests those of all these packages are wanted, not what they lead to.
  const PackageGraph tested =
      world.Load({"all"}, {.tests = true, .goroot = {}});
  CHECK(Show(tested).find("x.org/b [x.org/b.test]: b.go b_test.go") !=
        std::string::npos);
  CHECK(tested.roots.size() == graph.roots.size() + 2);
}

TEST_CASE("hostile modules") {
  World world;
  world.Write("main/go.mod",
              "module a\ngo 999\ntoolchain ./evil\nrequire x v1.0.0\n"
              "require y v1.0.0\nrequire ../../z v1.0.0\n"
              "replace x => /etc\nreplace y => ../..\n");
  world.Package("main", "a", {"x/passwd", "y/etc", "fmt"});
  PackageGraph graph = world.Load({"."});
  CHECK(Show(graph) == "a: a.go >fmt !x/passwd !y/etc\n");
  // The other is about modules whose go.mod is not there.
  CHECK(graph.warnings.size() == 2);
  CHECK(graph.warnings[0].ends_with(
      "go 999 is newer than go1.26, the newest version supported: taken to be "
      "go1.26"));

  std::string many = "module a\ngo 1.20\nrequire (\n";
  for (int i = 0; i < 100'000; ++i) {
    many += "x.org/m" + std::to_string(i) + " v1.0.0\n";
  }
  world.Write("main/go.mod", many + ")\n");
  graph = world.Load({"."});
  CHECK(ImportProblems(graph).size() == 2);
  // One remark for all that are not there.
  CHECK(graph.warnings.size() == 1);

  std::filesystem::remove(world / "main/go.mod");
  std::filesystem::create_directory(world / "main/go.mod");
  graph = world.Load({"."});
  CHECK(graph.packages[graph.roots[0]].import_path == "_" + (world / "main"));
  CHECK(world.Load({"."}, {}, {{"GO111MODULE", "off"}}).usage_errors.size() ==
        1);
}

TEST_CASE("imports as deep as anyone likes") {
  World world;
  world.Write("main/go.mod", "module a\ngo 1.22\n");
  constexpr int kDepth = 1000;
  for (int i = 0; i < kDepth; ++i) {
    const std::string name = "p" + std::to_string(i);
    world.Package("main/" + name, name,
                  {"a/p" + std::to_string((i + 1) % kDepth)});
  }
  const PackageGraph graph = world.Load({"./p0"});
  CHECK(graph.packages.size() == kDepth);
  CHECK(ImportProblems(graph).size() == 1);
}

TEST_CASE("threads make no difference") {
  World world;
  world.Write("main/go.mod", "module a\ngo 1.22\n");
  for (int i = 0; i < 30; ++i) {
    const std::string name = "p" + std::to_string(i);
    world.Package("main/" + name, name,
                  {"fmt", "a/p" + std::to_string(i * 7 % 31), "a/none"});
  }
  const std::string expected = Show(world.Load({"./..."}), true);
  for (const unsigned threads : {1, 2, 8}) {
    CHECK(Show(world.Load({"./..."}, {}, {}, threads), true) == expected);
  }
}

}  // namespace
}  // namespace gdlint::loader
