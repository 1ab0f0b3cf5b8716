#include "ssa/escape_batch.h"

#include <algorithm>
#include <utility>

#include "lexer/token.h"
#include "ssa/escape_frame.h"
#include "types/predicates.h"
#include "types/sizes.h"
#include "types/type_set.h"
#include "types/universe.h"

namespace gdlint::ssa {
namespace {

using lexer::TokenKind;
using types::TryAs;

// The variable that an expression is a part of: `x` of x, x.f and x[i] without
// a pointer on the way.
ast::ExprId OuterValue(const types::Unit& unit, ast::ExprId expr) {
  const ast::Tree& tree = *unit.tree;
  while (true) {
    expr = Unparen(tree, expr);
    ast::ExprId inner;
    if (const auto* const selector = tree.TryGet<ast::SelectorExpr>(expr)) {
      inner = selector->x;
      const types::Selection* const selection =
          unit.info.SelectionOf(ast::Ref<ast::SelectorExpr>::FromNode(expr));
      if (selection == nullptr || selection->is_indirect) {
        return expr;
      }
    } else if (const auto* const index = tree.TryGet<ast::IndexExpr>(expr)) {
      inner = index->x;
      const types::Type* const type = unit.info.TypeOf(inner).type();
      if (type == nullptr ||
          TryAs<types::Array>(types::Under(type)) == nullptr) {
        return expr;
      }
    } else {
      return expr;
    }
    expr = inner;
  }
}

// Larger variables are captured by reference.
constexpr int64_t kMaxCopied = 128;

size_t SizeOf(const types::Tuple* tuple) {
  return tuple == nullptr ? 0 : tuple->params.size();
}

}  // namespace

const types::Type* CoreOf(const types::Type* type) {
  if (type == nullptr) {
    return nullptr;
  }
  if (types::Unalias(type)->kind != types::TypeKind::kTypeParam) {
    return types::Under(type);
  }
  const types::Type* core = nullptr;
  types::ForEachInTypeSet(type,
                          [&](const types::Type*, const types::Type* under) {
                            core = under;
                            return false;
                          });
  return core;
}

bool HasPointers(const types::Type* type) {
  if (type == nullptr) {
    return false;
  }
  if (types::Unalias(type)->kind == types::TypeKind::kTypeParam) {
    return true;
  }
  const types::Type* const under = types::Under(type);
  switch (under->kind) {
    case types::TypeKind::kBasic: {
      const types::BasicKind basic = types::As<types::Basic>(under)->basic;
      return basic == types::BasicKind::kString ||
             basic == types::BasicKind::kUnsafePointer ||
             basic == types::BasicKind::kUntypedString ||
             basic == types::BasicKind::kUntypedNil;
    }
    case types::TypeKind::kArray:
      return types::As<types::Array>(under)->length != 0 &&
             HasPointers(types::As<types::Array>(under)->elem);
    case types::TypeKind::kStruct:
      return std::ranges::any_of(
          types::As<types::Struct>(under)->fields,
          [](const types::Var* field) { return HasPointers(field->type); });
    default:
      return true;
  }
}

bool IsPointerShaped(const types::Type* type) {
  const types::Type* const under = types::Under(type);
  switch (under->kind) {
    case types::TypeKind::kPointer:
    case types::TypeKind::kMap:
    case types::TypeKind::kChan:
    case types::TypeKind::kSignature:
      return true;
    case types::TypeKind::kBasic:
      return types::As<types::Basic>(under)->basic ==
             types::BasicKind::kUnsafePointer;
    case types::TypeKind::kArray:
      return types::As<types::Array>(under)->length == 1 &&
             IsPointerShaped(types::As<types::Array>(under)->elem);
    case types::TypeKind::kStruct: {
      const auto fields = types::As<types::Struct>(under)->fields;
      return fields.size() == 1 && IsPointerShaped(fields[0]->type);
    }
    default:
      return false;
  }
}

bool IsDynamicMethod(const types::Selection& selection) {
  const auto* const func = TryAs<types::Func>(selection.object);
  return func == nullptr || func->recv == nullptr ||
         types::IsInterface(func->recv) || types::IsTypeParam(func->recv) ||
         (types::IsTypeParam(types::Deref(selection.recv)) &&
          selection.index.size() <= 1);
}

const types::Func* StaticFunc(const types::Unit& unit, ast::ExprId callee) {
  const ast::Tree& tree = *unit.tree;
  ast::ExprId fun = Unparen(tree, callee);
  if (const auto* const index = tree.TryGet<ast::IndexExpr>(fun)) {
    fun = Unparen(tree, index->x);
  } else if (const auto* const list = tree.TryGet<ast::IndexListExpr>(fun)) {
    fun = Unparen(tree, list->x);
  }
  const types::Func* func = nullptr;
  if (fun.kind() == ast::NodeKind::kIdent) {
    func = TryAs<types::Func>(
        unit.info.UsedObject(ast::Ref<ast::Ident>::FromNode(fun)));
  } else if (const auto* const selector = tree.TryGet<ast::SelectorExpr>(fun)) {
    const types::Selection* const selection =
        unit.info.SelectionOf(ast::Ref<ast::SelectorExpr>::FromNode(fun));
    if (selection == nullptr) {
      func = TryAs<types::Func>(unit.info.UsedObject(selector->sel));
    } else if (selection->kind != types::SelectionKind::kFieldVal &&
               !IsDynamicMethod(*selection)) {
      func = TryAs<types::Func>(selection->object);
    }
  }
  return func != nullptr && func->origin != nullptr ? func->origin : func;
}

ast::Ref<ast::FuncLit> ReturnedLiteral(const FunctionBody& body) {
  const ast::Tree& tree = *body.unit->tree;
  const auto stmts = tree.Items(tree.Get(body.body).stmts);
  if (stmts.size() != 1) {
    return {};
  }
  const auto* const ret = tree.TryGet<ast::ReturnStmt>(stmts[0]);
  if (ret == nullptr || ret->results.size != 1) {
    return {};
  }
  ast::ExprId value = Unparen(tree, tree.Items(ret->results)[0]);
  // `return Seq(func…)`.
  if (const auto* const call = tree.TryGet<ast::CallExpr>(value);
      call != nullptr && body.unit->info.TypeOf(call->fun).is_type() &&
      call->args.size == 1) {
    value = Unparen(tree, tree.Items(call->args)[0]);
  }
  return value.kind() == ast::NodeKind::kFuncLit
             ? ast::Ref<ast::FuncLit>::FromNode(value)
             : ast::Ref<ast::FuncLit>();
}

EscapeBatch::EscapeBatch(CalleeLeaks& callees, size_t function_count)
    : callees_(callees) {
  pending_.reserve(function_count);
}

EscapeBatch::~EscapeBatch() = default;

void EscapeBatch::Add(const types::Func* func, const FunctionBody& body) {
  const types::Signature* const signature = func->signature();
  EscapeFunction* const function = graph_.NewFunction(nullptr);
  functions_.emplace(func, function);
  const size_t result_count = SizeOf(signature->results);
  const bool has_receiver =
      body.vars.size() > SizeOf(signature->params) + result_count;
  AddVars(*function, body.vars, result_count,
          func->is_method() && !has_receiver);
  pending_.push_back({.func = func, .body = body, .literal = {}});
}

void EscapeBatch::AddLiteral(const types::Unit& unit,
                             ast::Ref<ast::FuncLit> literal) {
  pending_.push_back({.func = nullptr,
                      .body = {.unit = &unit,
                               .body = unit.tree->Get(literal).body,
                               .vars = {}},
                      .literal = literal});
}

void EscapeBatch::AddVars(EscapeFunction& function,
                          std::span<types::Var* const> vars,
                          size_t result_count, bool has_unnamed_receiver) {
  if (has_unnamed_receiver) {
    function.params.push_back(nullptr);
  }
  const size_t param_count = vars.size() - std::min(result_count, vars.size());
  for (size_t i = 0; i < vars.size(); ++i) {
    const types::Var* const var = vars[i];
    const bool is_result = i >= param_count;
    if (!is_result && (var->name == nullptr || var->name->is_blank)) {
      function.params.push_back(nullptr);
      continue;
    }
    Location* const location = graph_.NewLocation(&function, 0);
    locations_[var] = location;
    if (is_result) {
      location->result_index = static_cast<int>(i - param_count);
      function.results.push_back(location);
    } else {
      location->is_param = true;
      function.params.push_back(location);
    }
  }
}

void EscapeBatch::Run() {
  for (const Pending& pending : pending_) {
    WalkFunction(pending);
  }
  // Only now it is known which variables are assigned again.
  for (const Closure& closure : closures_) {
    Captures(closure.hole, closure.captured);
  }
  graph_.Solve();
}

void EscapeBatch::WalkFunction(const Pending& pending) {
  unit_ = pending.body.unit;
  tree_ = unit_->tree;
  info_ = &unit_->info;
  kept_.emplace(*unit_);
  if (pending.literal.has_value()) {
    CollectDefinitions(pending.literal);
    Frame outside;
    outside.function = graph_.NewFunction(nullptr);
    frame_ = &outside;
    Literal(graph_.Heap(), pending.literal);
    frame_ = nullptr;
    return;
  }
  CollectDefinitions(pending.body.body);
  Frame frame;
  frame.function = functions_[pending.func];
  for (const types::Param& result :
       pending.func->signature()->results != nullptr
           ? pending.func->signature()->results->params
           : std::span<const types::Param>()) {
    frame.result_types.push_back(result.type);
  }
  WalkBody(frame, pending.body.body);
}

void EscapeBatch::WalkBody(Frame& frame, ast::Ref<ast::BlockStmt> body) {
  frame.outer = frame_;
  frame.returns = &frame;
  frame.labels.emplace(*unit_, *kept_, body);
  frame_ = &frame;
  Stmt(body);
  frame_ = frame.outer;
}

// Notes which local variables are defined with a value and never assigned
// again, like cmd/compile/internal/ir's StaticValue.
void EscapeBatch::CollectDefinitions(ast::NodeId id) {
  const auto reassign = [this](ast::ExprId lhs) {
    if (!lhs.has_value()) {
      return;
    }
    if (const types::Var* const var = LocalVar(OuterValue(*unit_, lhs))) {
      definitions_[var].is_reassigned = true;
    }
  };
  const auto define = [this](ast::Ref<ast::Ident> name, ast::ExprId value) {
    if (const auto* const var = TryAs<types::Var>(info_->DefinedObject(name))) {
      definitions_[var].value = value;
    }
  };
  if (const auto* const assign = tree_->TryGet<ast::AssignStmt>(id)) {
    const auto lhs = tree_->Items(assign->lhs);
    const auto rhs = tree_->Items(assign->rhs);
    for (size_t i = 0; i < lhs.size(); ++i) {
      const auto name = ast::Ref<ast::Ident>::FromNode(lhs[i]);
      if (assign->op == TokenKind::kDefine &&
          lhs[i].kind() == ast::NodeKind::kIdent && info_->IsDefinition(name)) {
        if (lhs.size() == rhs.size()) {
          define(name, rhs[i]);
        }
      } else {
        reassign(lhs[i]);
      }
    }
  } else if (const auto* const spec = tree_->TryGet<ast::ValueSpec>(id)) {
    const auto names = tree_->Items(spec->names);
    const auto values = tree_->Items(spec->values);
    for (size_t i = 0; i < names.size() && names.size() == values.size(); ++i) {
      define(names[i], values[i]);
    }
  } else if (const auto* const step = tree_->TryGet<ast::IncDecStmt>(id)) {
    reassign(step->x);
  } else if (const auto* const unary = tree_->TryGet<ast::UnaryExpr>(id)) {
    if (unary->op == TokenKind::kAnd) {
      reassign(unary->x);
    }
  } else if (const auto* const range = tree_->TryGet<ast::RangeStmt>(id)) {
    reassign(range->key);
    reassign(range->value);
  }
  ast::ForEachChild(*tree_, id,
                    [this](ast::NodeId child) { CollectDefinitions(child); });
}

const types::Var* EscapeBatch::LocalVar(ast::ExprId expr) const {
  expr = Unparen(*tree_, expr);
  if (expr.kind() != ast::NodeKind::kIdent) {
    return nullptr;
  }
  const auto* const var =
      TryAs<types::Var>(info_->ObjectOf(ast::Ref<ast::Ident>::FromNode(expr)));
  return var == nullptr || var->var_kind == types::VarKind::kPackageVar ||
                 var->var_kind == types::VarKind::kFieldVar
             ? nullptr
             : var;
}

const types::Type* EscapeBatch::TypeOf(ast::ExprId expr) const {
  const types::Type* const type = info_->TypeOf(expr).type();
  if (type != nullptr) {
    return type;
  }
  const types::Var* const var = LocalVar(expr);
  return var != nullptr ? var->type : types::InvalidType();
}

// The variables outside of `id`, a literal or a range-over-func body, that it
// refers to: those that have a location already.
void EscapeBatch::CollectCaptured(ast::NodeId id,
                                  std::vector<const types::Var*>& found,
                                  std::unordered_set<const types::Var*>& seen) {
  if (id.kind() == ast::NodeKind::kIdent) {
    const types::Var* const var = LocalVar(ast::ExprId::FromNode(id));
    if (var != nullptr && locations_.contains(var) && seen.insert(var).second) {
      found.push_back(var);
    }
    return;
  }
  kept_->ForEachChild(
      id, [&](ast::NodeId child) { CollectCaptured(child, found, seen); });
}

// What a closure captures flows to it: values that nothing changes, or else
// addresses.
void EscapeBatch::Captures(Hole closure,
                           const std::vector<const types::Var*>& captured) {
  for (const types::Var* const var : captured) {
    Location* const location = locations_[var];
    const bool by_value =
        !location->is_address_taken && !location->is_reassigned &&
        types::Sizes().SizeOf(var->type).value_or(kMaxCopied + 1) <= kMaxCopied;
    graph_.Flow(by_value ? closure : closure.Address(), location);
  }
}

Location* EscapeBatch::LocationOf(const types::Var* var) {
  const auto found = locations_.find(var);
  // Declared in code that is left out, or after an error.
  return found == locations_.end() ? Declare(var) : found->second;
}

Location* EscapeBatch::Declare(const types::Var* var) {
  Location* const location =
      graph_.NewLocation(frame_->function, frame_->loop_depth);
  locations_[var] = location;
  return location;
}

Location* EscapeBatch::NewTemp() {
  return graph_.NewLocation(frame_->function, frame_->loop_depth);
}

// What is allocated here: its address goes to `hole`, what is stored in it to
// the hole that is returned.
Hole EscapeBatch::Spill(Hole hole) {
  Location* const location = NewTemp();
  graph_.Flow(hole.Address(), location);
  return {location};
}

Hole EscapeBatch::Tee(std::span<const Hole> holes) {
  if (holes.empty()) {
    return graph_.Discard();
  }
  if (holes.size() == 1) {
    return holes[0];
  }
  Location* const temp = NewTemp();
  for (const Hole hole : holes) {
    graph_.Flow(hole, temp);
  }
  return {temp};
}

bool EscapeBatch::HasHeapResult(const EscapeFunction& function) {
  return std::ranges::any_of(function.results, &Location::escapes);
}

ParamLeaks EscapeBatch::LeaksOf(const EscapeFunction& function) {
  ParamLeaks leaks;
  for (const Location* const param : function.params) {
    leaks.push_back(param != nullptr ? param->leaks : Leaks());
  }
  return leaks;
}

ParamLeaks EscapeBatch::LeaksOf(const types::Func* func) const {
  return LeaksOf(*functions_.at(func));
}

std::optional<ParamLeaks> EscapeBatch::LeaksOf(const types::Unit& unit,
                                               ast::NodeId literal) const {
  const auto found = literals_.find({&unit, literal});
  if (found == literals_.end()) {
    return std::nullopt;
  }
  return LeaksOf(*found->second);
}

}  // namespace gdlint::ssa
