#include "driver/function_bodies.h"

#include <algorithm>

namespace gdlint::driver {

FunctionBodies::FunctionBodies(CheckedPackages& checked)
    : checked_(checked), checker_(checked.table) {
  for (size_t i = 0; i < checked.packages.size(); ++i) {
    const types::Package& package = *checked.packages[i];
    const bool has_syntax_errors = std::ranges::any_of(
        checked.graph.packages[i].files, [&](const loader::PackageFile& file) {
          return !checked.parsed[file.source_index].errors.empty();
        });
    if (has_syntax_errors || package.is_fake ||
        (!package.is_dependency && !package.errors.empty())) {
      broken_.insert(&package);
    }
  }
}

void FunctionBodies::Index(const types::Package& package) {
  if (indexed_.insert(&package).second) {
    for (const types::BodyTask& task : package.bodies) {
      tasks_.emplace(task.func, &task);
    }
  }
}

const ssa::FunctionBody* FunctionBodies::Find(const types::Func* func) {
  if (const auto found = bodies_.find(func); found != bodies_.end()) {
    return found->second.unit != nullptr ? &found->second : nullptr;
  }
  ssa::FunctionBody body;
  if (func->package != nullptr && !IsBroken(*func->package)) {
    Index(*func->package);
    if (const auto task = tasks_.find(func); task != tasks_.end()) {
      body = Make(*func->package, *task->second);
    }
  }
  const ssa::FunctionBody& kept = bodies_.emplace(func, body).first->second;
  return kept.unit != nullptr ? &kept : nullptr;
}

ssa::FunctionBody FunctionBodies::Make(const types::Package& package,
                                       const types::BodyTask& task) {
  const types::Unit& file_unit = *task.file->unit;
  const ast::FuncDecl& decl = file_unit.tree->Get(task.decl);
  ssa::FunctionBody body;
  body.vars = file_unit.info.Params(decl.type);
  if (decl.body.has_value()) {
    if (!package.is_dependency) {
      body.unit = &file_unit;
      body.body = decl.body;
    }
    return body;
  }
  if (!decl.body_begin.is_valid()) {
    return body;
  }
  LateBody& late = late_.emplace_back();
  const auto result =
      ReadLateBody(package, task, checked_.table, parser_, checker_, late);
  body.body = late.parsed.tree.Get(LateBody::kDecl).body;
  if (result && result->errors.empty()) {
    body.unit = late.unit.get();
  }
  return body;
}

}  // namespace gdlint::driver
