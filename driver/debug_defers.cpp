#include "driver/debug_defers.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ast/tree.h"
#include "driver/debug_packages.h"
#include "driver/function_bodies.h"
#include "driver/type_check.h"
#include "ssa/defer_class.h"
#include "ssa/heap_results.h"
#include "ssa/instances.h"
#include "support/task_pool.h"

namespace gdlint::driver {
namespace {

std::string DefersOf(const types::File& file,
                     const ssa::DeferClassOptions& options) {
  const std::vector<ssa::DeferClass> classes =
      ssa::ClassifyDefers(*file.unit, options);
  std::vector<std::pair<source::Pos, ssa::DeferClass>> found;
  for (uint32_t i = 0; i < classes.size(); ++i) {
    found.emplace_back(file.tree->Get(ast::Ref<ast::DeferStmt>(i)).pos,
                       classes[i]);
  }
  std::ranges::sort(found);
  std::string text;
  for (const auto& [pos, defer_class] : found) {
    const source::LineColumn place = file.Lines().Find(pos);
    fmt::format_to(std::back_inserter(text), "{}:{}:{}\t{}\n",
                   file.display_name, place.line, place.column,
                   ssa::DeferClassName(defer_class));
  }
  return text;
}

}  // namespace

ExitCode RunDebugDefers(const Options& options,
                        const loader::Environment& environment, Output& out) {
  const std::unique_ptr<DebugPackages> packages =
      CheckForDebug(options, environment);
  if (packages == nullptr) {
    return kUsageError;
  }
  CheckedPackages& checked = packages->checked;
  std::vector<const types::Package*> roots;
  FunctionBodies bodies(checked);
  for (const loader::PackageIndex index : packages->order) {
    if (!bodies.IsBroken(*checked.packages[index])) {
      roots.push_back(checked.packages[index].get());
    }
  }
  const std::unordered_set<const types::Object*> instantiated =
      ssa::InstantiatedGenerics(roots);
  ssa::HeapResults heap_results(
      [&](const types::Func* func) { return bodies.Find(func); });
  std::mutex mutex;
  const ssa::DeferClassOptions class_options = {
      .instantiated = &instantiated,
      .has_heap_result = [&](const types::Unit& unit, ast::NodeId function) {
        const std::lock_guard lock(mutex);
        return heap_results.Has(unit, function);
      }};
  std::vector<std::string> texts(roots.size());
  packages->pool.ParallelFor(roots.size(), [&](size_t i, unsigned) {
    for (const std::unique_ptr<types::File>& file : roots[i]->files) {
      if (file->unit != nullptr) {
        texts[i] += DefersOf(*file, class_options);
      }
    }
  });
  for (const std::string& text : texts) {
    out.Write(text);
  }
  return PrintErrors(*packages) ? kIncomplete : kClean;
}

}  // namespace gdlint::driver
