// Runs every check over its samples, tests/checks/RULE, and over the programs
// of its page, and holds docs/rules against the pages.
//
//   checks_tests REPOSITORY            runs the tests
//   checks_tests REPOSITORY --update   writes docs/rules
//   checks_tests REPOSITORY --programs FOLDER
//                                      writes the programs of the pages into
//                                      FOLDER, with what they should print

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "checks/page.h"
#include "checks/registry.h"
#include "support/deep_stack.h"
#include "tests/checks/sample.h"

namespace gdlint::tests {
namespace {

using checks::Check;

class Runner {
 public:
  explicit Runner(std::string root) : root_(std::move(root)) {}

  int Run() {
    for (const Check* check : checks::AllChecks()) {
      std::string folder(check->name);
      std::ranges::replace(folder, '-', '_');
      RunSamples(folder, std::span(&check, 1), true);
      RunPage(*check);
    }
    // Programs that hold all checks at once to account.
    RunSamples("cases", checks::AllChecks(), false);
    RunSamples("realistic", checks::AllChecks(), false);
    ComparePages();
    fmt::print("{} passed, {} failed\n", passed_, failed_);
    return failed_ == 0 ? 0 : 1;
  }

 private:
  void Verdict(std::string_view name, const std::vector<std::string>& wrong) {
    ++(wrong.empty() ? passed_ : failed_);
    for (const std::string& line : wrong) {
      fmt::print("FAIL {}: {}\n", name, line);
    }
  }

  void RunSamples(const std::string& folder,
                  std::span<const Check* const> checks, bool must_find) {
    size_t wants = 0;
    size_t count = 0;
    for (const Sample& sample :
         ReadSamples(root_ + "/tests/checks/" + folder)) {
      ++count;
      for (const SampleFile& file : sample.files) {
        wants +=
            file.view.text.find("// want \"") != std::string_view::npos ? 1 : 0;
      }
      Verdict(folder + "/" + sample.name, Compare(sample, checks));
    }
    std::vector<std::string> wrong;
    if (count == 0 || (must_find && wants == 0)) {
      wrong.push_back("no sample wants a finding");
    }
    Verdict(folder, wrong);
  }

  // The wrong program of a page must be reported, the right one not.
  void RunPage(const Check& check) {
    std::vector<std::string> wrong;
    if (CountFindings(check, check.doc.bad, wrong) == 0) {
      wrong.push_back("the wrong program is not reported");
    }
    if (CountFindings(check, check.doc.good, wrong) != 0) {
      wrong.push_back("the right program is reported");
    }
    if (checks::FindCheck(check.name) != &check) {
      wrong.push_back("cannot be found by its name");
    }
    Verdict(fmt::format("page of {}", check.name), wrong);
  }

  static size_t CountFindings(const Check& check, std::string_view program,
                              std::vector<std::string>& wrong) {
    Sample sample{.name = "program", .files = {}};
    sample.files.push_back(
        ParseSample("main.go", program, source::kNewestLang));
    if (!sample.files[0].parsed->errors.empty()) {
      wrong.push_back("a program of the page does not parse");
    }
    std::vector<checks::File> views;
    const checks::Package package = sample.Package(views);
    const Check* const one[] = {&check};
    return checks::RunChecks(package, package.files[0], one).size();
  }

  void ComparePages() {
    for (const Check* check : checks::AllChecks()) {
      ComparePage(fmt::format("{}.md", check->name),
                  checks::RenderPage(*check));
    }
    ComparePage("README.md", checks::RenderIndex());
  }

  void ComparePage(const std::string& name, const std::string& page) {
    std::vector<std::string> wrong;
    if (ReadText(root_ + "/docs/rules/" + name) != page) {
      wrong.push_back("is stale; `checks_tests . --update` renews it");
    }
    Verdict("docs/rules/" + name, wrong);
  }

  std::string root_;
  size_t passed_ = 0;
  size_t failed_ = 0;
};

int WritePrograms(const std::filesystem::path& folder) {
  for (const Check* check : checks::AllChecks()) {
    size_t number = 0;
    for (const checks::GoFact& fact : check->doc.facts) {
      const auto dir = folder / fmt::format("{}-{}", check->name, ++number);
      std::filesystem::create_directories(dir);
      std::ofstream(dir / "main.go") << fact.program;
      std::ofstream(dir / "go.mod") << "module fact\n\ngo 1.26\n";
      std::ofstream(dir / "expected.txt") << fact.output;
    }
    for (const std::string_view kind : {"bad", "good"}) {
      const auto dir = folder / fmt::format("{}-{}", check->name, kind);
      std::filesystem::create_directories(dir);
      std::ofstream(dir / "main.go")
          << (kind == "bad" ? check->doc.bad : check->doc.good);
      std::ofstream(dir / "go.mod") << "module page\n\ngo 1.26\n";
    }
  }
  return 0;
}

int UpdatePages(const std::string& root) {
  std::string error;
  if (!checks::WritePages(root + "/docs/rules", error)) {
    fmt::print("{}\n", error);
    return 1;
  }
  return 0;
}

int Main(std::span<char*> args) {
  if (args.size() == 3 && std::string_view(args[2]) == "--update") {
    return UpdatePages(args[1]);
  }
  if (args.size() == 4 && std::string_view(args[2]) == "--programs") {
    return WritePrograms(args[3]);
  }
  if (args.size() != 2) {
    fmt::print(
        "usage: checks_tests REPOSITORY [--update | --programs FOLDER]\n");
    return 2;
  }
  return Runner(args[1]).Run();
}

}  // namespace
}  // namespace gdlint::tests

int main(int argc, char** argv) {
  int status = 0;
  gdlint::RunOnDeepStack([&] {
    status = gdlint::tests::Main(std::span(argv, static_cast<size_t>(argc)));
  });
  return status;
}
