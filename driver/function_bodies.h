// The bodies of declared functions, those of dependencies parsed and checked
// when they are asked for.

#pragma once

#include <deque>
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "driver/late_body.h"
#include "driver/type_check.h"
#include "parser/parser.h"
#include "ssa/heap_results.h"
#include "types/check_package.h"

namespace gdlint::driver {

// Not for several threads at a time.
class FunctionBodies {
 public:
  explicit FunctionBodies(CheckedPackages& checked);

  // It has errors, so that the compiler makes nothing of it.
  bool IsBroken(const types::Package& package) const {
    return broken_.contains(&package);
  }
  // Null for a function without a body in Go, or with errors.
  const ssa::FunctionBody* Find(const types::Func* func);

 private:
  void Index(const types::Package& package);
  ssa::FunctionBody Make(const types::Package& package,
                         const types::BodyTask& task);

  CheckedPackages& checked_;
  types::BodyChecker checker_;
  parser::Parser parser_;
  std::unordered_set<const types::Package*> broken_;
  std::unordered_set<const types::Package*> indexed_;
  std::unordered_map<const types::Func*, const types::BodyTask*> tasks_;
  std::unordered_map<const types::Func*, ssa::FunctionBody> bodies_;
  std::deque<LateBody> late_;
};

}  // namespace gdlint::driver
