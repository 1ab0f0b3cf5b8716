#include "driver/type_check.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <new>
#include <utility>

#include "support/invariant.h"

namespace gdlint::driver {
namespace {

using loader::PackageIndex;

void ParseSources(CheckedPackages& checked, TaskPool& pool) {
  const loader::PackageGraph& graph = checked.graph;
  std::vector<bool> whole(graph.sources.size());
  for (const loader::Package& package : graph.packages) {
    for (const loader::PackageFile& file : package.files) {
      whole[file.source_index] = whole[file.source_index] || package.is_root;
    }
  }
  checked.parsed.resize(graph.sources.size());
  std::vector<parser::Parser> parsers(pool.worker_count());
  pool.ParallelFor(graph.sources.size(), [&](size_t i, unsigned worker) {
    checked.parsed[i] = parsers[worker].Parse(
        *graph.sources[i],
        whole[i] ? parser::Mode::kWholeFile : parser::Mode::kDeclarations);
  });
}

std::unique_ptr<types::Package> MakePackage(CheckedPackages& checked,
                                            const loader::Package& loaded,
                                            const TypeCheckOptions& options) {
  auto package = std::make_unique<types::Package>();
  package->path = loaded.type_path;
  package->name = loaded.name;
  package->version = loaded.version;
  package->is_dependency = !loaded.is_root;
  // The compiler is given the tests of a package behind its other files.
  for (const bool tests : {false, true}) {
    for (const loader::PackageFile& file : loaded.files) {
      if (file.is_test == tests) {
        const bool has_choice = loaded.is_root && options.lang.has_value();
        AddFile(*package, *file.source, checked.parsed[file.source_index].tree,
                has_choice ? *options.lang : file.version, file.base_name);
      }
    }
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
  explicit ImportOrder(CheckedPackages& checked)
      : checked_(checked),
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
    const InvariantScope scope("checking package",
                               checked_.graph.packages[index].import_path);
    types::CheckApi(checked_.table, *checked_.packages[index]);
  }

  CheckedPackages& checked_;
  std::vector<std::vector<PackageIndex>> importers_;
  std::mutex mutex_;
  std::condition_variable wake_;
  // Guarded by mutex_. How many imports of each are not checked yet.
  std::vector<uint32_t> missing_;
  std::deque<PackageIndex> ready_;
  size_t left_ = 0;
};

// One body of one root.
struct BodyRef {
  PackageIndex package;
  uint32_t body;
};

void CheckBodies(CheckedPackages& checked, TaskPool& pool) {
  std::vector<BodyRef> bodies;
  std::vector<std::vector<types::BodyResult>> results(checked.packages.size());
  for (PackageIndex i = 0; i < checked.packages.size(); ++i) {
    if (checked.graph.packages[i].is_root) {
      const size_t count = checked.packages[i]->bodies.size();
      results[i].resize(count);
      for (uint32_t body = 0; body < count; ++body) {
        bodies.push_back({i, body});
      }
    }
  }
  // Runs of bodies are handed out, so that threads do not meet at each.
  constexpr size_t kRun = 16;
  std::vector<std::unique_ptr<types::BodyChecker>> checkers;
  for (unsigned i = 0; i < pool.worker_count(); ++i) {
    checkers.push_back(std::make_unique<types::BodyChecker>(checked.table));
  }
  pool.ParallelFor(
      (bodies.size() + kRun - 1) / kRun, [&](size_t run, unsigned worker) {
        const size_t end = std::min(bodies.size(), (run + 1) * kRun);
        for (size_t i = run * kRun; i < end; ++i) {
          const auto [index, body] = bodies[i];
          const types::Package& package = *checked.packages[index];
          results[index][body] =
              checkers[worker]->Check(package, package.bodies[body]);
        }
      });
  pool.ParallelFor(checked.packages.size(), [&](size_t i, unsigned) {
    if (checked.graph.packages[i].is_root) {
      types::FinishPackage(checked.table, *checked.packages[i],
                           std::move(results[i]));
    }
  });
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
                   TaskPool& pool) {
  ParseSources(checked, pool);
  for (const loader::Package& loaded : checked.graph.packages) {
    checked.packages.push_back(MakePackage(checked, loaded, options));
  }
  ImportOrder(checked).Run(pool);
  if (options.bodies) {
    CheckBodies(checked, pool);
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
