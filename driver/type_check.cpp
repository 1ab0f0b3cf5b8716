#include "driver/type_check.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <new>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "driver/merge_variants.h"
#include "support/invariant.h"

namespace gdlint::driver {
namespace {

using loader::PackageIndex;

// Runs `fn`. What only hostile input or a bug can cause is noted down as a
// failure of `name`; returns false then.
class Boundary {
 public:
  explicit Boundary(std::vector<loader::Problem>& failures)
      : failures_(failures) {}

  template <typename Fn>
  bool Run(const std::string& name, const Fn& fn) {
    try {
      fn();
      return true;
    } catch (const std::bad_alloc&) {
      Note(name, "out of memory");
    } catch (const std::exception& error) {
      Note(name, std::string("internal error: ") + error.what());
    }
    return false;
  }

 private:
  void Note(const std::string& name, std::string message) {
    const std::lock_guard lock(mutex_);
    failures_.push_back({.path = name, .message = std::move(message)});
  }

  std::mutex mutex_;
  // Guarded by mutex_.
  std::vector<loader::Problem>& failures_;
};

// By PackageGraph::sources: those of roots, which are parsed whole.
std::vector<bool> SourcesOfRoots(const loader::PackageGraph& graph) {
  std::vector<bool> whole(graph.sources.size());
  for (const loader::Package& package : graph.packages) {
    for (const loader::PackageFile& file : package.files) {
      if (package.is_root) {
        whole[file.source_index] = true;
      }
    }
  }
  return whole;
}

void ParseSources(CheckedPackages& checked, const std::vector<bool>& whole,
                  Boundary& boundary, TaskPool& pool) {
  const loader::PackageGraph& graph = checked.graph;
  checked.parsed.resize(graph.sources.size());
  checked.declarations.resize(graph.sources.size());
  std::vector<parser::Parser> parsers(pool.worker_count());
  pool.ParallelFor(graph.sources.size(), [&](size_t i, unsigned worker) {
    const source::SourceFile& source = *graph.sources[i];
    boundary.Run(source.name(), [&] {
      checked.parsed[i] =
          parsers[worker].Parse(source, whole[i] ? parser::Mode::kWholeFile
                                                 : parser::Mode::kDeclarations);
      if (!whole[i]) {
        checked.parsed[i].comments = {};
      }
    });
  });
}

// What is parsed whole, but also in packages whose bodies are not wanted, is
// parsed for these once more.
void ParseDeclarations(CheckedPackages& checked, const std::vector<bool>& whole,
                       const std::vector<bool>& wanted, Boundary& boundary,
                       TaskPool& pool) {
  const loader::PackageGraph& graph = checked.graph;
  std::vector<uint32_t> sources;
  for (size_t i = 0; i < graph.packages.size(); ++i) {
    for (const loader::PackageFile& file : graph.packages[i].files) {
      if (!wanted[i] && whole[file.source_index]) {
        sources.push_back(file.source_index);
      }
    }
  }
  std::ranges::sort(sources);
  const auto twice = std::ranges::unique(sources);
  sources.erase(twice.begin(), twice.end());
  std::vector<parser::Parser> parsers(pool.worker_count());
  pool.ParallelFor(sources.size(), [&](size_t i, unsigned worker) {
    const source::SourceFile& source = *graph.sources[sources[i]];
    boundary.Run(source.name(), [&] {
      checked.declarations[sources[i]] = std::make_unique<const ast::Tree>(
          parsers[worker].Parse(source, parser::Mode::kDeclarations).tree);
    });
  });
}

// Which packages' bodies are to be checked.
std::vector<bool> Wanted(const loader::PackageGraph& graph,
                         const TypeCheckOptions& options) {
  std::vector<bool> wanted(graph.packages.size());
  std::unordered_set<std::string_view> roots;
  for (size_t i = 0; i < wanted.size(); ++i) {
    wanted[i] = graph.packages[i].is_root;
    if (wanted[i]) {
      roots.insert(graph.packages[i].import_path);
    }
  }
  for (size_t i = 0; options.only_widest_variant && i < wanted.size(); ++i) {
    const std::string& path = graph.packages[i].import_path;
    if (roots.contains(path + " [" + path + ".test]")) {
      wanted[i] = false;
    }
  }
  return wanted;
}

const ast::Tree& TreeOf(const CheckedPackages& checked, size_t source,
                        bool wanted) {
  const ast::Tree* const declarations = checked.declarations[source].get();
  return !wanted && declarations != nullptr ? *declarations
                                            : checked.parsed[source].tree;
}

std::unique_ptr<types::Package> MakePackage(CheckedPackages& checked,
                                            const loader::Package& loaded,
                                            bool wanted,
                                            const TypeCheckOptions& options) {
  auto package = std::make_unique<types::Package>();
  package->path = loaded.type_path;
  package->name = loaded.name;
  package->version = loaded.version;
  package->is_dependency = !wanted;
  package->is_standard = loaded.is_standard;
  // The compiler is given the tests of a package behind its other files.
  for (const bool tests : {false, true}) {
    for (const loader::PackageFile& file : loaded.files) {
      if (file.is_test == tests) {
        const bool has_choice = loaded.is_root && options.lang.has_value();
        AddFile(*package, *file.source,
                TreeOf(checked, file.source_index, wanted),
                has_choice ? *options.lang : file.version, file.base_name);
      }
    }
  }
  if (options.skip_syntax_errors &&
      std::ranges::any_of(loaded.files, [&](const loader::PackageFile& file) {
        return !checked.parsed[file.source_index].errors.empty();
      })) {
    package->is_fake = true;
    package->is_dependency = true;
    package->scope = package->arena.New<types::Scope>(package->arena, nullptr);
  }
  for (const loader::Import& import : loaded.imports) {
    package->imports.push_back(
        {.path = import.path,
         .package = loader::IsLoaded(import.package)
                        ? checked.packages[import.package].get()
                        : nullptr,
         .problem = import.problem});
  }
  return package;
}

// Runs the checks of packages, each when those that it imports are done.
class ImportOrder {
 public:
  ImportOrder(CheckedPackages& checked, const TypeCheckOptions& options,
              Boundary& boundary)
      : checked_(checked),
        options_(options),
        boundary_(boundary),
        importers_(checked.packages.size()),
        missing_(checked.packages.size()) {
    const auto& packages = checked.graph.packages;
    for (PackageIndex i = 0; i < packages.size(); ++i) {
      for (const loader::Import& import : packages[i].imports) {
        if (loader::IsLoaded(import.package)) {
          importers_[import.package].push_back(i);
          ++missing_[i];
        }
      }
      if (missing_[i] == 0) {
        ready_.push_back(i);
      }
    }
    left_ = packages.size();
  }

  void Run(TaskPool& pool) {
    pool.ParallelFor(pool.worker_count(), [this](size_t, unsigned) { Work(); });
  }

 private:
  void Work() {
    std::unique_lock lock(mutex_);
    while (left_ > 0) {
      if (ready_.empty()) {
        wake_.wait(lock);
        continue;
      }
      const PackageIndex index = ready_.front();
      ready_.pop_front();
      lock.unlock();
      Check(index);
      lock.lock();
      for (const PackageIndex importer : importers_[index]) {
        if (--missing_[importer] == 0) {
          ready_.push_back(importer);
        }
      }
      --left_;
      wake_.notify_all();
    }
  }

  void Check(PackageIndex index) {
    const std::string& path = checked_.graph.packages[index].import_path;
    types::Package& package = *checked_.packages[index];
    if (package.is_fake) {
      return;
    }
    const InvariantScope scope("checking package", path);
    if (!boundary_.Run(path,
                       [&] { types::CheckApi(checked_.table, package); })) {
      // Half an API is none.
      package.is_fake = true;
      package.is_dependency = true;
    }
    // Others look at its objects alone.
    if (options_.only_widest_variant && package.is_dependency) {
      for (const std::unique_ptr<types::File>& file : package.files) {
        file->unit.reset();
      }
    }
  }

  CheckedPackages& checked_;
  const TypeCheckOptions& options_;
  Boundary& boundary_;
  std::vector<std::vector<PackageIndex>> importers_;
  std::mutex mutex_;
  std::condition_variable wake_;
  // Guarded by mutex_. How many imports of each are not checked yet.
  std::vector<uint32_t> missing_;
  std::deque<PackageIndex> ready_;
  size_t left_ = 0;
};

// Checks the bodies of all packages whose bodies are wanted, then what needs
// all bodies of a package.
class Bodies {
 public:
  Bodies(CheckedPackages& checked, const TypeCheckOptions& options,
         Boundary& boundary, unsigned worker_count)
      : checked_(checked),
        boundary_(boundary),
        options_(options),
        results_(checked.packages.size()),
        left_(checked.packages.size()),
        users_(checked.parsed.size()) {
    for (unsigned i = 0; i < worker_count; ++i) {
      checkers_.push_back(std::make_unique<types::BodyChecker>(checked.table));
    }
    for (PackageIndex i = 0; i < checked.packages.size(); ++i) {
      const types::Package& package = *checked.packages[i];
      for (const loader::PackageFile& file : checked.graph.packages[i].files) {
        users_[file.source_index] += package.is_dependency ? 0 : 1;
      }
      if (!package.is_dependency) {
        AddRuns(i, static_cast<uint32_t>(package.bodies.size()));
      }
    }
  }

  void Run(TaskPool& pool) {
    pool.ParallelFor(runs_.size(), [this](size_t i, unsigned worker) {
      const RunOfBodies& run = runs_[i];
      const types::Package& package = *checked_.packages[run.package];
      const InvariantScope scope(
          "checking functions of package",
          checked_.graph.packages[run.package].import_path);
      for (uint32_t body = run.begin; body < run.end; ++body) {
        boundary_.Run(package.bodies[body].file->source->name(), [&] {
          results_[run.package][body] =
              checkers_[worker]->Check(package, package.bodies[body]);
        });
      }
      if (left_[run.package].fetch_sub(1) == 1) {
        boundary_.Run(package.path, [&] { Finish(run.package); });
      }
    });
  }

 private:
  // Bodies that follow each other: threads do not meet at each.
  struct RunOfBodies {
    PackageIndex package;
    uint32_t begin;
    uint32_t end;
  };

  // A package without bodies has an empty run: it must be finished too.
  void AddRuns(PackageIndex package, uint32_t count) {
    constexpr uint32_t kRun = 16;
    results_[package].resize(count);
    for (uint32_t begin = 0; begin < std::max(count, 1u); begin += kRun) {
      runs_.push_back({package, begin, std::min(count, begin + kRun)});
      ++left_[package];
    }
  }

  void Finish(PackageIndex index) {
    types::Package& package = *checked_.packages[index];
    types::FinishPackage(checked_.table, package, std::move(results_[index]));
    if (options_.only_widest_variant) {
      for (const std::unique_ptr<types::File>& file : package.files) {
        file->unit->names = std::vector<const types::Name*>();
      }
    }
    if (options_.keep_facts) {
      return;
    }
    for (const std::unique_ptr<types::File>& file : package.files) {
      file->unit.reset();
    }
    for (const loader::PackageFile& file :
         checked_.graph.packages[index].files) {
      if (users_[file.source_index].fetch_sub(1) == 1) {
        parser::ParsedFile& parsed = checked_.parsed[file.source_index];
        parsed.tree = ast::Tree();
        parsed.comments = {};
      }
    }
  }

  CheckedPackages& checked_;
  Boundary& boundary_;
  const TypeCheckOptions& options_;
  std::vector<std::unique_ptr<types::BodyChecker>> checkers_;
  std::vector<RunOfBodies> runs_;
  std::vector<std::vector<types::BodyResult>> results_;
  // By package: its runs that are not done.
  std::vector<std::atomic<uint32_t>> left_;
  // By source: the packages that are not finished and have it.
  std::vector<std::atomic<uint32_t>> users_;
};

bool LeavesTypesUnknown(const types::Package& package) {
  return package.is_fake ||
         !std::ranges::all_of(package.errors, &types::TypeError::is_soft) ||
         std::ranges::any_of(
             package.imports, [&](const types::ImportedPackage& import) {
               // The C of the standard library is in no API.
               return import.package == nullptr && import.path != "unsafe" &&
                      !(import.path == "C" && package.is_standard);
             });
}

// Sets Package::is_partly_known.
void FindPartlyKnown(CheckedPackages& checked) {
  std::vector<std::vector<PackageIndex>> importers(checked.packages.size());
  std::vector<PackageIndex> found;
  for (PackageIndex i = 0; i < checked.packages.size(); ++i) {
    types::Package& package = *checked.packages[i];
    for (const loader::Import& import : checked.graph.packages[i].imports) {
      if (loader::IsLoaded(import.package)) {
        importers[import.package].push_back(i);
      }
    }
    if (LeavesTypesUnknown(package)) {
      package.is_partly_known = true;
      found.push_back(i);
    }
  }
  while (!found.empty()) {
    const PackageIndex index = found.back();
    found.pop_back();
    for (const PackageIndex importer : importers[index]) {
      types::Package& package = *checked.packages[importer];
      if (!package.is_partly_known) {
        package.is_partly_known = true;
        found.push_back(importer);
      }
    }
  }
}

// Bodies of the others may be asked for later.
void ForgetDeclarationsOfFinished(CheckedPackages& checked) {
  for (const std::unique_ptr<types::Package>& package : checked.packages) {
    if (!package->is_dependency && !package->is_fake) {
      types::ForgetDeclarations(*package);
    }
  }
}

}  // namespace

void AddFile(types::Package& package, const source::SourceFile& source,
             const ast::Tree& tree, source::LangVersion version,
             const std::string& base_name) {
  auto file = std::make_unique<types::File>();
  file->package = &package;
  file->source = &source;
  file->tree = &tree;
  file->version = version;
  file->display_name = package.path + "/" + base_name;
  package.files.push_back(std::move(file));
}

void CheckPackages(CheckedPackages& checked, const TypeCheckOptions& options,
                   TaskPool& pool, TypeCheckTimes* times) {
  TypeCheckTimes ignored;
  TypeCheckTimes& spent = times != nullptr ? *times : ignored;
  Stopwatch watch;
  Boundary boundary(checked.failures);
  const std::vector<bool> whole = SourcesOfRoots(checked.graph);
  ParseSources(checked, whole, boundary, pool);
  if (options.only_widest_variant) {
    MergeTestVariants(checked.graph, checked.parsed);
  }
  const std::vector<bool> wanted = Wanted(checked.graph, options);
  if (options.only_widest_variant) {
    ParseDeclarations(checked, whole, wanted, boundary, pool);
  }
  spent.parse = watch.Lap();
  for (size_t i = 0; i < wanted.size(); ++i) {
    checked.packages.push_back(
        MakePackage(checked, checked.graph.packages[i], wanted[i], options));
  }
  ImportOrder(checked, options, boundary).Run(pool);
  FindPartlyKnown(checked);
  spent.api = watch.Lap();
  if (options.bodies) {
    Bodies(checked, options, boundary, pool.worker_count()).Run(pool);
    spent.bodies = watch.Lap();
    if (options.only_widest_variant) {
      ForgetDeclarationsOfFinished(checked);
    }
  }
}

void CheckWholePackage(types::TypeTable& table, types::Package& package) {
  types::CheckApi(table, package);
  types::BodyChecker checker(table);
  std::vector<types::BodyResult> results;
  for (const types::BodyTask& task : package.bodies) {
    results.push_back(checker.Check(package, task));
  }
  types::FinishPackage(table, package, std::move(results));
}

}  // namespace gdlint::driver
