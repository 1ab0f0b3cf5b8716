#include "driver/load_program.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "driver/exit_code.h"
#include "driver/type_errors.h"
#include "interp/overlay.h"
#include "loader/directory.h"
#include "loader/import_header.h"
#include "source/read_file.h"

namespace gdlint::driver {
namespace {

// What gc stops at.
constexpr size_t kMaxErrors = 10;

bool IsGoFile(std::string_view path) { return path.ends_with(".go"); }

std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) {
      return words;
    }
    text.remove_prefix(begin);
    const size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

// The overlays of interp/overlay.
std::deque<loader::Overlay> StandardOverlays() {
  std::map<std::string_view, loader::Overlay> by_package;
  for (const interp::OverlayFile& file : interp::OverlayFiles()) {
    const auto [found, is_new] = by_package.try_emplace(file.package);
    loader::Overlay& overlay = found->second;
    if (is_new) {
      overlay.dir = file.package;
      overlay.is_standard = true;
      overlay.replaces_all = true;
    }
    if (file.name != "overlay.txt") {
      overlay.files.push_back({std::string(file.name), file.text});
      continue;
    }
    std::vector<std::string>* names = nullptr;
    for (const std::string_view word : Words(file.text)) {
      if (word == "with") {
        names = &overlay.kept;
      } else if (word == "wrap") {
        names = &overlay.renamed;
      } else if (word == "*") {
        overlay.replaces_all = false;
      } else {
        if (names != nullptr) {
          names->emplace_back(word);
        }
      }
    }
  }
  std::deque<loader::Overlay> overlays;
  for (auto& [package, overlay] : by_package) {
    overlays.push_back(std::move(overlay));
  }
  return overlays;
}

// What has no assembler, and no cgo.
loader::BuildContext Context(const Options& options,
                             const loader::Environment& environment) {
  loader::BuildChoices choices = options.build;
  choices.goos = "linux";
  choices.goarch = "amd64";
  choices.tags += choices.tags.empty() ? "" : ",";
  choices.tags += "purego,math_big_pure_go";
  return loader::BuildContext::Make(
      choices, [&](const char* name) -> std::optional<std::string> {
        if (std::string_view(name) == "CGO_ENABLED") {
          return "0";
        }
        return environment(name);
      });
}

std::string PatternOf(const std::string& argument) {
  if (argument.starts_with('/') || argument.starts_with("./") ||
      argument.starts_with("../") || argument == "." || argument == "..") {
    return argument;
  }
  return "./" + argument;
}

std::string_view FirstLineBegin(std::string_view text, std::string_view with) {
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (line.starts_with(with)) {
      return line;
    }
    at = end + 1;
  }
  return {};
}

// The identifier that `text` begins with.
std::string_view Identifier(std::string_view text) {
  size_t end = 0;
  while (end < text.size() &&
         (text[end] == '_' || static_cast<unsigned char>(text[end]) >= 0x80 ||
          std::isalnum(static_cast<unsigned char>(text[end])) != 0)) {
    ++end;
  }
  return text.substr(0, end);
}

// The tests of one package.
struct PackageTests {
  std::vector<std::string> tests;
  bool has_test_main = false;

  void Add(std::string_view text) {
    for (size_t at = 0; at < text.size();) {
      const size_t end = std::min(text.find('\n', at), text.size());
      const std::string_view line = text.substr(at, end - at);
      at = end + 1;
      if (!line.starts_with("func Test")) {
        continue;
      }
      const std::string_view function = Identifier(line.substr(5));
      const std::string_view rest = function.substr(4);
      if (function == "TestMain" &&
          line.find("*testing.M") != std::string_view::npos) {
        has_test_main = true;
      } else if ((rest.empty() ||
                  std::islower(static_cast<unsigned char>(rest[0])) == 0) &&
                 line.substr(5 + function.size()).starts_with("(")) {
        tests.emplace_back(function);
      }
    }
  }

  // A file of the package in which `function` calls the overlay's
  // testing.`what` with them.
  std::string Text(std::string_view package, std::string_view function,
                   std::string_view what) const {
    std::string text = fmt::format(
        "package {}\n\nimport gdlintTesting \"testing\"\n\n"
        "func {}() {{\n\tgdlintTesting.{}([]gdlintTesting.InternalTest{{\n",
        package, function, what);
    for (const std::string& test : tests) {
      text += "\t\t{\"" + test + "\", " + test + "},\n";
    }
    return text + "\t}, " + (has_test_main ? "TestMain" : "nil") + ")\n}\n";
  }
};

// Of a directory; there may be external ones, of a package NAME_test.
struct DirectoryTests {
  std::map<std::string, PackageTests, std::less<>> packages;

  void Add(std::string_view text) {
    const std::string_view clause = FirstLineBegin(text, "package ");
    if (!clause.empty()) {
      packages[std::string(Identifier(clause.substr(8)))].Add(text);
    }
  }
};

constexpr std::string_view kTestMainFile = "gdlint_main_test.go";
// Of the directory's own package, if external tests have the other one.
constexpr std::string_view kInternalTestsFile = "gdlint_internal_test.go";

bool HasFile(const loader::Package& package, std::string_view base_name) {
  return std::ranges::any_of(package.files,
                             [&](const loader::PackageFile& file) {
                               return file.base_name == base_name;
                             });
}

class ProgramLoader {
 public:
  ProgramLoader(const Options& options, const loader::Environment& environment,
                TaskPool& pool)
      : options_(options),
        environment_(environment),
        pool_(pool),
        context_(Context(options, environment)) {
    result_.program = std::make_unique<LoadedProgram>(
        types::Sizes::ForArchitecture(context_.goarch()));
  }

  LoadProgramResult Run() {
    LoadedProgram& program = *result_.program;
    program.overlays = StandardOverlays();
    std::vector<std::string> patterns;
    for (const std::string& argument : options_.arguments) {
      if (!IsGoFile(argument)) {
        break;
      }
      patterns.push_back(argument);
    }
    if (patterns.empty()) {
      patterns.push_back(PatternOf(options_.arguments[0]));
    }
    program.named = patterns.size();
    std::string dir = options_.arguments[0];
    if (IsGoFile(dir)) {
      dir = std::filesystem::path(dir).parent_path().string();
      dir = dir.empty() ? "." : dir;
    }
    program.main_function = "main";
    const bool tests = NeedsTests(dir);
    if (tests) {
      patterns = {PatternOf(dir)};
      program.main_function = "gdlintMain";
    }
    if (!Load(patterns, tests) || !FindMain(tests) || !Check()) {
      return std::move(result_);
    }
    if (has_internal_tests_ && !NeedsInternalTests()) {
      CannotRun("tests of two packages that do not import each other");
      return std::move(result_);
    }
    Order();
    program.panic_nil_error = PanicNilError();
    return std::move(result_);
  }

 private:
  bool Fail(std::string errors, int exit_code) {
    result_.program.reset();
    result_.errors = std::move(errors);
    result_.exit_code = exit_code;
    return false;
  }
  bool CannotRun(const std::string& what) {
    return Fail("gdlint: cannot run: " + what + "\n", kIncomplete);
  }

  // A directory that has tests and nothing to run beside them gets a function
  // that runs them.
  bool NeedsTests(const std::string& dir) {
    std::error_code error;
    DirectoryTests tests;
    bool has_other_files = false;
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(dir, error)) {
      const std::string name = entry.path().filename().string();
      if (IsGoFile(name) && !name.starts_with('.') && !name.starts_with('_')) {
        paths.push_back(entry.path().string());
      }
    }
    std::ranges::sort(paths);
    for (const std::string& path : paths) {
      const source::ReadResult read =
          source::ReadFile(path, path, options_.max_file_size);
      if (!read.file) {
        continue;
      }
      if (loader::IsTestFileName(path)) {
        tests.Add(read.file->text());
      } else if (FirstLineBegin(read.file->text(), "package main") != "") {
        has_other_files = true;
      }
    }
    const bool names_test = loader::IsTestFileName(options_.arguments[0]);
    if (tests.packages.empty() || (has_other_files && !names_test)) {
      return false;
    }
    // The name with "_test" comes after the one without.
    const auto& [first_name, first] = *tests.packages.begin();
    const auto& [last_name, last] = *tests.packages.rbegin();
    if (tests.packages.size() > 2 ||
        (tests.packages.size() == 2 && last_name != first_name + "_test")) {
      test_problem_ = "tests of several packages in one directory";
      return true;
    }
    LoadedProgram& program = *result_.program;
    loader::Overlay& overlay = program.overlays.emplace_back(
        loader::Overlay{.dir = loader::AbsolutePath(dir),
                        .is_standard = false,
                        .files = {},
                        .replaces_all = false,
                        .kept = {},
                        .renamed = {}});
    const auto add = [&](std::string_view name, std::string text) {
      program.texts.push_back(std::move(text));
      overlay.files.push_back({std::string(name), program.texts.back()});
    };
    has_internal_tests_ = tests.packages.size() == 2;
    if (has_internal_tests_) {
      add(kInternalTestsFile, first.Text(first_name, "init", "Register"));
    }
    add(kTestMainFile, last.Text(last_name, "gdlintMain", "Main"));
    return true;
  }

  bool Load(const std::vector<std::string>& patterns, bool tests) {
    if (!test_problem_.empty()) {
      return CannotRun(test_problem_);
    }
    const std::vector<loader::Overlay> overlays(
        result_.program->overlays.begin(), result_.program->overlays.end());
    loader::PackageGraph& graph = result_.program->checked.graph;
    graph = loader::LoadPackages(patterns,
                                 {.tests = tests,
                                  .goroot = options_.goroot,
                                  .max_file_size = options_.max_file_size,
                                  .additional = {"runtime"},
                                  .overlays = overlays},
                                 context_, environment_, &pool_);
    std::string errors;
    for (const std::string& error : graph.usage_errors) {
      errors += error + "\n";
    }
    for (const loader::Problem& problem : graph.problems) {
      errors += problem.path + ": " + problem.message + "\n";
    }
    for (const loader::Package& package : graph.packages) {
      for (const loader::Problem& problem : package.problems) {
        errors += problem.path + ": " + problem.message + "\n";
      }
    }
    for (const loader::Problem& problem : loader::ImportProblems(graph)) {
      errors += problem.path + ": " + problem.message + "\n";
    }
    if (!errors.empty() && UsesCgo(graph)) {
      return CannotRun("cgo");
    }
    return errors.empty() || Fail(errors, 1);
  }

  // Files that import "C" are left out: the error may be that something is
  // missing then.
  bool UsesCgo(const loader::PackageGraph& graph) const {
    std::vector<std::string> paths = {options_.arguments[0]};
    for (const loader::Problem& problem : graph.problems) {
      paths.push_back(problem.path);
    }
    for (const loader::Package& package : graph.packages) {
      if (!package.is_standard && !package.files.empty()) {
        paths.push_back(package.files[0].source->name());
      }
    }
    for (std::filesystem::path dir : paths) {
      if (IsGoFile(dir.string())) {
        dir = dir.has_parent_path() ? dir.parent_path() : ".";
      }
      std::error_code error;
      for (const auto& entry :
           std::filesystem::directory_iterator(dir, error)) {
        const std::string path = entry.path().string();
        if (!IsGoFile(path)) {
          continue;
        }
        const source::ReadResult read =
            source::ReadFile(path, path, options_.max_file_size);
        if (read.file &&
            loader::ReadImportHeader(read.file->text()).ImportsC()) {
          return true;
        }
      }
    }
    return false;
  }

  bool FindMain(bool tests) {
    loader::PackageGraph& graph = result_.program->checked.graph;
    for (loader::PackageIndex i = 0; i < graph.packages.size(); ++i) {
      const loader::Package& package = graph.packages[i];
      if (package.is_root && (!tests || HasFile(package, kTestMainFile))) {
        main_ = i;
      }
    }
    if (!main_) {
      return Fail("no Go files\n", 1);
    }
    const loader::Package& package = graph.packages[*main_];
    if (!tests && package.name != "main") {
      return Fail(fmt::format("package {} is not a main package\n",
                              package.import_path),
                  1);
    }
    if (package.name == "main") {
      graph.packages[*main_].type_path = "main";
    }
    // Bodies of all packages are needed.
    for (loader::Package& needed : graph.packages) {
      needed.is_root = true;
      for (const loader::PackageFile& file : needed.files) {
        if (file.imports_c) {
          return CannotRun("cgo");
        }
      }
    }
    return true;
  }

  bool Check() {
    CheckedPackages& checked = result_.program->checked;
    CheckPackages(checked, {}, pool_);
    for (const loader::Problem& failure : checked.failures) {
      return CannotRun(failure.path + ": " + failure.message);
    }
    std::string errors;
    for (size_t i = 0; i < checked.packages.size(); ++i) {
      std::string lines = ErrorsOf(checked, i);
      if (!lines.empty()) {
        errors += "# " + checked.graph.packages[i].import_path + "\n" + lines;
      }
    }
    if (!errors.empty()) {
      return UsesCgo(checked.graph) ? CannotRun("cgo") : Fail(errors, 1);
    }
    result_.program->main = checked.packages[*main_].get();
    const auto* const scope = result_.program->main->scope;
    for (const types::Scope::Entry& entry : scope->entries()) {
      if (entry.name->text() == result_.program->main_function) {
        return true;
      }
    }
    return Fail(
        "# " + checked.graph.packages[*main_].import_path +
            "\nruntime.main_main·f: function main is undeclared in the main "
            "package\n",
        1);
  }

  // As the compiler prints them: no more than ten, "./main.go:1:2: …".
  std::string ErrorsOf(const CheckedPackages& checked, size_t index) {
    std::vector<std::string> lines;
    for (const loader::PackageFile& file :
         checked.graph.packages[index].files) {
      const parser::ParsedFile& parsed = checked.parsed[file.source_index];
      std::ranges::move(SyntaxErrorLines(*file.source, parsed),
                        std::back_inserter(lines));
    }
    if (lines.empty()) {
      lines = TypeErrorLines(*checked.packages[index], /*with_notes=*/true);
    }
    // A note is a line of its own, indented; it belongs to the error before it.
    std::string out;
    for (size_t i = 0; i < lines.size(); ++i) {
      const std::string& line = lines[i];
      const std::string prefix =
          line.starts_with('/') || line.starts_with("../") ? "" : "./";
      out += prefix + line;
      if (i + 1 == kMaxErrors) {
        const size_t colon = line.find(": ");
        out += prefix + line.substr(0, colon) + ": too many errors\n";
        break;
      }
    }
    return out;
  }

  // What the program consists of: variants of packages may be loaded as well.
  std::vector<bool> Needed() const {
    const auto& graph = result_.program->checked.graph.packages;
    std::vector<bool> needed(graph.size());
    needed[*main_] = true;
    // Each package comes after those that it imports.
    for (size_t i = graph.size(); i-- > 0;) {
      needed[i] = needed[i] || IsRunTime(graph[i]);
      for (const loader::Import& import : graph[i].imports) {
        if (needed[i] && loader::IsLoaded(import.package)) {
          needed[import.package] = true;
        }
      }
    }
    return needed;
  }

  bool NeedsInternalTests() const {
    const std::vector<bool> needed = Needed();
    for (size_t i = 0; i < needed.size(); ++i) {
      if (needed[i] && HasFile(result_.program->checked.graph.packages[i],
                               kInternalTestsFile)) {
        return true;
      }
    }
    return false;
  }

  static bool IsRunTime(const loader::Package& package) {
    return package.is_standard && package.import_path == "runtime";
  }

  // The go linker initialises a package when all that it imports are
  // initialised, and takes the first by import path of those that are ready.
  // All need the run time.
  void Order() {
    LoadedProgram& program = *result_.program;
    const auto& graph = program.checked.graph.packages;
    const std::vector<bool> needed = Needed();
    std::vector<std::vector<size_t>> importers(graph.size());
    std::vector<size_t> missing(graph.size());
    std::vector<bool> is_below(graph.size());
    for (size_t i = graph.size(); i-- > 0;) {
      is_below[i] = is_below[i] || IsRunTime(graph[i]);
      for (const loader::Import& import : graph[i].imports) {
        if (needed[i] && loader::IsLoaded(import.package)) {
          importers[import.package].push_back(i);
          ++missing[i];
          is_below[import.package] = is_below[import.package] || is_below[i];
        }
      }
    }
    std::map<std::pair<bool, std::string>, size_t> ready;
    const auto add_ready = [&](size_t i) {
      ready.emplace(std::pair(!is_below[i], graph[i].import_path), i);
    };
    for (size_t i = 0; i < graph.size(); ++i) {
      if (needed[i] && missing[i] == 0) {
        add_ready(i);
      }
    }
    while (!ready.empty()) {
      const size_t next = ready.begin()->second;
      ready.erase(ready.begin());
      if (graph[next].type_path != "unsafe") {
        Add(next);
      }
      for (const size_t importer : importers[next]) {
        if (--missing[importer] == 0) {
          add_ready(importer);
        }
      }
    }
  }

  void Add(size_t index) {
    LoadedProgram& program = *result_.program;
    const types::Package& package = *program.checked.packages[index];
    interp::ProgramPackage out;
    out.package = &package;
    uint32_t number = 0;
    for (types::InitStep& step : types::InitSequence(package)) {
      const types::InitStep& kept = program.steps.emplace_back(std::move(step));
      out.initializers.push_back({.package = &package,
                                  .unit = kept.unit,
                                  .lhs = kept.lhs,
                                  .rhs = kept.init,
                                  .index = number++});
    }
    for (const types::BodyTask& task : package.bodies) {
      if (!task.func->is_method() && task.func->name->text() == "init") {
        out.inits.push_back(task.func);
      }
    }
    program.packages.push_back(std::move(out));
  }

  bool PanicNilError() const {
    const LoadedProgram& program = *result_.program;
    const types::Package& package = *program.main;
    bool value = !(package.version < source::LangVersion{21});
    for (const auto& file : package.files) {
      std::string_view text = file->source->text();
      text = text.substr(0, text.find("\npackage "));
      const std::string_view line =
          FirstLineBegin(text, "//go:debug panicnil=");
      if (!line.empty()) {
        value = !line.ends_with("=1");
      }
    }
    const std::string setting = environment_("GODEBUG").value_or("");
    for (std::string_view rest = setting; !rest.empty();) {
      const std::string_view one = rest.substr(0, rest.find(','));
      rest.remove_prefix(std::min(one.size() + 1, rest.size()));
      if (one.starts_with("panicnil=")) {
        value = one != "panicnil=1";
      }
    }
    return value;
  }

  const Options& options_;
  const loader::Environment& environment_;
  TaskPool& pool_;
  loader::BuildContext context_;
  std::string test_problem_;
  // The tests that run are the external ones, and these.
  bool has_internal_tests_ = false;
  std::optional<size_t> main_;
  LoadProgramResult result_;
};

}  // namespace

LoadProgramResult LoadProgram(const Options& options,
                              const loader::Environment& environment,
                              TaskPool& pool) {
  return ProgramLoader(options, environment, pool).Run();
}

}  // namespace gdlint::driver
