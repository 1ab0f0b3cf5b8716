#include "checks/syntax/loops.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

#include "checks/knowledge/iterators.h"

namespace gdlint::checks::syntax {
namespace {

using ast::NodeId;
using ast::NodeKind;
using lexer::TokenKind;

// Constants are followed through so many names.
constexpr int kMaxDepth = 8;
// An assignment is looked for among so many nodes; behind them there may be
// one.
constexpr int kMaxNodes = 20'000;

std::optional<int64_t> ParseInt(std::string_view text) {
  std::string digits(text);
  std::erase(digits, '_');
  int base = 10;
  size_t start = 0;
  if (digits.size() > 1 && digits[0] == '0') {
    const char kind = static_cast<char>(digits[1] | 0x20);
    base = kind == 'x' ? 16 : kind == 'b' ? 2 : 8;
    start = kind == 'x' || kind == 'b' || kind == 'o' ? 2 : 1;
  }
  int64_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto result = std::from_chars(digits.data() + start, end, value, base);
  if (result.ec != std::errc() || result.ptr != end) {
    return {};
  }
  return value;
}

// The expression that the variable or constant `decl` is declared with; none if
// there is no such, or more than one name shares a call.
ast::ExprId Initializer(const FileIndex& index, const Declaration& decl) {
  const ast::Tree& tree = index.tree();
  if (const auto* spec = tree.TryGet<ast::ValueSpec>(decl.node)) {
    const auto names = tree.Items(spec->names);
    const auto values = tree.Items(spec->values);
    for (size_t i = 0; i < names.size() && names.size() == values.size(); ++i) {
      if (names[i] == decl.ident) {
        return values[i];
      }
    }
  } else if (const auto* assign = tree.TryGet<ast::AssignStmt>(decl.node)) {
    const auto lhs = tree.Items(assign->lhs);
    const auto rhs = tree.Items(assign->rhs);
    for (size_t i = 0; i < lhs.size() && lhs.size() == rhs.size(); ++i) {
      if (lhs[i] == decl.ident) {
        return rhs[i];
      }
    }
  }
  return {};
}

bool IsConstantDeclaration(const FileIndex& index, const Declaration& decl) {
  const auto* gen = index.tree().TryGet<ast::GenDecl>(index.Parent(decl.node));
  return gen != nullptr && gen->keyword == TokenKind::kConst;
}

// True if `id` itself, not something below it, assigns to the variable or takes
// its address.
bool AssignsItself(const FileIndex& index, const Declaration& decl, NodeId id) {
  const ast::Tree& tree = index.tree();
  const auto names_it = [&](ast::ExprId expr) {
    if (!expr.has_value() || Unparen(tree, expr).kind() != NodeKind::kIdent) {
      return false;
    }
    const auto ident = ast::Ref<ast::Ident>::FromNode(Unparen(tree, expr));
    return ident != decl.ident && index.Name(ident) == index.Name(decl.ident) &&
           Resolve(index, ident) == decl;
  };
  if (const auto* assign = tree.TryGet<ast::AssignStmt>(id)) {
    return std::ranges::any_of(tree.Items(assign->lhs), names_it);
  }
  if (const auto* inc = tree.TryGet<ast::IncDecStmt>(id)) {
    return names_it(inc->x);
  }
  if (const auto* range = tree.TryGet<ast::RangeStmt>(id)) {
    return range->op == TokenKind::kAssign &&
           (names_it(range->key) || names_it(range->value));
  }
  const auto* unary = tree.TryGet<ast::UnaryExpr>(id);
  return unary != nullptr && unary->op == TokenKind::kAnd && names_it(unary->x);
}

// Where a variable can be assigned: its function, or for one at package level
// the file.
bool IsNeverAssigned(const FileIndex& index, const Declaration& decl) {
  if (decl.kind == NameKind::kLocal) {
    NodeId root = decl.node;
    while (index.Parent(root).has_value()) {
      root = index.Parent(root);
    }
    return !IsAssignedBelow(index, decl, root);
  }
  for (const ast::DeclId top : index.tree().decls()) {
    if (IsAssignedBelow(index, decl, top)) {
      return false;
    }
  }
  return true;
}

std::optional<int64_t> ConstantIntAt(const FileIndex& index, ast::ExprId expr,
                                     int depth);

// The number of elements of `literal`, `T{…}`.
std::optional<int64_t> LiteralSize(const FileIndex& index,
                                   const ast::CompositeLit& literal,
                                   int depth) {
  const ast::Tree& tree = index.tree();
  const auto elts = tree.Items(literal.elts);
  const auto* array = tree.TryGet<ast::ArrayType>(literal.type);
  if (array != nullptr && array->len.has_value() &&
      array->len.kind() != NodeKind::kEllipsis) {
    return ConstantIntAt(index, array->len, depth);
  }
  if (array == nullptr && literal.type.kind() != NodeKind::kMapType) {
    // A named type: its elements are rows only if none is a struct's field.
    return {};
  }
  const bool keyed = std::ranges::any_of(elts, [](ast::ExprId elt) {
    return elt.kind() == NodeKind::kKeyValueExpr;
  });
  if (array != nullptr && keyed) {
    return {};
  }
  return static_cast<int64_t>(elts.size());
}

// The literal that `expr` is or that the variable it names always holds.
const ast::CompositeLit* TableLiteral(const FileIndex& index,
                                      ast::ExprId expr) {
  const ast::Tree& tree = index.tree();
  expr = Unparen(tree, expr);
  if (expr.kind() == NodeKind::kIdent) {
    const Declaration decl =
        Resolve(index, ast::Ref<ast::Ident>::FromNode(expr));
    const ast::ExprId value =
        decl.ident.has_value() ? Initializer(index, decl) : ast::ExprId();
    if (!value.has_value() || !IsNeverAssigned(index, decl)) {
      return nullptr;
    }
    expr = Unparen(tree, value);
  }
  return tree.TryGet<ast::CompositeLit>(expr);
}

// The most elements that a local variable without an initial value ever has, if
// all it is assigned are literals, such as one in each branch of an `if`.
std::optional<int64_t> MostAssigned(const FileIndex& index,
                                    const Declaration& decl, int depth) {
  const ast::Tree& tree = index.tree();
  const auto* spec = tree.TryGet<ast::ValueSpec>(decl.node);
  if (decl.kind != NameKind::kLocal || spec == nullptr ||
      !spec->values.empty()) {
    return {};
  }
  std::optional<int64_t> most = 0;
  ForEachBelow(tree, index.EnclosingFunction(decl.node), [&](NodeId id) {
    const bool is_stmt = id.kind() == NodeKind::kAssignStmt ||
                         id.kind() == NodeKind::kUnaryExpr ||
                         id.kind() == NodeKind::kRangeStmt;
    if (!most || !is_stmt || !AssignsItself(index, decl, id)) {
      return most.has_value();
    }
    const auto* assign = tree.TryGet<ast::AssignStmt>(id);
    const auto* literal =
        assign == nullptr || assign->rhs.size != 1
            ? nullptr
            : tree.TryGet<ast::CompositeLit>(tree.Items(assign->rhs)[0]);
    const auto size =
        literal == nullptr ? std::nullopt : LiteralSize(index, *literal, depth);
    most = size ? std::optional(std::max(*most, *size)) : std::nullopt;
    return true;
  });
  return most && *most > 0 ? most : std::nullopt;
}

std::optional<int64_t> LengthOf(const FileIndex& index, ast::ExprId expr,
                                int depth) {
  const auto* literal = TableLiteral(index, expr);
  if (literal != nullptr) {
    return LiteralSize(index, *literal, depth);
  }
  // `var a [3]T`.
  expr = Unparen(index.tree(), expr);
  if (expr.kind() == NodeKind::kIdent) {
    const Declaration decl =
        Resolve(index, ast::Ref<ast::Ident>::FromNode(expr));
    const auto* spec = index.tree().TryGet<ast::ValueSpec>(decl.node);
    const auto* array = spec == nullptr
                            ? nullptr
                            : index.tree().TryGet<ast::ArrayType>(spec->type);
    if (array != nullptr && array->len.has_value()) {
      return ConstantIntAt(index, array->len, depth);
    }
    return MostAssigned(index, decl, depth);
  }
  return {};
}

std::optional<int64_t> ConstantIntAt(const FileIndex& index, ast::ExprId expr,
                                     int depth) {
  const ast::Tree& tree = index.tree();
  expr = Unparen(tree, expr);
  if (depth == 0) {
    return {};
  }
  if (const auto* literal = tree.TryGet<ast::BasicLit>(expr)) {
    return literal->token == TokenKind::kInt ? ParseInt(index.Text(expr))
                                             : std::nullopt;
  }
  if (const auto* unary = tree.TryGet<ast::UnaryExpr>(expr)) {
    const auto x = ConstantIntAt(index, unary->x, depth - 1);
    return x && unary->op == TokenKind::kSub ? std::optional(-*x)
                                             : std::nullopt;
  }
  if (expr.kind() == NodeKind::kIdent) {
    const Declaration decl =
        Resolve(index, ast::Ref<ast::Ident>::FromNode(expr));
    if (!decl.ident.has_value() || !IsConstantDeclaration(index, decl)) {
      return {};
    }
    const ast::ExprId value = Initializer(index, decl);
    return value.has_value() ? ConstantIntAt(index, value, depth - 1)
                             : std::nullopt;
  }
  if (const auto* call = tree.TryGet<ast::CallExpr>(expr)) {
    const auto args = tree.Items(call->args);
    if (args.size() == 1 &&
        IsPredeclared(index, Unparen(tree, call->fun), "len")) {
      return LengthOf(index, args[0], depth - 1);
    }
  }
  return {};
}

// A loop's counter: `i` from `first`, changed by `step` after each iteration.
struct Counter {
  Declaration decl;
  int64_t first = 0;
  int64_t step = 0;
};

std::optional<int64_t> StepOf(const FileIndex& index, ast::StmtId post,
                              const Declaration& counter) {
  const ast::Tree& tree = index.tree();
  const auto is_counter = [&](ast::ExprId expr) {
    return expr.kind() == NodeKind::kIdent &&
           Resolve(index, ast::Ref<ast::Ident>::FromNode(expr)) == counter;
  };
  if (const auto* inc = tree.TryGet<ast::IncDecStmt>(post)) {
    if (is_counter(inc->x)) {
      return inc->op == TokenKind::kInc ? 1 : -1;
    }
  } else if (const auto* assign = tree.TryGet<ast::AssignStmt>(post)) {
    const auto lhs = tree.Items(assign->lhs);
    const auto rhs = tree.Items(assign->rhs);
    if (lhs.size() == 1 && rhs.size() == 1 && is_counter(lhs[0])) {
      const auto by = ConstantInt(index, rhs[0]);
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

std::optional<Counter> CounterOf(const FileIndex& index,
                                 const ast::ForStmt& loop) {
  const ast::Tree& tree = index.tree();
  const auto* init = tree.TryGet<ast::AssignStmt>(loop.init);
  if (init == nullptr || init->lhs.size != 1 || init->rhs.size != 1) {
    return {};
  }
  const ast::ExprId lhs = tree.Items(init->lhs)[0];
  const auto first = ConstantInt(index, tree.Items(init->rhs)[0]);
  if (lhs.kind() != NodeKind::kIdent || !first) {
    return {};
  }
  const Declaration decl = Resolve(index, ast::Ref<ast::Ident>::FromNode(lhs));
  const auto step = StepOf(index, loop.post, decl);
  if (!step || *step == 0) {
    return {};
  }
  return Counter{.decl = decl, .first = *first, .step = *step};
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
  if (std::max({std::abs(first), std::abs(step), std::abs(limit)}) > kMost) {
    return {};
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
  const int64_t stride = std::abs(step);
  return span <= 0 ? 0 : static_cast<uint64_t>((span + stride - 1) / stride);
}

std::optional<uint64_t> ForTripCount(const FileIndex& index,
                                     const ast::ForStmt& loop) {
  const ast::Tree& tree = index.tree();
  const auto* cond = tree.TryGet<ast::BinaryExpr>(
      loop.cond.has_value() ? Unparen(tree, loop.cond) : loop.cond);
  const auto counter = CounterOf(index, loop);
  if (cond == nullptr || !counter) {
    return {};
  }
  const auto names_counter = [&](ast::ExprId expr) {
    return expr.kind() == NodeKind::kIdent &&
           Resolve(index, ast::Ref<ast::Ident>::FromNode(expr)) ==
               counter->decl;
  };
  const bool in_order = names_counter(cond->x);
  if (!in_order && !names_counter(cond->y)) {
    return {};
  }
  const auto limit = ConstantInt(index, in_order ? cond->y : cond->x);
  if (!limit || IsAssignedBelow(index, counter->decl, loop.body)) {
    return {};
  }
  return CountSteps(counter->first, counter->step,
                    in_order ? cond->op : Mirrored(cond->op), *limit);
}

bool IsIteratorType(const FileIndex& index, ast::ExprId type) {
  const ast::Tree& tree = index.tree();
  type = Unparen(tree, type);
  if (type.kind() == NodeKind::kFuncType) {
    return true;
  }
  if (const auto* one = tree.TryGet<ast::IndexExpr>(type)) {
    type = one->x;
  } else if (const auto* many = tree.TryGet<ast::IndexListExpr>(type)) {
    type = many->x;
  }
  const auto* selector = tree.TryGet<ast::SelectorExpr>(type);
  return selector != nullptr && ImportPath(index, selector->x) == "iter";
}

// True if a call of the function that `decl` declares gives an iterator.
bool ReturnsIterator(const FileIndex& index, const Declaration& decl) {
  const ast::Tree& tree = index.tree();
  const auto* function = tree.TryGet<ast::FuncDecl>(decl.node);
  const auto results = function == nullptr ? ast::Ref<ast::FieldList>()
                                           : tree.Get(function->type).results;
  if (!results.has_value() || tree.Get(results).fields.size != 1) {
    return false;
  }
  return IsIteratorType(index,
                        tree.Get(tree.Items(tree.Get(results).fields)[0]).type);
}

bool IsFunctionValue(const FileIndex& index, const Declaration& decl) {
  const ast::Tree& tree = index.tree();
  if (decl.node.kind() == NodeKind::kFuncDecl) {
    return true;
  }
  if (const auto* field = tree.TryGet<ast::Field>(decl.node)) {
    return IsIteratorType(index, field->type);
  }
  if (const auto* spec = tree.TryGet<ast::ValueSpec>(decl.node)) {
    if (spec->type.has_value()) {
      return IsIteratorType(index, spec->type);
    }
  }
  const ast::ExprId value = Initializer(index, decl);
  return value.has_value() && Unparen(tree, value).kind() == NodeKind::kFuncLit;
}

}  // namespace

bool IsLoop(NodeId id) {
  return id.kind() == NodeKind::kForStmt || id.kind() == NodeKind::kRangeStmt;
}

std::vector<NodeId> EnclosingLoops(const FileIndex& index, NodeId id) {
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

std::optional<uint64_t> TripCount(const FileIndex& index, NodeId loop) {
  const ast::Tree& tree = index.tree();
  if (const auto* range = tree.TryGet<ast::RangeStmt>(loop)) {
    auto count = ConstantInt(index, range->x);
    if (!count) {
      count = LengthOf(index, range->x, kMaxDepth);
    }
    return count && *count >= 0 ? std::optional<uint64_t>(*count)
                                : std::nullopt;
  }
  return ForTripCount(index, *tree.TryGet<ast::ForStmt>(loop));
}

bool RangesOverTable(const FileIndex& index, NodeId loop) {
  const auto* range = index.tree().TryGet<ast::RangeStmt>(loop);
  return range != nullptr && TableLiteral(index, range->x) != nullptr;
}

bool IsAssignedBelow(const FileIndex& index, const Declaration& decl,
                     NodeId where) {
  bool found = false;
  int looked_at = 0;
  ForEachBelow(index.tree(), where, [&](NodeId id) {
    found = found || ++looked_at > kMaxNodes || AssignsItself(index, decl, id);
    return !found;
  });
  return found;
}

bool RangesOverFunction(const FileIndex& index, const ast::RangeStmt& range) {
  const ast::Tree& tree = index.tree();
  const ast::ExprId x = Unparen(tree, range.x);
  if (x.kind() == NodeKind::kFuncLit) {
    return true;
  }
  if (x.kind() == NodeKind::kIdent) {
    return IsFunctionValue(index,
                           Resolve(index, ast::Ref<ast::Ident>::FromNode(x)));
  }
  const auto* call = tree.TryGet<ast::CallExpr>(x);
  if (call == nullptr) {
    return false;
  }
  const ast::ExprId callee = Unparen(tree, call->fun);
  if (callee.kind() == NodeKind::kIdent) {
    return ReturnsIterator(
        index, Resolve(index, ast::Ref<ast::Ident>::FromNode(callee)));
  }
  const auto* selector = tree.TryGet<ast::SelectorExpr>(callee);
  return selector != nullptr &&
         knowledge::ReturnsIterator(ImportPath(index, selector->x),
                                    index.Name(selector->sel));
}

std::optional<int64_t> ConstantInt(const FileIndex& index, ast::ExprId expr) {
  return ConstantIntAt(index, expr, kMaxDepth);
}

}  // namespace gdlint::checks::syntax
