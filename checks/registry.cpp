#include "checks/registry.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "checks/syntax/file_index.h"
#include "checks/unrun_examples.h"

namespace gdlint::checks {

#define GDLINT_CHECK(name) extern const Check name;
#include "checks/checks.def"

// A list rather than self-registering objects: the order is fixed, nothing runs
// before main, and a linker cannot drop a check that nobody refers to.
std::span<const Check* const> AllChecks() {
  static constexpr const Check* kChecks[] = {
#define GDLINT_CHECK(name) &name,
#include "checks/checks.def"
  };
  return kChecks;
}

const Check* FindCheck(std::string_view name) {
  for (const Check* check : AllChecks()) {
    if (check->name == name || std::ranges::count(check->doc.aka, name) > 0) {
      return check;
    }
  }
  return nullptr;
}

std::vector<source::Diagnostic> RunChecks(
    const Package& package, const File& file,
    std::span<const Check* const> checks) {
  const syntax::FileIndex index(*file.tree, file.text);
  std::vector<source::Diagnostic> all;
  for (const Check* check : checks) {
    if (check->needs != Needs::kSyntax) {
      continue;
    }
    Pass pass(*check, package, file, index);
    check->run(pass);
    std::ranges::move(pass.Take(), std::back_inserter(all));
  }
  std::ranges::stable_sort(all, {}, [](const source::Diagnostic& finding) {
    return std::tuple(finding.span, finding.code);
  });
  return all;
}

namespace {

// What may be wrong with the value of one deferred call, the gravest first: of
// these, only one is reported at a `defer`.
constexpr std::string_view kOfOneDefer[] = {
    "open-error-ignored", "defer-before-error-check", "defer-nil",
    "defer-stale-argument"};

size_t RankOf(const PackageFinding& finding) {
  return std::ranges::find(kOfOneDefer, finding.diagnostic.code) -
         std::begin(kOfOneDefer);
}

// Keeps the gravest at each `defer`. That of an acquisition counts for all
// deferred calls that it names as related places.
void DropLesser(std::vector<PackageFinding>& findings) {
  std::map<std::pair<const types::File*, source::Pos>, size_t> gravest;
  const auto add = [&](const types::File* file, source::Pos pos, size_t rank) {
    const auto [place, is_new] = gravest.emplace(std::pair(file, pos), rank);
    place->second = std::min(place->second, rank);
  };
  for (const PackageFinding& finding : findings) {
    const size_t rank = RankOf(finding);
    if (rank == std::size(kOfOneDefer)) {
      continue;
    }
    add(finding.file, finding.diagnostic.span.begin, rank);
    for (const source::Note& note : finding.diagnostic.notes) {
      if (rank == 0) {
        add(finding.file, note.span.begin, rank);
      }
    }
  }
  std::erase_if(findings, [&](const PackageFinding& finding) {
    const size_t rank = RankOf(finding);
    return rank < std::size(kOfOneDefer) &&
           gravest.at({finding.file, finding.diagnostic.span.begin}) < rank;
  });
}

}  // namespace

std::vector<PackageFinding> RunPackageChecks(
    const PackageView& view, std::span<const Check* const> checks,
    std::span<TimeSpent> times) {
  FileIndexes indexes;
  std::vector<PackageFinding> all;
  const auto run = [&](const Check& check) {
    PackagePass pass(check, view, indexes);
    check.run_package(pass);
    std::ranges::move(pass.Take(), std::back_inserter(all));
  };
  for (size_t i = 0; i < checks.size(); ++i) {
    if (checks[i]->needs != Needs::kProgram) {
      continue;
    }
    if (times.empty()) {
      run(*checks[i]);
    } else {
      const Stopwatch watch;
      run(*checks[i]);
      times[i] += watch.Elapsed();
    }
  }
  DropLesser(all);
  for (PackageFinding& finding : all) {
    if (finding.diagnostic.severity != source::Severity::kInfo &&
        IsInUnrunExample(*finding.file, finding.diagnostic.span.begin)) {
      finding.diagnostic.severity = source::Severity::kInfo;
    }
  }
  const auto number_of = [&](const types::File* file) {
    return std::ranges::find(view.package->files, file,
                             &std::unique_ptr<types::File>::get) -
           view.package->files.begin();
  };
  std::ranges::stable_sort(all, {}, [&](const PackageFinding& finding) {
    return std::tuple(number_of(finding.file), finding.diagnostic.span,
                      finding.diagnostic.code);
  });
  return all;
}

}  // namespace gdlint::checks
