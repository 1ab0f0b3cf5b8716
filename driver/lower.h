// Lowers the functions of checked packages to SSA.

#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "driver/type_check.h"
#include "ssa/build.h"
#include "support/task_pool.h"

namespace gdlint::driver {

// One thing to lower: a declared function, or the initialisation of
// package-level variables.
struct LowerTask {
  bool is_var_init = false;
  ssa::FunctionSource function;
  ssa::VarInitSource init;
  // Of `init`: what VarInitSource::lhs refers to.
  std::vector<const types::Var*> lhs;
  // It has to do with what cgo or a missing package declares, and cannot be
  // lowered.
  bool has_unknown = false;

  // "path.F"; for messages.
  std::string Name() const;
  // Its package has errors, or a file that imports "C", or it has to do with
  // what a missing package declares: not all is known.
  bool IsPartlyKnown() const;
};

// Below `root` is an expression whose type is not known: after an error, or
// because a package is missing, though it be imported by another package only.
bool HasUnknownWithin(const types::Unit& unit, ast::NodeId root);

// Why a function of a package that is partly known could not be lowered: the
// package's errors say it all.
inline constexpr char kPartlyKnown[] = "its package is not wholly known";

// It has a file that imports "C", so that not all its types are known.
bool UsesCgo(const types::Package& package);

// What there is to lower in packages whose bodies were checked, in the order of
// the source, file by file. Generic functions come once, as they are. Packages
// with errors that leave types unknown are left out; see IsLowerable.
std::vector<LowerTask> LowerTasksOf(const types::Package& package);
bool IsLowerable(const types::Package& package);
// As above; of packages with errors that what the errors do not touch.
std::vector<LowerTask> KnownLowerTasksOf(const types::Package& package);

// Lowers each task, in parallel, and calls `fn(index, function)` for each, from
// any thread. What cannot be lowered (a bug, or memory) is added to
// `checked.failures`, and `fn` gets null for it.
using LoweredFn =
    std::function<void(size_t, std::unique_ptr<ssa::Function> function)>;
void LowerAll(CheckedPackages& checked, std::span<const LowerTask> tasks,
              const ssa::BuildOptions& options, TaskPool& pool,
              const LoweredFn& fn);
// As above for packages of any table; failures are added to `failures`.
void LowerAll(types::TypeTable& table, std::span<const LowerTask> tasks,
              const ssa::BuildOptions& options, TaskPool& pool,
              const LoweredFn& fn, std::vector<loader::Problem>& failures);

}  // namespace gdlint::driver
