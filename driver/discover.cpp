#include "driver/discover.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "driver/analysis.h"
#include "driver/late_body.h"
#include "driver/lower.h"
#include "parser/parser.h"
#include "ssa/build.h"
#include "types/check_package.h"
#include "types/declaration.h"

namespace gdlint::driver {

// A body that was left out of its file's tree.
struct Discovery::Late {
  CheckedPackages* checked = nullptr;
  const types::Package* package = nullptr;
  const types::BodyTask* task = nullptr;
  LateBody body;
  // Until the builder has it.
  std::unique_ptr<ssa::Function> function;
};

// What a thread keeps from one body to the next, for each table of types.
class Discovery::Worker {
 public:
  void Make(Late& late) {
    Stages& stages = StagesOf(late.checked->table);
    const auto result =
        ReadLateBody(*late.package, *late.task, late.checked->table, parser_,
                     stages.checker, late.body);
    if (!result ||
        !std::ranges::all_of(result->errors, &types::TypeError::is_soft) ||
        (late.package->is_partly_known &&
         HasUnknownWithin(*late.body.unit, LateBody::kDecl))) {
      return;
    }
    late.function =
        stages.builder.Build({.package = late.package,
                              .unit = late.body.unit.get(),
                              .decl = LateBody::kDecl,
                              .func = late.task->func,
                              .type_args = {},
                              .vars = late.task->func->decl->func_vars});
  }

  // What is half made is of no use.
  void Forget() { stages_.clear(); }

 private:
  struct Stages {
    explicit Stages(types::TypeTable& table)
        : checker(table), builder(table, {}) {}
    types::BodyChecker checker;
    ssa::Builder builder;
  };

  Stages& StagesOf(types::TypeTable& table) {
    std::unique_ptr<Stages>& stages = stages_[&table];
    if (stages == nullptr) {
      stages = std::make_unique<Stages>(table);
    }
    return *stages;
  }

  parser::Parser parser_;
  std::unordered_map<const types::TypeTable*, std::unique_ptr<Stages>> stages_;
};

Discovery::Discovery(std::span<CheckedPackages* const> checked,
                     const DiscoveryLimits& limits, TaskPool& pool)
    : limits_(limits), pool_(pool) {
  for (CheckedPackages* const packages : checked) {
    if (packages != nullptr) {
      AddHomes(*packages);
    }
  }
  for (unsigned i = 0; i < pool.worker_count(); ++i) {
    workers_.push_back(std::make_unique<Worker>());
  }
}

Discovery::~Discovery() = default;

// Packages with syntax errors are not what their text says. Bodies of variants
// of roots are checked with the roots.
void Discovery::AddHomes(CheckedPackages& checked) {
  for (size_t i = 0; i < checked.packages.size(); ++i) {
    const types::Package& package = *checked.packages[i];
    const loader::Package& loaded = checked.graph.packages[i];
    const bool is_whole =
        package.is_dependency && !package.is_fake && !loaded.is_root &&
        std::ranges::none_of(loaded.files, [&](const loader::PackageFile& f) {
          return !checked.parsed[f.source_index].errors.empty() ||
                 checked.declarations[f.source_index] != nullptr;
        });
    if (is_whole) {
      homes_[&package].checked = &checked;
    }
  }
}

Discovery::Home* Discovery::HomeOf(const types::Package& package) {
  const auto found = homes_.find(&package);
  if (found == homes_.end()) {
    return nullptr;
  }
  Home& home = found->second;
  if (!home.is_indexed) {
    home.is_indexed = true;
    // What cgo declares is not known.
    if (!UsesCgo(package)) {
      for (const types::BodyTask& task : package.bodies) {
        home.tasks.emplace(task.func, &task);
      }
    }
  }
  return &home;
}

void Discovery::Take(std::span<const types::Func* const> missing,
                     std::vector<std::unique_ptr<Late>>& wave) {
  for (const types::Func* const func : missing) {
    Home* const home =
        func->package != nullptr ? HomeOf(*func->package) : nullptr;
    if (home == nullptr) {
      continue;
    }
    const auto task = home->tasks.find(func);
    if (task == home->tasks.end()) {
      continue;
    }
    const types::File& file = *task->second->file;
    const ast::FuncDecl& decl = file.tree->Get(task->second->decl);
    if (!decl.body_begin.is_valid()) {
      continue;
    }
    const size_t size = decl.body_end.offset() - decl.body_begin.offset();
    if (count_ == limits_.functions || bytes_ + size > limits_.bytes) {
      hit_limit_ = true;
      return;
    }
    ++count_;
    bytes_ += size;
    auto late = std::make_unique<Late>();
    late->checked = home->checked;
    late->package = func->package;
    late->task = task->second;
    wave.push_back(std::move(late));
  }
}

std::string Discovery::Remark() const {
  if (!hit_limit_) {
    return "";
  }
  return fmt::format(
      "of dependencies, {} functions ({} MiB) were read and no more: what the "
      "others do counts as unknown, so findings may be missing",
      count_, bytes_ >> 20);
}

void Discovery::Make(Late& late, unsigned worker) {
  FileResult outcome;
  GuardFile(outcome, [&] { workers_[worker]->Make(late); });
  if (outcome.outcome != Outcome::kFailed) {
    return;
  }
  late.function = nullptr;
  workers_[worker]->Forget();
  if (late.body.unit != nullptr &&
      HasUnknownWithin(*late.body.unit, LateBody::kDecl)) {
    return;
  }
  const std::lock_guard lock(mutex_);
  failures_.push_back({.path = late.package->path + "." +
                               std::string(late.task->func->name->text()),
                       .message = std::move(outcome.failure)});
}

void Discovery::Run(dataflow::ProgramBuilder& builder) {
  // Functions that follow each other: threads do not meet at each.
  constexpr size_t kRun = 16;
  while (!hit_limit_) {
    std::vector<std::unique_ptr<Late>> wave;
    Take(builder.TakeMissing(), wave);
    if (wave.empty()) {
      return;
    }
    pool_.ParallelFor(
        (wave.size() + kRun - 1) / kRun, [&](size_t run, unsigned worker) {
          const size_t end = std::min(wave.size(), (run + 1) * kRun);
          for (size_t i = run * kRun; i < end; ++i) {
            Make(*wave[i], worker);
          }
        });
    for (std::unique_ptr<Late>& late : wave) {
      if (late->function != nullptr) {
        builder.AddFunction(std::move(late->function), /*is_root=*/false);
        made_.push_back(std::move(late));
      }
    }
  }
}

void Discovery::KeepOnly(const dataflow::Program& program) {
  std::erase_if(made_, [&program](const std::unique_ptr<Late>& late) {
    const dataflow::FunctionId id = program.Find(late->task->func);
    return !id.has_value() || program.node(id).argument_body == nullptr;
  });
  homes_.clear();
  workers_.clear();
}

std::vector<loader::Problem> Discovery::TakeFailures() {
  std::ranges::sort(failures_, {}, &loader::Problem::path);
  return std::exchange(failures_, {});
}

}  // namespace gdlint::driver
