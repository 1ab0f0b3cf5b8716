#include "checks/fixes/stays_within.h"

#include <algorithm>
#include <string_view>

#include "checks/knowledge/resources.h"
#include "dataflow/program.h"
#include "types/type.h"

namespace gdlint::checks::fixes {
namespace {

using ast::NodeId;
using ast::NodeKind;
using resources::Fate;
using ssa::Function;
using ssa::Inst;
using ssa::Op;

// So many wrappers of wrappers are followed: a decoder of a buffer of a body.
constexpr int kMaxWrappers = 3;

// Beginnings of the names of functions that go on when they have returned.
constexpr std::string_view kBackground[] = {
    "Go",    "Launch", "Listen", "Notify",    "Register", "Run",   "Schedule",
    "Serve", "Spawn",  "Start",  "Subscribe", "Watch",    "async", "background",
    "go",    "launch", "listen", "notify",    "register", "run",   "schedule",
    "serve", "spawn",  "start",  "subscribe", "watch"};

bool MayHoldAny(const types::Signature* signature) {
  return signature == nullptr || signature->results == nullptr ||
         std::ranges::any_of(signature->results->params,
                             [](const types::Param& param) {
                               return resources::MayHold(param.type);
                             });
}

class Uses {
 public:
  explicit Uses(const Acquired& acquired)
      : acquired_(acquired),
        source_(acquired.source),
        tree_(source_.tree()),
        may_return_(std::ranges::any_of(acquired.function.result_types(),
                                        resources::MayHold)) {}

  bool IsOnlyUsed(const types::Var& var, source::Pos from, int depth) {
    return std::ranges::all_of(
        NamesOf(source_, var, from), [&](ast::Ref<ast::Ident> name) {
          return IsOwn(name) && IsUse(ast::ExprId(name), depth);
        });
  }

  bool IsOnlyCalled(const types::Var& cancel, source::Pos from) {
    return std::ranges::all_of(
        NamesOf(source_, cancel, from), [&](ast::Ref<ast::Ident> name) {
          const NodeId call = source_.index.ParentPastParens(name);
          const auto* node = tree_.TryGet<ast::CallExpr>(call);
          return IsOwn(name) && node != nullptr &&
                 syntax::Unparen(tree_, node->fun) == ast::ExprId(name) &&
                 source_.index.Parent(call).kind() == NodeKind::kExprStmt;
        });
  }

  bool IsOnlyLent(const types::Var& context, source::Pos from) {
    return std::ranges::all_of(
        NamesOf(source_, context, from), [&](ast::Ref<ast::Ident> name) {
          if (!IsOwn(name)) {
            return false;
          }
          const NodeId parent = source_.index.ParentPastParens(name);
          if (parent.kind() == NodeKind::kSelectorExpr) {
            return IsCalledNow(parent);
          }
          return IsLoan(parent, name);
        });
  }

 private:
  // In the function itself, not in a literal within.
  bool IsOwn(NodeId name) const {
    return source_.index.EnclosingFunction(name) == acquired_.function.syntax();
  }

  // `x.M(…)` in a statement that calls at once.
  bool IsCalledNow(NodeId selector) const {
    const NodeId call = source_.index.ParentPastParens(selector);
    const auto* node = tree_.TryGet<ast::CallExpr>(call);
    return node != nullptr &&
           NodeId(syntax::Unparen(tree_, node->fun)) == selector &&
           source_.index.Parent(call).kind() != NodeKind::kGoStmt &&
           source_.index.Parent(call).kind() != NodeKind::kDeferStmt;
  }

  const types::Signature* SignatureOf(const ast::CallExpr& call) const {
    const types::Type* const type = source_.TypeOf(call.fun).type();
    return type == nullptr ? nullptr : types::UnderAs<types::Signature>(type);
  }

  // Who gets the context, as an argument, is done with it when the call
  // returns.
  bool IsLoan(NodeId call, NodeId name) const {
    const auto* node = tree_.TryGet<ast::CallExpr>(call);
    if (node == nullptr || NodeId(node->fun) == name) {
      return false;
    }
    const NodeKind around = source_.index.Parent(call).kind();
    if (around == NodeKind::kGoStmt || around == NodeKind::kDeferStmt) {
      return false;
    }
    const std::string_view callee = typed::LastName(source_, node->fun);
    const bool is_background = std::ranges::any_of(
        kBackground,
        [&](std::string_view begin) { return callee.starts_with(begin); });
    return !callee.empty() && !is_background &&
           (!may_return_ || !MayHoldAny(SignatureOf(*node)));
  }

  // Of the resource, or of what wraps it.
  bool IsUse(ast::ExprId expr, int depth) {
    const NodeId parent = source_.index.ParentPastParens(expr);
    if (const auto* binary = tree_.TryGet<ast::BinaryExpr>(parent)) {
      return binary->op == lexer::TokenKind::kEql ||
             binary->op == lexer::TokenKind::kNeq;
    }
    if (const auto* selector = tree_.TryGet<ast::SelectorExpr>(parent)) {
      return IsPart(ast::Ref<ast::SelectorExpr>::FromNode(parent), *selector,
                    depth);
    }
    const auto* call = tree_.TryGet<ast::CallExpr>(parent);
    return call != nullptr && NodeId(call->fun) != NodeId(expr) &&
           IsArgument(parent, *call, expr, depth);
  }

  bool IsPart(ast::Ref<ast::SelectorExpr> id, const ast::SelectorExpr& selector,
              int depth) {
    const std::string_view name = source_.index.Name(selector.sel);
    if (const auto* call =
            tree_.TryGet<ast::CallExpr>(source_.index.ParentPastParens(id));
        call != nullptr && IsCalledNow(id)) {
      return !knowledge::Releases(acquired_.kind, name) &&
             (!may_return_ || !MayHoldAny(SignatureOf(*call)));
    }
    const types::Selection* const selection = source_.unit.info.SelectionOf(id);
    if (selection == nullptr ||
        selection->object->kind != types::ObjectKind::kVar) {
      // A method value.
      return false;
    }
    return acquired_.kind == resources::ResourceKind::kHttpBody &&
           (name != "Body" || IsUse(ast::ExprId(id), depth));
  }

  bool IsArgument(NodeId id, const ast::CallExpr& call, ast::ExprId argument,
                  int depth) {
    const NodeKind around = source_.index.Parent(id).kind();
    if (around == NodeKind::kGoStmt || around == NodeKind::kDeferStmt) {
      return false;
    }
    const Function& function = acquired_.function;
    const auto found =
        std::ranges::find_if(function.insts(), [&](const Inst& inst) {
          return inst.op == Op::kCall && inst.node == id;
        });
    if (found == function.insts().end() ||
        ModeOf(*found) == ssa::CallMode::kBuiltin) {
      return false;
    }
    const types::Func* const named = dataflow::NamedCallee(function, *found);
    if (named == nullptr || named->package == nullptr) {
      return false;
    }
    if (knowledge::ReleasesArgument(acquired_.kind, *named)) {
      return false;
    }
    const dataflow::Program& program = acquired_.pass.program();
    const dataflow::FunctionId target =
        program.TargetsOf(function, *found).only();
    const Function* const body =
        target.has_value() ? program.node(target).body : nullptr;
    if (body != nullptr) {
      return IsBorrowedBy(*body, call, argument, *named);
    }
    if (!resources::IsStandard(*named)) {
      return false;
    }
    switch (knowledge::UseOfArgument(*named)) {
      case knowledge::ArgumentUse::kBorrows:
        return true;
      case knowledge::ArgumentUse::kWraps:
        return IsWrapperUsed(id, call, depth);
      default:
        return false;
    }
  }

  bool IsBorrowedBy(const Function& body, const ast::CallExpr& call,
                    ast::ExprId argument, const types::Func& named) {
    const auto args = tree_.Items(call.args);
    const auto at = std::ranges::find_if(args, [&](ast::ExprId arg) {
      return syntax::Unparen(tree_, arg) == argument;
    });
    if (at == args.end()) {
      return false;
    }
    const auto index =
        static_cast<uint32_t>(std::ranges::distance(args.begin(), at)) +
        (named.is_method() ? 1 : 0);
    auto& fates = acquired_.pass.analyses().Shared<resources::Fates>();
    return index < body.params().size() &&
           fates.OfParam(body, index, acquired_.kind) == Fate::kBorrowed;
  }

  // What `bufio.NewReader(f)` gives is used where it stands, or is a variable
  // that is only used.
  bool IsWrapperUsed(NodeId id, const ast::CallExpr& call, int depth) {
    if (!MayHoldAny(SignatureOf(call))) {
      return true;
    }
    if (depth == kMaxWrappers) {
      return false;
    }
    if (const auto assignment = AssignmentOf(source_, id)) {
      const types::Var* const var =
          !assignment->is_definition || !assignment->names[0].has_value()
              ? nullptr
              : typed::VarOf(source_, assignment->names[0]);
      return var != nullptr &&
             IsOnlyUsed(*var, ast::End(tree_, assignment->stmt), depth + 1);
    }
    return IsUse(ast::ExprId::FromNode(id), depth + 1);
  }

  const Acquired& acquired_;
  const Source& source_;
  const ast::Tree& tree_;
  // The function has results by which what it holds could leave it.
  bool may_return_;
};

}  // namespace

bool IsOnlyUsed(const Acquired& acquired, const types::Var& var,
                source::Pos from) {
  return Uses(acquired).IsOnlyUsed(var, from, 0);
}

bool IsOnlyCalled(const Acquired& acquired, const types::Var& cancel,
                  source::Pos from) {
  return Uses(acquired).IsOnlyCalled(cancel, from);
}

bool IsOnlyLent(const Acquired& acquired, const types::Var& context,
                source::Pos from) {
  return Uses(acquired).IsOnlyLent(context, from);
}

}  // namespace gdlint::checks::fixes
