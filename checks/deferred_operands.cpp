#include "checks/deferred_operands.h"

#include <algorithm>

#include "checks/knowledge/snapshot_names.h"
#include "checks/syntax/file_index.h"
#include "dataflow/program.h"
#include "types/predicates.h"

namespace gdlint::checks {
namespace {

using syntax::Unparen;

class OperandCollector {
 public:
  OperandCollector(const types::Unit& unit, std::string_view text)
      : unit_(unit), tree_(*unit.tree), text_(text) {}

  DeferredOperands Collect(const ast::CallExpr& call) {
    CollectFunction(Unparen(tree_, call.fun));
    uint32_t arg = 0;
    for (const ast::ExprId expr : tree_.Items(call.args)) {
      arg_ = arg++;
      CollectValue(expr, false);
      FindElapsed(expr);
    }
    return std::move(found_);
  }

 private:
  std::string_view TextOf(ast::NodeId id) const {
    const source::Span span = ast::SpanOf(tree_, id);
    return text_.substr(span.begin.offset(),
                        span.end.offset() - span.begin.offset());
  }

  const types::Type* TypeOf(ast::ExprId expr) const {
    return unit_.info.TypeOf(expr).type();
  }

  void Add(ast::ExprId expr, bool is_nested) {
    DeferredOperand operand = PathOf(unit_, expr);
    if (operand.var == nullptr) {
      return;
    }
    operand.is_nested = is_nested;
    operand.arg = arg_;
    found_.operands.push_back(std::move(operand));
  }

  void CollectFunction(ast::ExprId fun) {
    if (fun.kind() == ast::NodeKind::kFuncLit) {
      found_.literal = ast::Ref<ast::FuncLit>::FromNode(fun);
      return;
    }
    if (fun.kind() == ast::NodeKind::kIdent) {
      found_.callee = ast::Ref<ast::Ident>::FromNode(fun);
      AddFunction(fun);
      return;
    }
    const auto* const selector = tree_.TryGet<ast::SelectorExpr>(fun);
    if (selector == nullptr) {
      return;
    }
    found_.callee = selector->sel;
    const types::Selection* const selection =
        unit_.info.SelectionOf(ast::Ref<ast::SelectorExpr>::FromNode(fun));
    if (selection == nullptr) {
      return;
    }
    if (selection->kind == types::SelectionKind::kFieldVal) {
      AddFunction(fun);
      return;
    }
    if (selection->kind == types::SelectionKind::kMethodVal) {
      CollectReceiver(*selector, *selection);
    }
  }

  void AddFunction(ast::ExprId fun) {
    const size_t before = found_.operands.size();
    Add(fun, false);
    if (found_.operands.size() > before) {
      found_.operands.back().is_function = true;
    }
  }

  void CollectReceiver(const ast::SelectorExpr& selector,
                       const types::Selection& selection) {
    const ast::ExprId x = Unparen(tree_, selector.x);
    const auto* const method = types::TryAs<types::Func>(
        const_cast<const types::Object*>(selection.object));
    if (method == nullptr || TypeOf(x) == nullptr) {
      return;
    }
    // `log.With("err", err).Info("done")`: a logger is made of what is known
    // now.
    if (const auto* const inner = tree_.TryGet<ast::CallExpr>(x)) {
      if (knowledge::NamesAddition(CalleeName(*inner))) {
        for (const ast::ExprId arg : tree_.Items(inner->args)) {
          CollectValue(arg, true);
        }
        const auto* const next =
            tree_.TryGet<ast::SelectorExpr>(Unparen(tree_, inner->fun));
        if (next != nullptr) {
          const auto* const further =
              tree_.TryGet<ast::CallExpr>(Unparen(tree_, next->x));
          if (further != nullptr &&
              knowledge::NamesAddition(CalleeName(*further))) {
            for (const ast::ExprId arg : tree_.Items(further->args)) {
              CollectValue(arg, true);
            }
          }
        }
      }
      return;
    }
    const bool is_pointer =
        types::UnderAs<types::Pointer>(TypeOf(x)) != nullptr;
    const bool is_interface = types::IsInterface(TypeOf(x));
    const size_t before = found_.operands.size();
    if (method->has_pointer_recv && !is_pointer) {
      return;  // Its address.
    }
    if (selection.index.size() > 1 && !is_pointer && !is_interface) {
      return;  // Promoted: what is copied is a part.
    }
    Add(x, false);
    if (found_.operands.size() == before) {
      return;
    }
    DeferredOperand& operand = found_.operands.back();
    operand.is_receiver = true;
    if (!is_interface && !method->has_pointer_recv &&
        selection.index.size() == 1) {
      operand.copied_by = method;
      if (is_pointer) {
        if (operand.through_pointer || !operand.path.empty()) {
          found_.operands.pop_back();
          return;
        }
        operand.through_pointer = true;
        operand.type = types::UnderAs<types::Pointer>(TypeOf(x))->elem;
      }
    }
  }

  std::string_view CalleeName(const ast::CallExpr& call) const {
    const ast::ExprId fun = Unparen(tree_, call.fun);
    if (const auto* const selector = tree_.TryGet<ast::SelectorExpr>(fun)) {
      return TextOf(selector->sel);
    }
    return fun.kind() == ast::NodeKind::kIdent ? TextOf(fun)
                                               : std::string_view();
  }

  // The package-level function that a call names, as "time.Since"; or "".
  std::string FunctionName(const ast::CallExpr& call) const {
    const ast::ExprId fun = Unparen(tree_, call.fun);
    ast::Ref<ast::Ident> ident;
    if (const auto* const selector = tree_.TryGet<ast::SelectorExpr>(fun)) {
      ident = selector->sel;
    } else if (fun.kind() == ast::NodeKind::kIdent) {
      ident = ast::Ref<ast::Ident>::FromNode(fun);
    }
    if (!ident.has_value()) {
      return {};
    }
    const auto* const func = types::TryAs<types::Func>(
        const_cast<const types::Object*>(unit_.info.UsedObject(ident)));
    return func == nullptr ? std::string() : dataflow::FullName(*func);
  }

  void CollectValue(ast::ExprId raw, bool is_nested) {
    const ast::ExprId expr = Unparen(tree_, raw);
    if (!expr.has_value() || unit_.info.TypeOf(expr).is_constant() ||
        unit_.info.TypeOf(expr).is_type()) {
      return;
    }
    switch (expr.kind()) {
      case ast::NodeKind::kIdent:
      case ast::NodeKind::kStarExpr:
        Add(expr, is_nested);
        break;
      case ast::NodeKind::kSelectorExpr:
        Add(expr, is_nested);
        break;
      case ast::NodeKind::kUnaryExpr: {
        const auto& unary = *tree_.TryGet<ast::UnaryExpr>(expr);
        if (unary.op == lexer::TokenKind::kAnd) {
          // `&T{…}` has values in it; `&x` has none.
          if (Unparen(tree_, unary.x).kind() == ast::NodeKind::kCompositeLit) {
            CollectValue(unary.x, true);
          }
        } else if (unary.op != lexer::TokenKind::kArrow) {
          CollectValue(unary.x, true);
        }
        break;
      }
      case ast::NodeKind::kBinaryExpr: {
        const auto& binary = *tree_.TryGet<ast::BinaryExpr>(expr);
        if (binary.op == lexer::TokenKind::kSub &&
            (IsNow(binary.x) || IsNow(binary.y))) {
          Elapsed(expr);
          break;
        }
        CollectValue(binary.x, true);
        CollectValue(binary.y, true);
        break;
      }
      case ast::NodeKind::kCompositeLit:
        for (const ast::ExprId element :
             tree_.Items(tree_.TryGet<ast::CompositeLit>(expr)->elts)) {
          const auto* const pair = tree_.TryGet<ast::KeyValueExpr>(element);
          CollectValue(pair != nullptr ? pair->value : element, true);
        }
        break;
      case ast::NodeKind::kSliceExpr:
        CollectValue(tree_.TryGet<ast::SliceExpr>(expr)->x, true);
        break;
      case ast::NodeKind::kTypeAssertExpr:
        CollectValue(tree_.TryGet<ast::TypeAssertExpr>(expr)->x, true);
        break;
      case ast::NodeKind::kCallExpr:
        CollectCall(expr);
        break;
      default:
        break;
    }
  }

  // `time.Now().UnixNano()`, `time.Now()`.
  bool IsNow(ast::ExprId raw) const {
    ast::ExprId expr = Unparen(tree_, raw);
    while (const auto* const call = tree_.TryGet<ast::CallExpr>(expr)) {
      if (FunctionName(*call) == "time.Now") {
        return true;
      }
      const auto* const selector =
          tree_.TryGet<ast::SelectorExpr>(Unparen(tree_, call->fun));
      if (selector == nullptr) {
        return false;
      }
      expr = Unparen(tree_, selector->x);
    }
    return false;
  }

  // Whatever is made of it: the time until now is that of the `defer`
  // statement.
  void FindElapsed(ast::ExprId root) {
    syntax::ForEachBelow(tree_, root, [&](ast::NodeId id) {
      if (id.kind() == ast::NodeKind::kFuncLit) {
        return false;
      }
      const auto* const call = tree_.TryGet<ast::CallExpr>(id);
      if (call != nullptr && FunctionName(*call) == "time.Since") {
        Elapsed(ast::ExprId::FromNode(id));
      }
      return true;
    });
  }

  void Elapsed(ast::ExprId expr) {
    if (!found_.elapsed.has_value()) {
      found_.elapsed = expr;
    }
  }

  // Of calls only those whose result says nothing but what their operands are.
  void CollectCall(ast::ExprId expr) {
    const auto& call = *tree_.TryGet<ast::CallExpr>(expr);
    const auto args = tree_.Items(call.args);
    const ast::ExprId fun = Unparen(tree_, call.fun);
    if (unit_.info.TypeOf(fun).is_type() ||
        unit_.info.TypeOf(fun).mode() == types::Mode::kBuiltin) {
      for (const ast::ExprId arg : args) {
        CollectValue(arg, true);
      }
      return;
    }
    const std::string name = FunctionName(call);
    if (name == "time.Since" || name == "time.Until") {
      Elapsed(expr);
      return;
    }
    const auto* const selector = tree_.TryGet<ast::SelectorExpr>(fun);
    const bool is_method =
        selector != nullptr &&
        unit_.info.SelectionOf(ast::Ref<ast::SelectorExpr>::FromNode(fun)) !=
            nullptr;
    if (is_method && name == "(time.Time).Sub" && IsNow(selector->x)) {
      Elapsed(expr);
      return;
    }
    // `elapsed.Seconds()`, `err.Error()`.
    if (is_method && args.empty() &&
        (knowledge::NamesView(TextOf(selector->sel)) ||
         name.starts_with("(time."))) {
      CollectViewed(*selector);
      return;
    }
    const bool is_view = !is_method && knowledge::IsPureFunction(name);
    if (is_view || (!is_method && ReturnsBasic(expr) &&
                    !knowledge::NamesBeginning(CalleeName(call)))) {
      for (const ast::ExprId arg : args) {
        CollectValue(arg, true);
      }
    }
  }

  void CollectViewed(const ast::SelectorExpr& selector) {
    const ast::ExprId x = Unparen(tree_, selector.x);
    const auto* const method = types::TryAs<types::Func>(
        const_cast<const types::Object*>(unit_.info.UsedObject(selector.sel)));
    const types::Type* const type = TypeOf(x);
    if (method == nullptr || type == nullptr) {
      return;
    }
    const auto* const pointer = types::UnderAs<types::Pointer>(type);
    if (!method->has_pointer_recv) {
      if (pointer == nullptr) {
        CollectValue(x, true);
      }
      return;
    }
    DeferredOperand operand = PathOf(unit_, x);
    if (operand.var == nullptr ||
        (pointer != nullptr &&
         (operand.through_pointer || !operand.path.empty()))) {
      return;
    }
    operand.through_pointer |= pointer != nullptr;
    operand.type = pointer != nullptr ? pointer->elem : type;
    operand.is_nested = true;
    operand.is_viewed = true;
    operand.arg = arg_;
    found_.operands.push_back(std::move(operand));
  }

  bool ReturnsBasic(ast::ExprId expr) const {
    const types::Type* const type = TypeOf(expr);
    return type != nullptr && types::UnderAs<types::Basic>(type) != nullptr;
  }

  const types::Unit& unit_;
  const ast::Tree& tree_;
  std::string_view text_;
  DeferredOperands found_;
  uint32_t arg_ = 0;
};

}  // namespace

DeferredOperand PathOf(const types::Unit& unit, ast::ExprId raw) {
  const ast::Tree& tree = *unit.tree;
  const ast::ExprId expr = Unparen(tree, raw);
  DeferredOperand operand;
  operand.expr = expr;
  operand.type = unit.info.TypeOf(expr).type();
  if (expr.kind() == ast::NodeKind::kIdent) {
    operand.var = types::TryAs<types::Var>(const_cast<const types::Object*>(
        unit.info.ObjectOf(ast::Ref<ast::Ident>::FromNode(expr))));
    return operand;
  }
  if (const auto* const star = tree.TryGet<ast::StarExpr>(expr)) {
    DeferredOperand inner = PathOf(unit, star->x);
    if (inner.path.empty() && !inner.through_pointer) {
      operand.var = inner.var;
      operand.through_pointer = true;
    }
    return operand;
  }
  const auto* const selector = tree.TryGet<ast::SelectorExpr>(expr);
  if (selector == nullptr) {
    return operand;
  }
  const types::Selection* const selection =
      unit.info.SelectionOf(ast::Ref<ast::SelectorExpr>::FromNode(expr));
  if (selection == nullptr) {
    // A variable of another package, perhaps.
    operand.var = types::TryAs<types::Var>(
        const_cast<const types::Object*>(unit.info.UsedObject(selector->sel)));
    return operand;
  }
  const types::Type* const x_type =
      unit.info.TypeOf(Unparen(tree, selector->x)).type();
  if (selection->kind != types::SelectionKind::kFieldVal || x_type == nullptr) {
    return operand;
  }
  DeferredOperand inner = PathOf(unit, selector->x);
  const bool is_pointer = types::UnderAs<types::Pointer>(x_type) != nullptr;
  // One pointer at the root is followed, others are not.
  if (inner.var == nullptr ||
      (is_pointer && (inner.through_pointer || !inner.path.empty())) ||
      (selection->index.size() > 1 && selection->is_indirect && !is_pointer)) {
    return operand;
  }
  operand.var = inner.var;
  operand.through_pointer = inner.through_pointer || is_pointer;
  operand.path = std::move(inner.path);
  operand.path.insert(operand.path.end(), selection->index.begin(),
                      selection->index.end());
  return operand;
}

DeferredOperands OperandsOf(const types::Unit& unit, std::string_view text,
                            const ast::CallExpr& call) {
  return OperandCollector(unit, text).Collect(call);
}

}  // namespace gdlint::checks
