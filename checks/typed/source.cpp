#include "checks/typed/source.h"

#include <algorithm>

#include "types/predicates.h"

namespace gdlint::checks::typed {
namespace {

using ast::NodeId;
using ast::NodeKind;
using lexer::TokenKind;
using syntax::Unparen;

const types::Var* VarOfIdent(const types::Unit& unit, ast::ExprId expr) {
  if (!expr.has_value()) {
    return nullptr;
  }
  expr = Unparen(*unit.tree, expr);
  return expr.kind() == NodeKind::kIdent
             ? types::TryAs<types::Var>(
                   unit.info.ObjectOf(ast::Ref<ast::Ident>::FromNode(expr)))
             : nullptr;
}

bool IsWithin(source::Span span, source::Pos pos) {
  return span.begin <= pos && pos < span.end;
}

// `x = x[low:high]`, which makes no table longer.
bool IsSlicedAlone(const types::Unit& unit, const types::Var& var,
                   const ast::AssignStmt& assign) {
  const ast::Tree& tree = *unit.tree;
  if (assign.rhs.size != 1 || assign.lhs.size != 1) {
    return false;
  }
  const auto* slice =
      tree.TryGet<ast::SliceExpr>(Unparen(tree, tree.Items(assign.rhs)[0]));
  return slice != nullptr && VarOfIdent(unit, slice->x) == &var;
}

// True if an assignment to `var`, other than its declaration, or `&var` stands
// in `span`.
bool IsAssignedWithin(const types::Unit& unit, const types::Var& var,
                      source::Span span) {
  const ast::Tree& tree = *unit.tree;
  const auto names_it = [&](ast::ExprId expr) {
    return expr.has_value() && VarOfIdent(unit, expr) == &var &&
           ast::Begin(tree, expr) != var.place.pos;
  };
  for (const ast::AssignStmt& assign : tree.All<ast::AssignStmt>()) {
    if (IsWithin(span, assign.op_pos) && !IsSlicedAlone(unit, var, assign) &&
        std::ranges::any_of(tree.Items(assign.lhs), names_it)) {
      return true;
    }
  }
  for (const ast::IncDecStmt& inc : tree.All<ast::IncDecStmt>()) {
    if (IsWithin(span, inc.op_pos) && names_it(inc.x)) {
      return true;
    }
  }
  for (const ast::RangeStmt& range : tree.All<ast::RangeStmt>()) {
    if (IsWithin(span, range.pos) && range.op == TokenKind::kAssign &&
        (names_it(range.key) || names_it(range.value))) {
      return true;
    }
  }
  for (const ast::UnaryExpr& unary : tree.All<ast::UnaryExpr>()) {
    if (IsWithin(span, unary.op_pos) && unary.op == TokenKind::kAnd &&
        names_it(unary.x)) {
      return true;
    }
  }
  return false;
}

constexpr source::Span kWholeFile = {source::Pos{0}, source::Pos{UINT32_MAX}};

// True if no file of its package assigns to the variable after its declaration.
// Nobody knows that of what is declared in a dependency, which has no units.
bool IsNeverAssigned(const types::Var& var) {
  if (var.var_kind != types::VarKind::kPackageVar) {
    return var.var_kind == types::VarKind::kLocalVar &&
           var.place.file->unit != nullptr &&
           !IsAssignedWithin(*var.place.file->unit, var, kWholeFile);
  }
  return std::ranges::none_of(var.package->files, [&](const auto& file) {
    return file->unit == nullptr ||
           IsAssignedWithin(*file->unit, var, kWholeFile);
  });
}

// What a variable is declared with, and where that stands.
struct Initializer {
  const types::Unit* unit = nullptr;
  ast::ExprId expr;
};

Initializer InitializerOf(const types::Var& var) {
  if (var.place.file == nullptr || var.place.file->unit == nullptr) {
    return {};
  }
  const types::Unit& unit = *var.place.file->unit;
  const ast::Tree& tree = *unit.tree;
  for (const ast::ValueSpec& spec : tree.All<ast::ValueSpec>()) {
    const auto names = tree.Items(spec.names);
    const auto values = tree.Items(spec.values);
    for (size_t i = 0; i < names.size() && names.size() == values.size(); ++i) {
      if (tree.Get(names[i]).pos == var.place.pos) {
        return {&unit, values[i]};
      }
    }
  }
  for (const ast::AssignStmt& assign : tree.All<ast::AssignStmt>()) {
    const auto lhs = tree.Items(assign.lhs);
    const auto rhs = tree.Items(assign.rhs);
    for (size_t i = 0; i < lhs.size() && lhs.size() == rhs.size(); ++i) {
      if (assign.op == TokenKind::kDefine &&
          ast::Begin(tree, lhs[i]) == var.place.pos) {
        return {&unit, rhs[i]};
      }
    }
  }
  return {};
}

// The literal that `expr` is, or that the variable it names always holds.
struct Table {
  const types::Unit* unit = nullptr;
  const ast::CompositeLit* literal = nullptr;
};

Table TableOf(const types::Unit& unit, ast::ExprId expr) {
  expr = Unparen(*unit.tree, expr);
  if (const auto* literal = unit.tree->TryGet<ast::CompositeLit>(expr)) {
    return {&unit, literal};
  }
  const types::Var* const var = VarOfIdent(unit, expr);
  const Initializer value =
      var == nullptr ? Initializer() : InitializerOf(*var);
  if (value.unit == nullptr || !value.expr.has_value() ||
      !IsNeverAssigned(*var)) {
    return {};
  }
  return {value.unit, value.unit->tree->TryGet<ast::CompositeLit>(
                          Unparen(*value.unit->tree, value.expr))};
}

// The number of elements of a slice or map literal.
std::optional<int64_t> SizeOf(const types::Unit& unit,
                              const ast::CompositeLit& literal) {
  const ast::Tree& tree = *unit.tree;
  const auto elts = tree.Items(literal.elts);
  const bool keyed = std::ranges::any_of(elts, [](ast::ExprId elt) {
    return elt.kind() == NodeKind::kKeyValueExpr;
  });
  const NodeId id = syntax::RefTo(tree, literal);
  const types::Type* const type =
      unit.info.TypeOf(ast::ExprId::FromNode(id)).type();
  const bool is_map = type != nullptr && types::UnderAs<types::Map>(type);
  if (type == nullptr || (keyed && !is_map)) {
    return {};
  }
  return static_cast<int64_t>(elts.size());
}

// The most elements that a local variable without an initial value ever has, if
// all it is assigned are literals, such as one in each branch of an `if`.
std::optional<int64_t> MostAssigned(const types::Unit& unit,
                                    const types::Var& var) {
  const ast::Tree& tree = *unit.tree;
  if (var.var_kind != types::VarKind::kLocalVar ||
      InitializerOf(var).expr.has_value()) {
    return {};
  }
  for (const ast::UnaryExpr& unary : tree.All<ast::UnaryExpr>()) {
    if (unary.op == TokenKind::kAnd && VarOfIdent(unit, unary.x) == &var) {
      return {};
    }
  }
  std::optional<int64_t> most;
  for (const ast::AssignStmt& assign : tree.All<ast::AssignStmt>()) {
    const auto lhs = tree.Items(assign.lhs);
    if (std::ranges::none_of(lhs, [&](ast::ExprId expr) {
          return VarOfIdent(unit, expr) == &var;
        })) {
      continue;
    }
    const auto rhs = tree.Items(assign.rhs);
    const auto* literal =
        lhs.size() != 1 || rhs.size() != 1
            ? nullptr
            : tree.TryGet<ast::CompositeLit>(Unparen(tree, rhs[0]));
    const auto size =
        literal == nullptr ? std::nullopt : SizeOf(unit, *literal);
    if (!size) {
      return {};
    }
    most = std::max(most.value_or(0), *size);
  }
  return most;
}

std::optional<int64_t> ArrayLength(const types::Type* type) {
  if (type == nullptr) {
    return {};
  }
  const types::Type* const under = types::Under(type);
  const auto* pointer = types::TryAs<types::Pointer>(under);
  const auto* array = types::TryAs<types::Array>(
      pointer == nullptr ? under : types::Under(pointer->elem));
  return array == nullptr || array->length < 0 ? std::nullopt
                                               : std::optional(array->length);
}

std::optional<int64_t> LengthOf(const types::Unit& unit, ast::ExprId expr) {
  if (const auto length = ArrayLength(unit.info.TypeOf(expr).type())) {
    return length;
  }
  const Table table = TableOf(unit, expr);
  if (table.literal != nullptr) {
    return SizeOf(*table.unit, *table.literal);
  }
  const types::Var* const var = VarOfIdent(unit, expr);
  return var == nullptr ? std::nullopt : MostAssigned(unit, *var);
}

// As ConstantInt, and for `len(table)`.
std::optional<int64_t> Limit(const Source& source, ast::ExprId expr) {
  if (const auto value = ConstantInt(source, expr)) {
    return value;
  }
  const ast::Tree& tree = source.tree();
  const auto* call = tree.TryGet<ast::CallExpr>(Unparen(tree, expr));
  if (call == nullptr || call->args.size != 1 ||
      LastName(source, call->fun) != "len") {
    return {};
  }
  return LengthOf(source.unit, tree.Items(call->args)[0]);
}

// A loop's counter: from `first`, changed by `step` after each iteration.
struct Counter {
  const types::Var* var = nullptr;
  int64_t first = 0;
  int64_t step = 0;
};

std::optional<int64_t> StepOf(const Source& source, ast::StmtId post,
                              const types::Var& counter) {
  const ast::Tree& tree = source.tree();
  if (const auto* inc = tree.TryGet<ast::IncDecStmt>(post)) {
    if (VarOf(source, inc->x) == &counter) {
      return inc->op == TokenKind::kInc ? 1 : -1;
    }
  } else if (const auto* assign = tree.TryGet<ast::AssignStmt>(post)) {
    const auto lhs = tree.Items(assign->lhs);
    const auto rhs = tree.Items(assign->rhs);
    if (lhs.size() == 1 && rhs.size() == 1 &&
        VarOf(source, lhs[0]) == &counter) {
      const auto by = ConstantInt(source, rhs[0]);
      if (by && assign->op == TokenKind::kAddAssign) {
        return by;
      }
      if (by && assign->op == TokenKind::kSubAssign) {
        return -*by;
      }
    }
  }
  return {};
}

std::optional<Counter> CounterOf(const Source& source,
                                 const ast::ForStmt& loop) {
  const ast::Tree& tree = source.tree();
  const auto* init = tree.TryGet<ast::AssignStmt>(loop.init);
  if (init == nullptr || init->lhs.size != 1 || init->rhs.size != 1 ||
      !loop.post.has_value()) {
    return {};
  }
  const types::Var* const var = VarOf(source, tree.Items(init->lhs)[0]);
  const auto first = Limit(source, tree.Items(init->rhs)[0]);
  if (var == nullptr || !first) {
    return {};
  }
  const auto step = StepOf(source, loop.post, *var);
  if (!step || *step == 0) {
    return {};
  }
  return Counter{.var = var, .first = *first, .step = *step};
}

// The operator of `y op x` if `x op y` has `op`.
TokenKind Mirrored(TokenKind op) {
  switch (op) {
    case TokenKind::kLss:
      return TokenKind::kGtr;
    case TokenKind::kGtr:
      return TokenKind::kLss;
    case TokenKind::kLeq:
      return TokenKind::kGeq;
    case TokenKind::kGeq:
      return TokenKind::kLeq;
    default:
      return op;
  }
}

// How often `first`, `first + step`, … is tested true by `op limit`.
std::optional<uint64_t> CountSteps(int64_t first, int64_t step, TokenKind op,
                                   int64_t limit) {
  // Enough for every use, and no sum below overflows.
  constexpr int64_t kMost = int64_t{1} << 40;
  for (const int64_t x : {first, step, limit}) {
    if (x > kMost || x < -kMost) {
      return {};
    }
  }
  int64_t span = 0;
  switch (op) {
    case TokenKind::kLss:
      span = limit - first;
      break;
    case TokenKind::kLeq:
      span = limit - first + 1;
      break;
    case TokenKind::kGtr:
      span = first - limit;
      break;
    case TokenKind::kGeq:
      span = first - limit + 1;
      break;
    case TokenKind::kNeq:
      if ((limit - first) % step != 0 || (limit - first) / step < 0) {
        return {};
      }
      return static_cast<uint64_t>((limit - first) / step);
    default:
      return {};
  }
  const bool upwards = op == TokenKind::kLss || op == TokenKind::kLeq;
  if (upwards != (step > 0)) {
    return {};
  }
  const int64_t stride = step > 0 ? step : -step;
  return span <= 0 ? 0 : static_cast<uint64_t>((span + stride - 1) / stride);
}

std::optional<uint64_t> ForTripCount(const Source& source,
                                     const ast::ForStmt& loop) {
  const ast::Tree& tree = source.tree();
  const auto* cond = tree.TryGet<ast::BinaryExpr>(
      loop.cond.has_value() ? Unparen(tree, loop.cond) : loop.cond);
  const auto counter = CounterOf(source, loop);
  if (cond == nullptr || !counter) {
    return {};
  }
  const bool in_order = VarOf(source, cond->x) == counter->var;
  if (!in_order && VarOf(source, cond->y) != counter->var) {
    return {};
  }
  const auto limit = Limit(source, in_order ? cond->y : cond->x);
  if (!limit || IsAssignedIn(source, *counter->var, loop.body)) {
    return {};
  }
  return CountSteps(counter->first, counter->step,
                    in_order ? cond->op : Mirrored(cond->op), *limit);
}

}  // namespace

const types::Var* VarOf(const Source& source, ast::ExprId expr) {
  return VarOfIdent(source.unit, expr);
}

const types::Func* CalleeOf(const Source& source, const ast::CallExpr& call) {
  const ast::Tree& tree = source.tree();
  ast::ExprId callee = Unparen(tree, call.fun);
  if (const auto* one = tree.TryGet<ast::IndexExpr>(callee)) {
    callee = Unparen(tree, one->x);
  } else if (const auto* many = tree.TryGet<ast::IndexListExpr>(callee)) {
    callee = Unparen(tree, many->x);
  }
  ast::Ref<ast::Ident> name;
  if (const auto* selector = tree.TryGet<ast::SelectorExpr>(callee)) {
    name = selector->sel;
  } else if (callee.kind() == NodeKind::kIdent) {
    name = ast::Ref<ast::Ident>::FromNode(callee);
  }
  return name.has_value()
             ? types::TryAs<types::Func>(source.unit.info.ObjectOf(name))
             : nullptr;
}

std::string_view LastName(const Source& source, ast::ExprId expr) {
  const ast::Tree& tree = source.tree();
  expr = Unparen(tree, expr);
  if (const auto* generic = tree.TryGet<ast::IndexExpr>(expr)) {
    expr = Unparen(tree, generic->x);
  }
  if (const auto* selector = tree.TryGet<ast::SelectorExpr>(expr)) {
    return source.index.Name(selector->sel);
  }
  return expr.kind() == NodeKind::kIdent
             ? source.index.Name(ast::Ref<ast::Ident>::FromNode(expr))
             : std::string_view();
}

const types::Var* RootVar(const Source& source, ast::ExprId expr) {
  const ast::Tree& tree = source.tree();
  while (expr.has_value()) {
    expr = Unparen(tree, expr);
    if (expr.kind() == NodeKind::kIdent) {
      return VarOf(source, expr);
    }
    if (const auto* selector = tree.TryGet<ast::SelectorExpr>(expr)) {
      expr = selector->x;
    } else if (const auto* star = tree.TryGet<ast::StarExpr>(expr)) {
      expr = star->x;
    } else if (const auto* at = tree.TryGet<ast::IndexExpr>(expr)) {
      expr = at->x;
    } else if (const auto* call = tree.TryGet<ast::CallExpr>(expr)) {
      expr = call->fun;
    } else if (const auto* unary = tree.TryGet<ast::UnaryExpr>(expr)) {
      expr = unary->x;
    } else if (const auto* asserted = tree.TryGet<ast::TypeAssertExpr>(expr)) {
      expr = asserted->x;
    } else {
      break;
    }
  }
  return nullptr;
}

bool IsDeclaredIn(const Source& source, const types::Var& var, NodeId node) {
  return var.place.file == source.unit.file &&
         IsWithin(ast::SpanOf(source.tree(), node), var.place.pos);
}

std::optional<int64_t> ConstantInt(const Source& source, ast::ExprId expr) {
  return types::constant::Int64Value(source.TypeOf(expr).value());
}

bool IsAssignedIn(const Source& source, const types::Var& var, NodeId where) {
  return IsAssignedWithin(source.unit, var, ast::SpanOf(source.tree(), where));
}

bool IsLoop(NodeId id) {
  return id.kind() == NodeKind::kForStmt || id.kind() == NodeKind::kRangeStmt;
}

std::vector<NodeId> EnclosingLoops(const Source& source, NodeId id) {
  const syntax::FileIndex& index = source.index;
  std::vector<NodeId> loops;
  const NodeId function = index.EnclosingFunction(id);
  for (NodeId at = index.Parent(id); at != function; at = index.Parent(at)) {
    if (IsLoop(at)) {
      loops.push_back(at);
    }
  }
  return loops;
}

ast::Ref<ast::BlockStmt> LoopBody(const ast::Tree& tree, NodeId loop) {
  const auto* range = tree.TryGet<ast::RangeStmt>(loop);
  return range != nullptr ? range->body : tree.TryGet<ast::ForStmt>(loop)->body;
}

source::Span LoopHeader(const ast::Tree& tree, NodeId loop) {
  source::Pos end = tree.Get(LoopBody(tree, loop)).lbrace;
  const source::Pos begin = ast::Begin(tree, loop);
  // Without the blank before the brace.
  return {begin, end > begin + 1 ? source::Pos{end.raw - 1} : end};
}

std::optional<uint64_t> TripCount(const Source& source, NodeId loop) {
  const ast::Tree& tree = source.tree();
  if (const auto* range = tree.TryGet<ast::RangeStmt>(loop)) {
    auto count = Limit(source, range->x);
    if (!count) {
      count = LengthOf(source.unit, range->x);
    }
    return count && *count >= 0 ? std::optional<uint64_t>(*count)
                                : std::nullopt;
  }
  return ForTripCount(source, *tree.TryGet<ast::ForStmt>(loop));
}

bool RangesOverTable(const Source& source, NodeId loop) {
  const auto* range = source.tree().TryGet<ast::RangeStmt>(loop);
  return range != nullptr && TableOf(source.unit, range->x).literal != nullptr;
}

}  // namespace gdlint::checks::typed
