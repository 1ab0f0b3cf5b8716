#include "driver/merge_variants.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <numeric>
#include <queue>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "lexer/literal.h"
#include "support/invariant.h"

namespace gdlint::driver {
namespace {

using loader::PackageIndex;

// "q [p.test]" is "q" for the tests of "p"; "q" is for none.
struct VariantName {
  std::string_view package;
  std::string_view test_of;
};

VariantName Split(std::string_view import_path) {
  constexpr std::string_view kOpen = " [";
  constexpr std::string_view kClose = ".test]";
  const size_t open = import_path.find(kOpen);
  if (open == std::string_view::npos || !import_path.ends_with(kClose)) {
    return {.package = import_path, .test_of = {}};
  }
  std::string_view test_of = import_path.substr(open + kOpen.size());
  test_of.remove_suffix(kClose.size());
  return {.package = import_path.substr(0, open), .test_of = test_of};
}

bool IsExternalTest(const VariantName& name) {
  return name.package.size() == name.test_of.size() + 5 &&
         name.package.starts_with(name.test_of) &&
         name.package.ends_with("_test");
}

// A package with test files, and what is built anew for them.
struct Tested {
  PackageIndex plain = loader::kMissing;
  PackageIndex variant = loader::kMissing;
  std::vector<PackageIndex> rebuilt;
};

class Merger {
 public:
  Merger(loader::PackageGraph& graph,
         std::span<const parser::ParsedFile> parsed)
      : graph_(graph),
        parsed_(parsed),
        stands_for_(graph.packages.size()),
        seen_(graph.packages.size()) {
    std::iota(stands_for_.begin(), stands_for_.end(), 0);
  }

  void Run() {
    Collect();
    std::vector<const Tested*> all;
    for (const auto& [path, tested] : tested_) {
      if (loader::IsLoaded(tested.plain) && loader::IsLoaded(tested.variant)) {
        all.push_back(&tested);
      }
    }
    // What saves most comes first: it may rule out another.
    std::ranges::stable_sort(all, std::greater(), [](const Tested* tested) {
      return tested->rebuilt.size();
    });
    for (const Tested* const tested : all) {
      if (CanStandIn(*tested)) {
        Merge(*tested);
      }
    }
    Renumber();
  }

 private:
  void Collect() {
    for (PackageIndex i = 0; i < graph_.packages.size(); ++i) {
      const VariantName name = Split(graph_.packages[i].import_path);
      if (name.test_of.empty()) {
        plain_[name.package] = i;
        tested_[name.package].plain = i;
      } else if (name.package == name.test_of) {
        tested_[name.test_of].variant = i;
      } else if (!IsExternalTest(name)) {
        tested_[name.test_of].rebuilt.push_back(i);
      }
      for (const loader::PackageFile& file : graph_.packages[i].files) {
        CollectDotImports(file, name);
      }
    }
  }

  void CollectDotImports(const loader::PackageFile& file,
                         const VariantName& by) {
    const ast::Tree& tree = parsed_[file.source_index].tree;
    for (const ast::ImportSpec& spec : tree.All<ast::ImportSpec>()) {
      if (!spec.name.has_value() || !spec.path.has_value()) {
        continue;
      }
      const std::string_view text = file.source->text();
      const ast::Ident& name = tree.Get(spec.name);
      const ast::BasicLit& literal = tree.Get(spec.path);
      if (text.substr(name.pos.offset(), name.length) != ".") {
        continue;
      }
      auto path =
          lexer::StringValue(text.substr(literal.pos.offset(), literal.length));
      // The package's own tests see the variant in any case.
      if (path && !(IsExternalTest(by) && *path == by.test_of)) {
        dot_imported_.insert(*std::move(path));
      }
    }
  }

  PackageIndex Find(PackageIndex package) const {
    while (stands_for_[package] != package) {
      package = stands_for_[package];
    }
    return package;
  }

  bool CanStandIn(const Tested& tested) {
    const loader::Package& plain = graph_.packages[tested.plain];
    const loader::Package& variant = graph_.packages[tested.variant];
    return variant.problems.size() == plain.problems.size() &&
           !dot_imported_.contains(plain.import_path) &&
           std::ranges::none_of(
               variant.files,
               [&](const loader::PackageFile& file) {
                 return file.is_test &&
                        !parsed_[file.source_index].errors.empty();
               }) &&
           !ImportsAgain(tested);
  }

  // By any way, what the variant imports imports the package.
  bool ImportsAgain(const Tested& tested) {
    ++search_;
    std::vector<PackageIndex> work = {tested.variant};
    while (!work.empty()) {
      const PackageIndex from = work.back();
      work.pop_back();
      for (const loader::Import& import : graph_.packages[from].imports) {
        if (!loader::IsLoaded(import.package)) {
          continue;
        }
        const PackageIndex to = Find(import.package);
        if (to == tested.plain || to == tested.variant) {
          return true;
        }
        if (std::exchange(seen_[to], search_) != search_) {
          work.push_back(to);
        }
      }
    }
    return false;
  }

  void Merge(const Tested& tested) {
    stands_for_[tested.plain] = tested.variant;
    for (const PackageIndex rebuilt : tested.rebuilt) {
      const VariantName name = Split(graph_.packages[rebuilt].import_path);
      // Only tests import it: it is the only one.
      if (const auto found = plain_.find(name.package); found != plain_.end()) {
        stands_for_[rebuilt] = found->second;
      }
    }
  }

  // Leaves out what others stand for, and sorts the rest.
  void Renumber() {
    const std::vector<PackageIndex> order = Order();
    std::vector<PackageIndex> place(graph_.packages.size(), loader::kMissing);
    for (PackageIndex i = 0; i < order.size(); ++i) {
      place[order[i]] = i;
    }
    const auto renumber = [&](PackageIndex& package) {
      if (loader::IsLoaded(package)) {
        package = place[Find(package)];
      }
    };
    std::vector<loader::Package> packages;
    for (const PackageIndex from : order) {
      loader::Package& package =
          packages.emplace_back(std::move(graph_.packages[from]));
      for (loader::Import& import : package.imports) {
        renumber(import.package);
      }
      std::ranges::for_each(package.implicit_imports, renumber);
    }
    graph_.packages = std::move(packages);
    std::ranges::for_each(graph_.roots, renumber);
    std::vector<PackageIndex> roots;
    std::set<PackageIndex> known;
    std::ranges::copy_if(
        graph_.roots, std::back_inserter(roots),
        [&](PackageIndex root) { return known.insert(root).second; });
    graph_.roots = std::move(roots);
  }

  // Each package after those that it imports (Kahn's algorithm); of those that
  // may come next the one that came first before.
  std::vector<PackageIndex> Order() const {
    const size_t count = graph_.packages.size();
    std::vector<std::vector<PackageIndex>> importers(count);
    std::vector<size_t> missing(count);
    std::priority_queue<PackageIndex, std::vector<PackageIndex>, std::greater<>>
        ready;
    size_t alive = 0;
    for (PackageIndex i = 0; i < count; ++i) {
      if (Find(i) != i) {
        continue;
      }
      ++alive;
      for (const loader::Import& import : graph_.packages[i].imports) {
        if (loader::IsLoaded(import.package)) {
          importers[Find(import.package)].push_back(i);
          ++missing[i];
        }
      }
      if (missing[i] == 0) {
        ready.push(i);
      }
    }
    std::vector<PackageIndex> order;
    while (!ready.empty()) {
      const PackageIndex next = ready.top();
      ready.pop();
      order.push_back(next);
      for (const PackageIndex importer : importers[next]) {
        if (--missing[importer] == 0) {
          ready.push(importer);
        }
      }
    }
    GDLINT_ASSERT(order.size() == alive);
    return order;
  }

  loader::PackageGraph& graph_;
  std::span<const parser::ParsedFile> parsed_;
  // Views of import paths, which move with their packages only in the end.
  std::unordered_map<std::string_view, PackageIndex> plain_;
  std::map<std::string_view, Tested> tested_;
  std::set<std::string, std::less<>> dot_imported_;
  // By package: the one that stands for it, perhaps by others; itself.
  std::vector<PackageIndex> stands_for_;
  // By package: the last search that came to it.
  std::vector<size_t> seen_;
  size_t search_ = 0;
};

}  // namespace

void MergeTestVariants(loader::PackageGraph& graph,
                       std::span<const parser::ParsedFile> parsed) {
  Merger(graph, parsed).Run();
}

}  // namespace gdlint::driver
