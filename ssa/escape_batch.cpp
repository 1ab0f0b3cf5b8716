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

std::vector<const types::Type*> ResultTypes(const types::Signature* signature) {
  std::vector<const types::Type*> types;
  if (signature->results != nullptr) {
    for (const types::Param& result : signature->results->params) {
      types.push_back(result.type);
    }
  }
  return types;
}

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

ast::ExprId OnlyReturned(const types::Unit& unit,
                         ast::Ref<ast::BlockStmt> body) {
  const ast::Tree& tree = *unit.tree;
  const auto stmts = tree.Items(tree.Get(body).stmts);
  const auto* const ret =
      stmts.size() == 1 ? tree.TryGet<ast::ReturnStmt>(stmts[0]) : nullptr;
  return ret != nullptr && ret->results.size == 1 ? tree.Items(ret->results)[0]
                                                  : ast::ExprId();
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
    EscapeLocation* const location = graph_.NewLocation(&function, 0);
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
    FlowCaptured(closure);
  }
  graph_.Solve();
}

void EscapeBatch::SetUnit(const types::Unit& unit) {
  unit_ = &unit;
  tree_ = unit.tree;
  info_ = &unit.info;
  kept_.emplace(unit);
}

void EscapeBatch::WalkFunction(const Pending& pending) {
  SetUnit(*pending.body.unit);
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
  frame.results = frame.function->results;
  frame.result_types = ResultTypes(pending.func->signature());
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

void EscapeBatch::BeginInline(Callee& callee) {
  constexpr size_t kMaxNesting = 12;
  if (callee.func == nullptr || callee.function != nullptr ||
      inlining_.size() >= kMaxNesting ||
      std::ranges::find(inlining_, callee.func) != inlining_.end()) {
    return;
  }
  const FunctionBody* const body = callees_.BodyToInline(callee.func);
  if (body == nullptr) {
    return;
  }
  // Its variables are variables of this function.
  EscapeFunction* const instance = graph_.NewFunction(frame_->function);
  const types::Signature* const signature = callee.func->signature();
  const size_t result_count = SizeOf(signature->results);
  const size_t param_count =
      body->vars.size() - std::min(result_count, body->vars.size());
  if (callee.func->is_method() && param_count == SizeOf(signature->params)) {
    instance->params.push_back(nullptr);
  }
  for (size_t i = 0; i < body->vars.size(); ++i) {
    (i < param_count ? instance->params : instance->results)
        .push_back(NewTemp());
  }
  callee.function = instance;
  callee.inlined = body;
}

void EscapeBatch::EndInline(const Callee& callee) {
  const FunctionBody& body = *callee.inlined;
  const types::Unit& unit = *unit_;
  const size_t declared = declared_.size();
  const size_t skipped = callee.function->params.size() +
                         callee.function->results.size() - body.vars.size();
  for (size_t i = 0; i < body.vars.size(); ++i) {
    const size_t place = i + skipped;
    const size_t param_count = callee.function->params.size();
    locations_[body.vars[i]] =
        place < param_count ? callee.function->params[place]
                            : callee.function->results[place - param_count];
    declared_.push_back(body.vars[i]);
  }
  inlining_.push_back(callee.func);
  SetUnit(*body.unit);
  if (has_definitions_.insert(&body).second) {
    CollectDefinitions(body.body);
  }
  Frame frame;
  frame.function = frame_->function;
  frame.results = callee.function->results;
  frame.result_types = ResultTypes(callee.func->signature());
  frame.loop_depth = frame_->loop_depth;
  WalkBody(frame, body.body);
  SetUnit(unit);
  inlining_.pop_back();
  // Another call has variables of its own.
  while (declared_.size() > declared) {
    locations_.erase(declared_.back());
    definitions_[declared_.back()].value =
        std::ranges::find(body.vars, declared_.back()) == body.vars.end()
            ? definitions_[declared_.back()].value
            : ast::ExprId();
    declared_.pop_back();
  }
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
      definitions_[var].unit = unit_;
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

const types::Var* EscapeBatch::LocalVarOf(const types::Unit& unit,
                                          ast::ExprId expr) {
  expr = Unparen(*unit.tree, expr);
  if (expr.kind() != ast::NodeKind::kIdent) {
    return nullptr;
  }
  const auto* const var = TryAs<types::Var>(
      unit.info.ObjectOf(ast::Ref<ast::Ident>::FromNode(expr)));
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
                                  std::vector<Closure::Captured>& found,
                                  std::unordered_set<const types::Var*>& seen) {
  if (id.kind() == ast::NodeKind::kIdent) {
    const types::Var* const var = LocalVar(ast::ExprId::FromNode(id));
    if (var == nullptr || !seen.insert(var).second) {
      return;
    }
    if (const auto known = locations_.find(var); known != locations_.end()) {
      found.push_back({known->second, var->type});
    }
    return;
  }
  kept_->ForEachChild(
      id, [&](ast::NodeId child) { CollectCaptured(child, found, seen); });
}

std::vector<EscapeBatch::Closure::Captured> EscapeBatch::Capture(
    std::initializer_list<ast::NodeId> parts) {
  std::vector<Closure::Captured> captured;
  std::unordered_set<const types::Var*> seen;
  for (const ast::NodeId part : parts) {
    if (part.has_value()) {
      CollectCaptured(part, captured, seen);
    }
  }
  for (const Closure::Captured& var : captured) {
    EscapeLocation* const location = var.location;
    if (!location->is_captured) {
      location->is_captured = true;
      // What is assigned before the first capture does not count.
      location->is_reassigned =
          location->is_reassigned && location->loop_depth != frame_->loop_depth;
    }
  }
  return captured;
}

// What a closure captures flows to it: values that nothing changes, or else
// addresses.
void EscapeBatch::FlowCaptured(const Closure& closure) {
  for (const auto& [location, type] : closure.captured) {
    const bool by_value =
        !location->is_address_taken && !location->is_reassigned &&
        types::Sizes().SizeOf(type).value_or(kMaxCopied + 1) <= kMaxCopied;
    graph_.Flow(by_value ? closure.hole : closure.hole.Address(), location);
  }
}

EscapeLocation* EscapeBatch::LocationOf(const types::Var* var) {
  const auto found = locations_.find(var);
  // Declared in code that is left out, or after an error.
  return found == locations_.end() ? Declare(var) : found->second;
}

EscapeLocation* EscapeBatch::Declare(const types::Var* var) {
  EscapeLocation* const location =
      graph_.NewLocation(frame_->function, frame_->loop_depth);
  locations_[var] = location;
  declared_.push_back(var);
  return location;
}

EscapeLocation* EscapeBatch::NewTemp() {
  return graph_.NewLocation(frame_->function, frame_->loop_depth);
}

// What is allocated here: its address goes to `hole`, what is stored in it to
// the hole that is returned.
Hole EscapeBatch::Spill(Hole hole) {
  EscapeLocation* const location = NewTemp();
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
  EscapeLocation* const temp = NewTemp();
  for (const Hole hole : holes) {
    graph_.Flow(hole, temp);
  }
  return {temp};
}

bool EscapeBatch::HasHeapResult(const EscapeFunction& function) {
  return std::ranges::any_of(function.results, &EscapeLocation::escapes);
}

ParamLeaks EscapeBatch::LeaksOf(const types::Func* func) const {
  ParamLeaks leaks;
  for (const EscapeLocation* const param : functions_.at(func)->params) {
    leaks.push_back(param != nullptr ? param->leaks : Leaks());
  }
  return leaks;
}

}  // namespace gdlint::ssa
