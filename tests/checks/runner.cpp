// Holds docs/rules against the pages of the checks, and gives out the programs
// on them; findings_test.py holds those and samples against what is found.
//
//   checks_tests REPOSITORY            runs the tests
//   checks_tests REPOSITORY --update   writes docs/rules
//   checks_tests REPOSITORY --programs FOLDER
//                                      writes the programs of the pages into
//                                      FOLDER, with what they should print

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "checks/page.h"
#include "checks/registry.h"

namespace gdlint::tests {
namespace {

using checks::Check;

std::string ReadText(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

class Runner {
 public:
  explicit Runner(std::string root) : root_(std::move(root)) {}

  int Run() {
    for (const Check* check : checks::AllChecks()) {
      CheckPage(*check);
    }
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

  // What findings_test.py, which runs the programs, cannot know.
  void CheckPage(const Check& check) {
    std::vector<std::string> wrong;
    if (checks::FindCheck(check.name) != &check) {
      wrong.push_back("cannot be found by its name");
    }
    if (check.doc.facts.empty()) {
      wrong.push_back("no program proves what the page says about Go");
    }
    if ((check.run != nullptr) != (check.needs == checks::Needs::kSyntax) ||
        (check.run_package != nullptr) !=
            (check.needs == checks::Needs::kProgram)) {
      wrong.push_back("what it needs and what runs it are at odds");
    }
    Verdict(fmt::format("page of {}", check.name), wrong);
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
  return gdlint::tests::Main(std::span(argv, static_cast<size_t>(argc)));
}
