#include "checks/syntax/recover_calls.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "checks/syntax/fate.h"
#include "checks/syntax/file_index.h"
#include "checks/syntax/loops.h"
#include "checks/syntax/names.h"
#include "checks/syntax/package_names.h"

namespace gdlint::checks::syntax {
namespace {

using ast::NodeId;
using ast::NodeKind;

// True for an upper-case first letter. Letters outside ASCII are taken for
// upper case: the function may then be used from elsewhere.
bool IsExported(std::string_view name) {
  return !name.empty() &&
         !(name[0] == '_' || (name[0] >= 'a' && name[0] <= 'z'));
}

class Finder {
 public:
  Finder(const Package& package, const File& file, const FileIndex& index)
      : package_(package), file_(file), index_(index), tree_(index.tree()) {}

  std::vector<RecoverCall> Run() {
    for (const ast::CallExpr& call : tree_.All<ast::CallExpr>()) {
      const auto ref = RefTo(tree_, call);
      if (IsRecover(call) && index_.EnclosingFunction(ref).has_value()) {
        recovers_.push_back(ref);
      }
    }
    if (recovers_.empty() || PackageDeclares(package_, "recover")) {
      return {};
    }
    for (const ast::Ref<ast::CallExpr> recover : recovers_) {
      if (const auto found = Examine(recover)) {
        found_.push_back(*found);
      }
    }
    AddHelperCalls();
    std::ranges::sort(found_, {}, [&](const RecoverCall& found) {
      return ast::Begin(tree_, found.call);
    });
    return std::move(found_);
  }

 private:
  using Verdict = std::optional<RecoverCall>;

  bool IsRecover(const ast::CallExpr& call) const {
    return call.args.empty() &&
           IsPredeclared(index_, Unparen(tree_, call.fun), "recover");
  }

  Verdict Examine(ast::Ref<ast::CallExpr> recover) {
    const NodeId stmt = index_.ParentPastParens(recover);
    const NodeId function = index_.EnclosingFunction(recover);
    if (stmt.kind() == NodeKind::kDeferStmt) {
      return MayBeDeferred(function)
                 ? Verdict()
                 : Verdict({RecoverMistake::kDeferredItself, recover, {}});
    }
    if (const NodeId range = RangeOverFuncAround(recover, function);
        range.has_value()) {
      return RecoverCall{RecoverMistake::kInRangeOverFunc, recover, range};
    }
    if (function.kind() == NodeKind::kFuncLit) {
      return ExamineLiteral(recover,
                            ast::Ref<ast::FuncLit>::FromNode(function));
    }
    return ExamineFunction(recover, *tree_.TryGet<ast::FuncDecl>(function));
  }

  NodeId RangeOverFuncAround(NodeId id, NodeId function) const {
    NodeId child = id;
    for (NodeId at = index_.Parent(id); at != function;
         child = at, at = index_.Parent(at)) {
      const auto* range = tree_.TryGet<ast::RangeStmt>(at);
      if (range != nullptr && child == range->body &&
          RangesOverFunction(index_, *range)) {
        return at;
      }
    }
    return {};
  }

  Verdict ExamineLiteral(ast::Ref<ast::CallExpr> recover,
                         ast::Ref<ast::FuncLit> literal) const {
    const auto fates = FatesOf(index_, literal, literal);
    const auto all_are = [&](FateKind kind) {
      return !fates.empty() &&
             std::ranges::all_of(
                 fates, [&](const Fate& fate) { return fate.kind == kind; });
    };
    // Deferring a call that takes the literal as an argument leaves all open
    // too.
    if (all_are(FateKind::kCalled)) {
      return RecoverCall{RecoverMistake::kInCalledLiteral, recover,
                         fates[0].cause};
    }
    if (all_are(FateKind::kStarted) && IsStartedByStatement(literal) &&
        !IsInDeferredLiteral(literal)) {
      return RecoverCall{RecoverMistake::kInStartedLiteral, recover,
                         fates[0].cause};
    }
    return {};
  }

  // `go func() { … }()`, where no one else can have deferred it.
  bool IsStartedByStatement(ast::Ref<ast::FuncLit> literal) const {
    const auto* call =
        tree_.TryGet<ast::CallExpr>(index_.ParentPastParens(literal));
    return call != nullptr && Unparen(tree_, call->fun) == literal;
  }

  // A goroutine of a deferred function is a mistake of another kind.
  bool IsInDeferredLiteral(NodeId id) const {
    for (NodeId at = index_.EnclosingFunction(id);
         at.kind() == NodeKind::kFuncLit; at = index_.EnclosingFunction(at)) {
      if (MayBeDeferred(at)) {
        return true;
      }
    }
    return false;
  }

  // True if the file shows `function` deferred, or as a value that may be. The
  // package is looked through by name.
  bool MayBeDeferred(NodeId function) const {
    if (const auto* decl = tree_.TryGet<ast::FuncDecl>(function)) {
      return CountUses(package_, index_.Name(decl->name)).defers > 0;
    }
    const auto literal = ast::Ref<ast::FuncLit>::FromNode(function);
    return std::ranges::any_of(
        FatesOf(index_, literal, literal),
        [](const Fate& fate) { return fate.kind == FateKind::kDeferred; });
  }

  Verdict ExamineFunction(ast::Ref<ast::CallExpr> recover,
                          const ast::FuncDecl& decl) {
    const std::string_view name = index_.Name(decl.name);
    if (!IsOnlyEverCalled(decl)) {
      return {};
    }
    return IsEntryFunction(decl)
               ? RecoverCall{RecoverMistake::kInEntryFunction, recover, {}}
               : RecoverCall{RecoverMistake::kInCalledFunction, recover,
                             CallInThisFile(name)};
  }

  // True if everything that can use the function is seen, and calls it.
  bool IsOnlyEverCalled(const ast::FuncDecl& decl) const {
    const std::string_view name = index_.Name(decl.name);
    if (IsEntryFunction(decl)) {
      return CountUses(package_, name).defers == 0;
    }
    const bool is_main = index_.Name(tree_.package_name()) == "main";
    const bool may_be_used_elsewhere =
        IsExported(name) && (!is_main || decl.recv.has_value());
    if (!package_.is_whole || may_be_used_elsewhere || name == "_") {
      return false;
    }
    const FunctionUses uses = CountUses(package_, name);
    return uses.calls > 0 && uses.defers == 0 && uses.go_calls == 0 &&
           uses.others == 0 && !IsExportedByDirective(package_, name);
  }

  bool IsEntryFunction(const ast::FuncDecl& decl) const {
    if (decl.recv.has_value()) {
      return false;
    }
    const std::string_view name = index_.Name(decl.name);
    const ast::FuncType& type = tree_.Get(decl.type);
    const uint32_t params = tree_.Get(type.params).fields.size;
    if (name == "init") {
      return true;
    }
    if (name == "main") {
      return index_.Name(tree_.package_name()) == "main";
    }
    return file_.is_test() && params == 1 && !type.results.has_value() &&
           (name.starts_with("Test") || name.starts_with("Benchmark") ||
            name.starts_with("Fuzz"));
  }

  // A call by that name in this file, to show; none if all are in other files.
  NodeId CallInThisFile(std::string_view name) const {
    for (const ast::CallExpr& call : tree_.All<ast::CallExpr>()) {
      ast::ExprId callee = Unparen(tree_, call.fun);
      if (const auto* selector = tree_.TryGet<ast::SelectorExpr>(callee)) {
        callee = selector->sel;
      }
      if (callee.kind() == NodeKind::kIdent &&
          index_.Name(ast::Ref<ast::Ident>::FromNode(callee)) == name) {
        return RefTo(tree_, call);
      }
    }
    return {};
  }

  // Calls of a function of this file that has a `recover`, by a deferred
  // literal: where the function is deferred elsewhere it is the call that is
  // wrong.
  void AddHelperCalls() {
    for (const ast::CallExpr& call : tree_.All<ast::CallExpr>()) {
      const auto ref = RefTo(tree_, call);
      const NodeId caller = index_.EnclosingFunction(ref);
      const NodeId parent = index_.ParentPastParens(ref);
      const ast::ExprId callee = Unparen(tree_, call.fun);
      if (callee.kind() != NodeKind::kIdent ||
          caller.kind() != NodeKind::kFuncLit ||
          parent.kind() == NodeKind::kDeferStmt ||
          parent.kind() == NodeKind::kGoStmt) {
        continue;
      }
      const ast::Ref<ast::CallExpr> recover = RecoverIn(callee);
      if (recover.has_value() && IsDeferredDirectly(caller) &&
          !IsFound(recover)) {
        found_.push_back({RecoverMistake::kThroughHelper, ref, recover});
      }
    }
  }

  // `defer func() { … }()` with nothing between.
  bool IsDeferredDirectly(NodeId literal) const {
    const NodeId call = index_.ParentPastParens(literal);
    return call.kind() == NodeKind::kCallExpr &&
           index_.ParentPastParens(call).kind() == NodeKind::kDeferStmt &&
           Unparen(tree_, tree_.TryGet<ast::CallExpr>(call)->fun) == literal;
  }

  // A call of `recover` that the function named by `callee` makes itself.
  ast::Ref<ast::CallExpr> RecoverIn(ast::ExprId callee) const {
    const Declaration decl =
        Resolve(index_, ast::Ref<ast::Ident>::FromNode(callee));
    if (decl.node.kind() != NodeKind::kFuncDecl) {
      return {};
    }
    for (const ast::Ref<ast::CallExpr> recover : recovers_) {
      if (index_.EnclosingFunction(recover) == decl.node &&
          index_.ParentPastParens(recover).kind() != NodeKind::kDeferStmt) {
        return recover;
      }
    }
    return {};
  }

  bool IsFound(ast::Ref<ast::CallExpr> call) const {
    return std::ranges::any_of(
        found_, [&](const RecoverCall& found) { return found.call == call; });
  }

  const Package& package_;
  const File& file_;
  const FileIndex& index_;
  const ast::Tree& tree_;
  std::vector<ast::Ref<ast::CallExpr>> recovers_;
  std::vector<RecoverCall> found_;
};

}  // namespace

std::vector<RecoverCall> FindIneffectiveRecovers(const Package& package,
                                                 const File& file,
                                                 const FileIndex& index) {
  return Finder(package, file, index).Run();
}

}  // namespace gdlint::checks::syntax
