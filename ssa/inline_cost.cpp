#include "ssa/inline_cost.h"

#include <algorithm>

#include "lexer/token.h"
#include "ssa/escape_batch.h"
#include "ssa/kept_syntax.h"
#include "types/pointer_shape.h"
#include "types/predicates.h"

namespace gdlint::ssa {
namespace {

using lexer::TokenKind;
using types::TryAs;

// Beyond the node of the call itself.
constexpr int kCall = 57;
constexpr int kParamCall = 17;
constexpr int kClosure = 16;
// A declaration and the name in it.
constexpr int kDeclaration = 2;
// What a range-over-func loop is made into, without the call: the variables of
// its state, their checks and the closure.
constexpr int kRangeFunc = 35;

// The cost of one function's body.
class CostOfBody {
 public:
  CostOfBody(InlineCosts& costs, const types::Func* func,
             const FunctionBody& body)
      : costs_(costs),
        func_(func),
        body_(body),
        unit_(*body.unit),
        tree_(*unit_.tree),
        info_(unit_.info),
        kept_(unit_) {}

  int Find() {
    Node(body_.body);
    return std::min(cost_, InlineCosts::kTooHigh);
  }

 private:
  void Children(ast::NodeId id) {
    kept_.ForEachChild(id, [this](ast::NodeId child) { Node(child); });
  }

  // A node of gc's for this one, and those for its children.
  void One(ast::NodeId id) {
    ++cost_;
    Children(id);
  }

  static bool IsExpr(ast::NodeId id) {
    return id.kind() >= ast::NodeKind::kBadExpr &&
           id.kind() <= ast::NodeKind::kChanType;
  }

  void Node(ast::NodeId id) {
    if (cost_ >= InlineCosts::kTooHigh) {
      return;
    }
    if (IsExpr(id)) {
      const types::TypeAndValue fact = info_.TypeOf(ast::ExprId::FromNode(id));
      if (fact.is_type()) {
        return;
      }
      if (fact.is_constant()) {
        ++cost_;
        return;
      }
    }
    switch (id.kind()) {
      case ast::NodeKind::kNone:
      case ast::NodeKind::kEmptyStmt:
        break;
      case ast::NodeKind::kGoStmt:
      case ast::NodeKind::kDeferStmt:
        cost_ = InlineCosts::kTooHigh;
        break;
      case ast::NodeKind::kBlockStmt:
      case ast::NodeKind::kParenExpr:
      case ast::NodeKind::kExprStmt:
        Children(id);
        break;
      case ast::NodeKind::kFuncLit:
        cost_ += kClosure;
        break;
      case ast::NodeKind::kSelectorExpr:
        Selector(ast::Ref<ast::SelectorExpr>::FromNode(id));
        break;
      case ast::NodeKind::kCallExpr:
        Call(*tree_.TryGet<ast::CallExpr>(id));
        break;
      case ast::NodeKind::kCompositeLit:
        Composite(ast::Ref<ast::CompositeLit>::FromNode(id));
        break;
      case ast::NodeKind::kBinaryExpr:
        Binary(*tree_.TryGet<ast::BinaryExpr>(id), /*is_sum_part=*/false);
        break;
      case ast::NodeKind::kAssignStmt:
        Assign(*tree_.TryGet<ast::AssignStmt>(id));
        break;
      case ast::NodeKind::kIncDecStmt:
        ++cost_;
        One(id);
        break;
      case ast::NodeKind::kDeclStmt:
        Declaration(*tree_.TryGet<ast::DeclStmt>(id));
        break;
      case ast::NodeKind::kBranchStmt:
        cost_ += tree_.TryGet<ast::BranchStmt>(id)->keyword ==
                         TokenKind::kFallthrough
                     ? 0
                     : 1;
        break;
      case ast::NodeKind::kLabeledStmt:
        ++cost_;
        Node(tree_.TryGet<ast::LabeledStmt>(id)->stmt);
        break;
      case ast::NodeKind::kIfStmt:
        // A constant condition costs nothing.
        if (kept_.StaticBool(tree_.TryGet<ast::IfStmt>(id)->cond) != 0) {
          --cost_;
          Children(id);
        } else {
          One(id);
        }
        break;
      case ast::NodeKind::kRangeStmt:
        Range(*tree_.TryGet<ast::RangeStmt>(id), id);
        break;
      default:
        One(id);
        break;
    }
  }

  void Selector(ast::Ref<ast::SelectorExpr> ref) {
    const types::Selection* const selection = info_.SelectionOf(ref);
    if (selection == nullptr) {
      ++cost_;
      return;
    }
    if (selection->kind == types::SelectionKind::kMethodExpr) {
      return;
    }
    cost_ += static_cast<int>(selection->index.size());
    if (selection->kind == types::SelectionKind::kMethodVal) {
      ++cost_;
    }
    Node(tree_.Get(ref).x);
  }

  void Converted(ast::ExprId expr, const types::Type* to) {
    const types::Type* const from = info_.TypeOf(expr).type();
    if (from != nullptr && to != nullptr && types::IsInterface(to) &&
        !types::IsTypeParam(to) && !types::IsInterface(from) &&
        info_.TypeOf(expr).mode() != types::Mode::kNilValue) {
      ++cost_;
    }
  }

  void Call(const ast::CallExpr& call) {
    const auto args = tree_.Items(call.args);
    if (info_.TypeOf(call.fun).is_type()) {
      if (args.size() == 1) {
        const types::Type* const to = info_.TypeOf(call.fun).type();
        const types::Type* const from = info_.TypeOf(args[0]).type();
        cost_ +=
            CoreOf(to) == CoreOf(from) ||
                    (CoreOf(to) != nullptr && CoreOf(from) != nullptr &&
                     types::IsPointerShaped(to) && types::IsPointerShaped(from))
                ? 0
                : 1;
        Node(args[0]);
      }
      return;
    }
    if (const types::Builtin* const builtin =
            BuiltinOf(tree_, info_, call.fun)) {
      if (builtin->id == types::BuiltinId::kRecover) {
        cost_ = InlineCosts::kTooHigh;
        return;
      }
      cost_ += builtin->id == types::BuiltinId::kPanic ? 2 : 1;
      for (const ast::ExprId arg : args) {
        Node(arg);
      }
      return;
    }
    ++cost_;
    const ast::ExprId fun = Unparen(tree_, call.fun);
    const auto* const selector = tree_.TryGet<ast::SelectorExpr>(fun);
    const types::Selection* const selection =
        selector != nullptr
            ? info_.SelectionOf(ast::Ref<ast::SelectorExpr>::FromNode(fun))
            : nullptr;
    if (const types::Func* const func = StaticFunc(unit_, fun)) {
      if (func == func_) {
        cost_ = InlineCosts::kTooHigh;
        return;
      }
      const int cost = costs_.CostOf(func);
      cost_ += cost <= InlineCosts::kMaxCost ? cost : kCall;
      if (selection != nullptr &&
          selection->kind == types::SelectionKind::kMethodVal) {
        // The receiver is an argument.
        cost_ += static_cast<int>(selection->index.size()) - 1;
        const bool is_pointer =
            TryAs<types::Pointer>(CoreOf(selection->recv)) != nullptr;
        cost_ +=
            selection->index.size() == 1 && is_pointer != func->has_pointer_recv
                ? 1
                : 0;
        Node(selector->x);
      } else {
        ++cost_;
      }
    } else if (IsParam(fun)) {
      cost_ += kParamCall;
      Node(fun);
    } else if (fun.kind() == ast::NodeKind::kFuncLit) {
      // It is called once: inlined.
      cost_ += kClosure;
      Node(tree_.TryGet<ast::FuncLit>(fun)->body);
    } else {
      cost_ += kCall;
      Node(fun);
    }
    Arguments(call);
  }

  void Arguments(const ast::CallExpr& call) {
    const auto args = tree_.Items(call.args);
    const auto* const signature =
        TryAs<types::Signature>(CoreOf(info_.TypeOf(call.fun).type()));
    const types::Type* to = nullptr;
    for (size_t i = 0; i < args.size(); ++i) {
      if (signature != nullptr && signature->params != nullptr) {
        const auto params = signature->params->params;
        const bool is_rest = signature->variadic && i + 1 >= params.size() &&
                             !call.ellipsis.is_valid();
        if (is_rest && i + 1 == params.size()) {
          cost_ += 2;
        }
        to = i < params.size() ? params[i].type : to;
        const auto* const slice = is_rest && i + 1 == params.size()
                                      ? TryAs<types::Slice>(CoreOf(to))
                                      : nullptr;
        to = slice != nullptr ? slice->elem : to;
        Converted(args[i], to);
      }
      Node(args[i]);
    }
  }

  bool IsParam(ast::ExprId fun) const {
    if (fun.kind() != ast::NodeKind::kIdent) {
      return false;
    }
    const auto* const var = TryAs<types::Var>(
        info_.UsedObject(ast::Ref<ast::Ident>::FromNode(fun)));
    return var != nullptr && var->var_kind == types::VarKind::kParamVar;
  }

  void Composite(ast::Ref<ast::CompositeLit> ref) {
    const types::Type* core = CoreOf(info_.TypeOf(ref).type());
    ++cost_;
    if (const auto* const pointer = TryAs<types::Pointer>(core)) {
      ++cost_;
      core = CoreOf(pointer->elem);
    }
    if (TryAs<types::Slice>(core) != nullptr) {
      ++cost_;
    }
    const bool is_struct = TryAs<types::Struct>(core) != nullptr;
    for (const ast::ExprId elt : tree_.Items(tree_.Get(ref).elts)) {
      const auto* const pair = tree_.TryGet<ast::KeyValueExpr>(elt);
      cost_ += is_struct || pair != nullptr ? 1 : 0;
      if (pair != nullptr && !is_struct) {
        Node(pair->key);
      }
      Node(pair != nullptr ? pair->value : elt);
    }
  }

  // A sum of strings is one node.
  void Binary(const ast::BinaryExpr& binary, bool is_sum_part) {
    const types::Type* const type = info_.TypeOf(binary.x).type();
    const bool is_sum = binary.op == TokenKind::kAdd && type != nullptr &&
                        types::IsString(type);
    if (!is_sum_part) {
      ++cost_;
    }
    const auto* const left =
        tree_.TryGet<ast::BinaryExpr>(Unparen(tree_, binary.x));
    if (is_sum && left != nullptr && left->op == TokenKind::kAdd &&
        !info_.TypeOf(binary.x).is_constant()) {
      Binary(*left, /*is_sum_part=*/true);
    } else {
      Node(binary.x);
    }
    Node(binary.y);
  }

  void Assign(const ast::AssignStmt& stmt) {
    ++cost_;
    const auto rhs = tree_.Items(stmt.rhs);
    size_t i = 0;
    for (const ast::ExprId lhs : tree_.Items(stmt.lhs)) {
      const bool defines =
          stmt.op == TokenKind::kDefine &&
          lhs.kind() == ast::NodeKind::kIdent &&
          info_.IsDefinition(ast::Ref<ast::Ident>::FromNode(lhs));
      if (defines) {
        cost_ += 1 + kDeclaration;
      } else {
        Node(lhs);
        if (i < rhs.size()) {
          Converted(rhs[i], info_.TypeOf(lhs).type());
        }
      }
      ++i;
    }
    for (const ast::ExprId value : rhs) {
      Node(value);
    }
  }

  void Declaration(const ast::DeclStmt& stmt) {
    const auto* const decl = tree_.TryGet<ast::GenDecl>(stmt.decl);
    if (decl == nullptr || decl->keyword != TokenKind::kVar) {
      return;
    }
    for (const ast::SpecId id : tree_.Items(decl->specs)) {
      const auto* const spec = tree_.TryGet<ast::ValueSpec>(id);
      cost_ += static_cast<int>(spec->names.size) * (2 + kDeclaration);
      for (const ast::ExprId value : tree_.Items(spec->values)) {
        Node(value);
      }
    }
  }

  void Range(const ast::RangeStmt& stmt, ast::NodeId id) {
    if (IsRangeOverFunc(unit_, stmt)) {
      cost_ += kRangeFunc + 2;
      const ast::ExprId fun = Unparen(tree_, stmt.x);
      const types::Func* const func = StaticFunc(unit_, fun);
      cost_ += func != nullptr && costs_.CanInline(func) ? costs_.CostOf(func)
               : IsParam(fun)                            ? kParamCall
                                                         : kCall;
      Node(stmt.x);
      return;
    }
    if (stmt.op == TokenKind::kDefine) {
      cost_ += (stmt.key.has_value() ? kDeclaration : 0) +
               (stmt.value.has_value() ? kDeclaration : 0);
    }
    One(id);
  }

  InlineCosts& costs_;
  const types::Func* func_;
  const FunctionBody& body_;
  const types::Unit& unit_;
  const ast::Tree& tree_;
  const types::Info& info_;
  KeptSyntax kept_;
  int cost_ = 0;
};

}  // namespace

bool HasDirective(const types::Func* func, std::string_view directive) {
  if (func->place.file == nullptr || !func->place.is_valid()) {
    return false;
  }
  std::string_view before =
      func->place.file->source->text().substr(0, func->place.pos.offset());
  // The line of the declaration itself, then those above it.
  before = before.substr(0, before.rfind('\n') + 1);
  while (!before.empty()) {
    before.remove_suffix(1);
    const size_t begin = before.rfind('\n') + 1;
    const std::string_view line = before.substr(begin);
    if (!line.starts_with("//")) {
      return false;
    }
    if (line.starts_with(directive)) {
      return true;
    }
    before = before.substr(0, begin);
  }
  return false;
}

int InlineCosts::CostOf(const types::Func* func) {
  const auto [found, is_new] = costs_.emplace(func, kTooHigh);
  if (!is_new) {
    return found->second;
  }
  const FunctionBody* const body = find_body_(func);
  if (body == nullptr || HasDirective(func, "//go:noinline")) {
    return kTooHigh;
  }
  const int cost = CostOfBody(*this, func, *body).Find();
  costs_[func] = cost;
  return cost;
}

}  // namespace gdlint::ssa
