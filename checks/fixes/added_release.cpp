#include "checks/fixes/added_release.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "checks/fixes/lines.h"
#include "checks/fixes/statements.h"
#include "checks/fixes/stays_within.h"
#include "checks/places.h"
#include "dataflow/cycle.h"
#include "dataflow/program.h"
#include "types/method_set.h"

namespace gdlint::checks::fixes {
namespace {

using resources::Lifetime;
using resources::ResourceKind;
using ssa::Function;
using ssa::Inst;

// Ends the process without running what is deferred.
bool MayExitBehind(const Function& function, source::Pos pos) {
  return std::ranges::any_of(function.insts(), [&](const Inst& inst) {
    return inst.op == ssa::Op::kExit && pos < inst.pos &&
           static_cast<ssa::ExitKind>(inst.detail) == ssa::ExitKind::kProcess;
  });
}

bool HasMethod(const types::Type* type, std::string_view name) {
  return std::ranges::any_of(
      types::MethodSetOf(type), [&](const types::MethodSetEntry& entry) {
        const types::Signature* const signature = entry.method->signature();
        return entry.method->name->text() == name && signature != nullptr &&
               signature->params->params.empty();
      });
}

// What releases the resource that `var` holds, behind the variable's name; ""
// if it is not plain.
std::string_view ReleaseOf(const Function& function, const Lifetime& lifetime,
                           const types::Var& var) {
  switch (lifetime.what.kind) {
    case ResourceKind::kHttpBody: {
      const auto* const pointer = types::UnderAs<types::Pointer>(var.type);
      const types::Named* const named =
          pointer == nullptr ? nullptr : types::AsNamed(pointer->elem);
      return named != nullptr && named->obj->name->text() == "Response" &&
                     !HasMethod(var.type, "Close")
                 ? ".Body.Close()"
                 : "";
    }
    case ResourceKind::kFile:
      // The error of closing a file that is written to should not be dropped.
      if (CalleeNameOf(function, function.inst(lifetime.acquisition)) !=
          "Open") {
        return "";
      }
      break;
    case ResourceKind::kSqlTx:
      return HasMethod(var.type, "Rollback") ? ".Rollback()" : "";
    case ResourceKind::kTicker:
      return HasMethod(var.type, "Stop") ? ".Stop()" : "";
    case ResourceKind::kNetConn:
    case ResourceKind::kListener:
    case ResourceKind::kSqlDb:
    case ResourceKind::kSqlConn:
    case ResourceKind::kSqlRows:
    case ResourceKind::kSqlStmt:
      break;
    default:
      return "";
  }
  return HasMethod(var.type, "Close") ? ".Close()" : "";
}

const types::Var* VarAt(const Source& source, const Assignment& assignment,
                        int64_t result) {
  return result < 0 ||
                 result >= static_cast<int64_t>(assignment.names.size()) ||
                 !assignment.names[static_cast<size_t>(result)].has_value()
             ? nullptr
             : typed::VarOf(source,
                            assignment.names[static_cast<size_t>(result)]);
}

// A variable of the function itself, and none that its caller sees.
bool IsLocal(const Source& source, const Function& function,
             const types::Var& var) {
  return var.name->text() != "_" &&
         typed::IsDeclaredIn(source, var, function.syntax()) &&
         var.var_kind == types::VarKind::kLocalVar;
}

// Where control first is without an error: behind the assignment or behind its
// check; none if the error is not checked at once.
ast::NodeId PlaceBehind(const Source& source, const Assignment& assignment,
                        const Lifetime& lifetime) {
  if (lifetime.what.error < 0) {
    return assignment.stmt;
  }
  const types::Var* const err = VarAt(source, assignment, lifetime.what.error);
  return err == nullptr
             ? ast::NodeId()
             : ast::NodeId(ErrorCheckBehind(source, assignment.stmt, *err));
}

bool IsSuited(const Function& function, const Lifetime& lifetime) {
  return function.kind() != ssa::FunctionKind::kRangeBody &&
         function.unit() != nullptr && lifetime.what.cleanup < 0 &&
         !dataflow::IsInCycle(function,
                              function.inst(lifetime.acquisition).block);
}

// A literal that is all of a goroutine or a callback has its own end, and so
// have its deferred calls.
Fix Insert(const Source& source, const Function& function, ast::NodeId place,
           std::string statement) {
  if (MayExitBehind(function, ast::End(source.tree(), place))) {
    return {};
  }
  const auto edit = InsertBelow(source.index, place, {statement});
  return edit ? Fix{fmt::format("insert `{}`", statement), {*edit}} : Fix{};
}

// What the dropped function would do goes beyond the context: with it, signals
// end the process again.
bool IsKeptOnPurpose(const Function& function, const Lifetime& lifetime) {
  const types::Func* const callee =
      dataflow::NamedCallee(function, function.inst(lifetime.acquisition));
  return callee != nullptr &&
         dataflow::FullName(*callee) == "os/signal.NotifyContext";
}

// `ctx, _ := …`: the blank, if `cancel` is free for it.
std::optional<Edit> NameCancel(const Source& source, const Function& function,
                               const Assignment& assignment,
                               const Lifetime& lifetime) {
  const size_t result = lifetime.what.result;
  if (IsKeptOnPurpose(function, lifetime) || !assignment.is_definition ||
      result >= assignment.names.size() ||
      !assignment.names[result].has_value() ||
      source.index.Name(assignment.names[result]) != "_" ||
      IsNameUsed(source, function.syntax(), "cancel")) {
    return std::nullopt;
  }
  return Edit{ast::SpanOf(source.tree(), assignment.names[result]), "cancel"};
}

}  // namespace

Fix AddRelease(PackagePass& pass, const Function& function,
               const Lifetime& lifetime) {
  if (!IsSuited(function, lifetime)) {
    return {};
  }
  const Source source{*function.unit(), pass.IndexOf(function)};
  const auto assignment =
      AssignmentOf(source, function.inst(lifetime.acquisition).node);
  const types::Var* const var =
      assignment ? VarAt(source, *assignment, lifetime.what.result) : nullptr;
  if (var == nullptr || !IsLocal(source, function, *var) ||
      source.index.EnclosingFunction(assignment->stmt) != function.syntax()) {
    return {};
  }
  const std::string_view release = ReleaseOf(function, lifetime, *var);
  const ast::NodeId place = PlaceBehind(source, *assignment, lifetime);
  if (release.empty() || !place.has_value() ||
      !IsOnlyUsed({source, pass, function, lifetime.what.kind}, *var,
                  ast::End(source.tree(), place))) {
    return {};
  }
  return Insert(source, function, place,
                fmt::format("defer {}{}", var->name->text(), release));
}

Fix AddCancel(PackagePass& pass, const Function& function,
              const Lifetime& lifetime) {
  if (!IsSuited(function, lifetime)) {
    return {};
  }
  const Source source{*function.unit(), pass.IndexOf(function)};
  const auto assignment =
      AssignmentOf(source, function.inst(lifetime.acquisition).node);
  if (!assignment || assignment->names.size() != 2 ||
      lifetime.what.result != 1) {
    return {};
  }
  const types::Var* const context = VarAt(source, *assignment, 0);
  const source::Pos behind = ast::End(source.tree(), assignment->stmt);
  const Acquired acquired = {source, pass, function, lifetime.what.kind};
  if (context == nullptr ||
      !typed::IsDeclaredIn(source, *context, function.syntax()) ||
      context->var_kind == types::VarKind::kResultVar ||
      !IsOnlyLent(acquired, *context, behind)) {
    return {};
  }
  if (lifetime.is_unused) {
    const auto name = NameCancel(source, function, *assignment, lifetime);
    if (!name) {
      return {};
    }
    Fix fix = Insert(source, function, assignment->stmt, "defer cancel()");
    if (!fix.edits.empty()) {
      fix.edits.insert(fix.edits.begin(), *name);
    }
    return fix;
  }
  const types::Var* const cancel = VarAt(source, *assignment, 1);
  if (cancel == nullptr || !IsLocal(source, function, *cancel) ||
      !IsOnlyCalled(acquired, *cancel, behind)) {
    return {};
  }
  return Insert(source, function, assignment->stmt,
                fmt::format("defer {}()", cancel->name->text()));
}

}  // namespace gdlint::checks::fixes
