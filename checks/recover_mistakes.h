// Calls of `recover` that do not do what they are there for: what the rules
// about recover share, so that each call gets one finding and not several.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checks/package_pass.h"
#include "dataflow/analyses.h"
#include "ssa/function.h"

namespace gdlint::checks {

enum class RecoverRule : uint8_t {
  // recover-not-direct
  kNotDirect,
  // recover-wrong-goroutine
  kWrongGoroutine,
  // recover-unreachable
  kUnreachable,
  // panic-unrecoverable
  kUnrecoverable,
};

// A place in a function: an instruction, or a node.
struct SsaPlace {
  const ssa::Function* function = nullptr;
  ssa::InstId inst;
  ast::NodeId node;
};

struct RecoverMistake {
  RecoverRule rule;
  SsaPlace place;
  std::string message;
  // A related place, and what is there; no function if there is none.
  SsaPlace related;
  std::string note;
  // The call of `recover` that it is about, if it is in the function.
  std::optional<ssa::InstId> recover;
};

// What is wrong in one function, or with the calls of `recover` that it defers.
class RecoverMistakes {
 public:
  RecoverMistakes(const ssa::Function& function, dataflow::Analyses& analyses);

  const std::vector<RecoverMistake>& all() const { return mistakes_; }

 private:
  std::vector<RecoverMistake> mistakes_;
};

// Reports what is of `rule`.
void ReportRecoverMistakes(PackagePass& pass, RecoverRule rule);

// The node of an instruction; of a `defer recover()` that of the call.
ast::NodeId NodeOf(const ssa::Function& function, ssa::InstId inst);

ast::NodeId NodeOf(const SsaPlace& place);

// "`stop`", "the function literal".
std::string NameOf(const ssa::Function& function);

}  // namespace gdlint::checks
