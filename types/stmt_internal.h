// What the files that check statements share. Internal to types/.

#pragma once

#include <string>

#include "ast/node_id.h"
#include "types/checker.h"

namespace gdlint::types {

// Which branch statements may stand here, and what messages should speak of.
enum StmtContext : unsigned {
  kBreakOk = 1 << 0,
  kContinueOk = 1 << 1,
  kFallthroughOk = 1 << 2,
  kFinalSwitchCase = 1 << 3,
  kInTypeSwitch = 1 << 4,
};

// Checks a statement; function literals in it too, before it returns.
void CheckStmt(Checker& checker, unsigned context, ast::StmtId stmt);
// `stmt` may be none.
void CheckSimpleStmt(Checker& checker, ast::StmtId stmt);
void CheckStmtList(Checker& checker, unsigned context,
                   ast::List<ast::StmtId> list);
void CheckMultipleDefaults(Checker& checker, ast::List<ast::StmtId> clauses);
// The context of statements inside of one in `context`.
constexpr unsigned InnerContext(unsigned context) {
  return context & ~(kFallthroughOk | kFinalSwitchCase | kInTypeSwitch);
}

void CheckSwitch(Checker& checker, unsigned inner, const ast::SwitchStmt& stmt);
void CheckTypeSwitch(Checker& checker, unsigned inner, ast::StmtId id,
                     const ast::TypeSwitchStmt& stmt);
void CheckRange(Checker& checker, unsigned inner, const ast::RangeStmt& stmt);

// The target of an assignment to something of `type`, for generic functions;
// nothing if `type` is no function. `describe()` is only called if it is.
template <typename Describe>
std::optional<Target> TargetOf(const Type* type, const Describe& describe) {
  if (type == nullptr) {
    return std::nullopt;
  }
  const Signature* const signature = UnderAs<Signature>(type);
  if (signature == nullptr) {
    return std::nullopt;
  }
  return Target{signature, describe()};
}

}  // namespace gdlint::types
