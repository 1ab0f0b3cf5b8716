#include "ssa/function_builder.h"

#include <algorithm>
#include <string>
#include <utility>

#include "ssa/stmt_state.h"
#include "ssa/verify.h"
#include "support/invariant.h"
#include "types/constant.h"
#include "types/predicates.h"
#include "types/type_string.h"
#include "types/universe.h"

namespace gdlint::ssa {
namespace {

bool IsNamed(const types::Var* var) {
  return var != nullptr && var->name != nullptr;
}

// `F`, `(*T).M`, `F[int]`.
std::string DeclaredName(const types::Func* func, const types::Package* package,
                         std::span<const types::Type* const> type_args) {
  std::string name;
  std::string arguments;
  for (const types::Type* const arg : type_args) {
    arguments += arguments.empty() ? "[" : ",";
    types::AppendTypeString(
        arg, {.qualify = types::Qualify::kPath, .relative_to = package},
        arguments);
  }
  if (!arguments.empty()) {
    arguments += "]";
  }
  if (func->recv == nullptr) {
    name = func->name->text();
    return name + arguments;
  }
  bool is_pointer = false;
  const types::Named* const owner =
      types::AsNamed(types::Deref(func->recv, &is_pointer));
  name = is_pointer ? "(*" : "";
  name += owner != nullptr ? owner->obj->name->text() : "?";
  name += arguments;
  name += is_pointer ? ")." : ".";
  name += func->name->text();
  return name;
}

}  // namespace

FunctionBuilder::FunctionBuilder(BuilderContext& context,
                                 FunctionBuilder* outer, Function& function)
    : context_(context), outer_(outer), function_(function) {
  if (context_.free_drafts.empty()) {
    draft_ = std::make_unique<Draft>();
  } else {
    draft_ = std::move(context_.free_drafts.back());
    context_.free_drafts.pop_back();
  }
  draft_->Reset();
  stmts_ = std::make_unique<StmtState>();
  if (outer_ != nullptr) {
    package_ = outer_->package_;
    unit_ = outer_->unit_;
    substitution_ = outer_->substitution_;
  }
}

FunctionBuilder::~FunctionBuilder() {
  context_.free_drafts.push_back(std::move(draft_));
}

const types::Type* FunctionBuilder::Subst(const types::Type* type) {
  if (substitution_.from.empty() || type == nullptr ||
      !type->may_have_type_params) {
    return type;
  }
  return types::Substitute(types(), type, substitution_);
}

const types::Type* FunctionBuilder::TypeOf(ast::ExprId expr) {
  const types::Type* const type = info().TypeOf(expr).type();
  // What has no type, as all that is made of cgo's C, is not for lowering; nor
  // is what a missing package declares, under whatever name.
  GDLINT_ASSERT(type != nullptr &&
                (type->kind == types::TypeKind::kTypeParam ||
                 types::Under(type) != types::InvalidType()));
  return Subst(type);
}

void FunctionBuilder::BuildDeclared(const FunctionSource& source) {
  package_ = source.package;
  unit_ = source.unit;
  const types::Func* const func = source.func;
  const types::Signature* signature = func->signature();
  if (!source.type_args.empty()) {
    if (func->is_method()) {
      substitution_ = {func->recv_type_params, source.type_args};
      signature = types::As<types::Signature>(Subst(signature));
    } else {
      substitution_ = {signature->type_params, source.type_args};
      signature = types::As<types::Signature>(
          types::Instantiate(types(), signature, source.type_args));
    }
  }
  const ast::FuncDecl& decl = tree().Get(source.decl);
  const ast::BlockStmt& body = tree().Get(decl.body);
  draft_->name = DeclaredName(func, package_, source.type_args);
  draft_->key = {.kind = FunctionKind::kDeclared,
                 .func = func,
                 .recv = nullptr,
                 .type_args = source.type_args};

  const std::span<types::Var* const> vars =
      decl.type.has_value() ? info().Params(decl.type) : source.vars;
  const size_t result_count = signature->results->params.size();
  std::vector<Param> params;
  std::vector<Param> results;
  for (size_t i = 0; i < vars.size(); ++i) {
    (i + result_count < vars.size() ? params : results)
        .push_back({vars[i], Subst(vars[i]->type)});
  }
  Begin(FunctionKind::kDeclared, signature, params, results, source.decl,
        decl.name.has_value() ? tree().Get(decl.name).pos : func->place.pos,
        HasDefers(decl.body));
  Body(decl.body);
  Finish(body.rbrace);
}

void FunctionBuilder::BuildVarInit(const VarInitSource& source) {
  package_ = source.package;
  unit_ = source.unit;
  draft_->name = "init#" + std::to_string(source.index);
  draft_->key.kind = FunctionKind::kVarInit;
  const source::Pos pos = ast::Begin(tree(), source.rhs);
  const ast::NodeId node = source.rhs;
  Begin(FunctionKind::kVarInit,
        types().SignatureOf({}, nullptr, nullptr, false), {}, {}, node, pos,
        false);
  InitGlobals(source.lhs, source.rhs);
  Finish(ast::End(tree(), source.rhs));
}

void FunctionBuilder::Begin(FunctionKind kind,
                            const types::Signature* signature,
                            std::span<const Param> params,
                            std::span<const Param> results, ast::NodeId syntax,
                            source::Pos pos, bool has_defers) {
  Draft& draft = *draft_;
  draft.kind = kind;
  draft.package = package_;
  draft.unit = unit_;
  draft.syntax = syntax;
  draft.pos = pos;
  draft.signature = signature;
  draft.outermost = &function_;
  if (outer_ != nullptr) {
    draft.key = outer_->draft_->key;
    draft.key.kind = kind;
    draft.parent = &outer_->function_;
    draft.name = outer_->draft_->name;
    if (kind == FunctionKind::kRangeBody) {
      draft.outermost = outer_->draft_->outermost;
      draft.name += "-range" + std::to_string(++outer_->range_body_count_);
    } else {
      draft.name += "$" + std::to_string(++outer_->literal_count_);
    }
  }
  has_defers_ = has_defers;
  SetBlock(NewBlock());
  if (has_defers) {
    draft.recover_block = NewBlock();
  }
  for (const Param& param : params) {
    const Value value = draft.AddParam(param);
    if (IsNamed(param.var) && !param.var->name->is_blank) {
      const source::Pos at = param.var->place.pos;
      Store(AddLocal(param.var, at), value, at, {});
    }
  }
  for (const Param& result : results) {
    draft.result_types.push_back(result.type);
    Value cell;
    if (IsNamed(result.var)) {
      cell = AddLocal(result.var, result.var->place.pos);
    } else if (has_defers) {
      cell = AddTemp(result.type, pos, {});
    }
    draft.result_cells.push_back(cell);
  }
}

void FunctionBuilder::Finish(source::Pos end) {
  Draft& draft = *draft_;
  const Draft::BlockDraft& last = draft.block(block_);
  const bool is_reached = block_.index == 0 || !last.preds.empty();
  if (!draft.IsTerminated(block_) && is_reached) {
    const bool has_value = std::ranges::all_of(
        draft.result_cells, [](Value cell) { return cell.has_value(); });
    if (has_value) {
      EmitReturn({}, end, {});
    } else {
      // The type checker knows that control does not get here.
      Emit(Op::kExit, nullptr, end, {}, {},
           static_cast<uint8_t>(ExitKind::kNoReturn));
    }
  }
  if (draft.recover_block.has_value()) {
    SetBlock(draft.recover_block);
    std::vector<Value> values;
    for (const Value cell : draft.result_cells) {
      values.push_back(Load(cell, end, {}));
    }
    Emit(Op::kReturn, nullptr, end, {}, values);
  }
  draft.RemoveUnreachable();
  if (!context_.options.is_naive) {
    context_.lifter.Run(draft);
  }
  draft.Freeze(function_);
  // With what is within it: a loop's body is right or wrong with the function
  // that it registers deferred calls on.
  if (context_.options.verify && outer_ == nullptr) {
    const std::vector<std::string> violations = Verify(function_);
    GDLINT_ASSERT(violations.empty());
  }
}

bool FunctionBuilder::HasDefers(ast::Ref<ast::BlockStmt> body) const {
  DeferPlaces& known = context_.defer_places;
  if (known.unit != unit_) {
    known.unit = unit_;
    known.places.clear();
    for (const ast::DeferStmt& stmt : tree().All<ast::DeferStmt>()) {
      known.places.push_back(stmt.pos);
    }
    std::ranges::sort(known.places);
  }
  const ast::BlockStmt& block = tree().Get(body);
  const auto first = std::ranges::lower_bound(known.places, block.lbrace);
  if (first == known.places.end() || *first > block.rbrace) {
    return false;
  }
  // There is one, but perhaps only in a literal.
  std::vector<ast::NodeId> left = {body};
  while (!left.empty()) {
    const ast::NodeId id = left.back();
    left.pop_back();
    if (id.kind() == ast::NodeKind::kDeferStmt) {
      return true;
    }
    if (id.kind() != ast::NodeKind::kFuncLit) {
      ast::ForEachChild(tree(), id,
                        [&](ast::NodeId child) { left.push_back(child); });
    }
  }
  return false;
}

Value FunctionBuilder::Closure(std::unique_ptr<Function> child,
                               const FunctionBuilder& nested, source::Pos pos,
                               ast::NodeId node) {
  const types::Signature* const signature = child->signature();
  const Value function = draft_->ChildOf(child.get(), signature);
  draft_->children.push_back(std::move(child));
  if (nested.captures_.empty()) {
    return function;
  }
  std::vector<Value> operands = {function};
  operands.insert(operands.end(), nested.captures_.begin(),
                  nested.captures_.end());
  return Emit(Op::kMakeClosure, signature, pos, node, operands);
}

Value FunctionBuilder::Emit(Op op, const types::Type* type, source::Pos pos,
                            ast::NodeId node,
                            std::initializer_list<Value> operands,
                            uint8_t detail, uint32_t aux) {
  return Emit(op, type, pos, node, std::span(operands.begin(), operands.size()),
              detail, aux);
}

Value FunctionBuilder::Emit(Op op, const types::Type* type, source::Pos pos,
                            ast::NodeId node, std::span<const Value> operands,
                            uint8_t detail, uint32_t aux) {
  if (draft_->IsTerminated(block_)) {
    SetBlock(NewBlock());
  }
  return draft_->Append(block_,
                        {.op = op,
                         .detail = detail,
                         .block = block_,
                         .pos = pos,
                         .node = node,
                         .aux = aux,
                         .type = type},
                        operands);
}

void FunctionBuilder::Jump(BlockId to, source::Pos pos) {
  Emit(Op::kJump, nullptr, pos, {}, {});
  draft_->AddEdge(block_, to);
}

void FunctionBuilder::If(Value condition, BlockId then, BlockId otherwise,
                         source::Pos pos, ast::NodeId node) {
  Emit(Op::kIf, nullptr, pos, node, {condition});
  draft_->AddEdge(block_, then);
  draft_->AddEdge(block_, otherwise);
}

Value FunctionBuilder::AddLocal(const types::Var* var, source::Pos pos) {
  const Value address = Emit(Op::kAlloc, types().PointerTo(Subst(var->type)),
                             pos, {}, {}, 0, draft_->VarIndex(var));
  addresses_[var] = address;
  return address;
}

Value FunctionBuilder::AddTemp(const types::Type* type, source::Pos pos,
                               ast::NodeId node) {
  return Emit(Op::kAlloc, types().PointerTo(type), pos, node, {});
}

Value FunctionBuilder::VarAddress(const types::Var* var, bool escapes) {
  GDLINT_ASSERT(var != nullptr && var->type != nullptr);
  if (var->var_kind == types::VarKind::kPackageVar) {
    return draft_->GlobalOf(var, types().PointerTo(var->type));
  }
  const auto known = addresses_.find(var);
  if (known != addresses_.end()) {
    if (escapes && known->second.is_inst()) {
      draft_->inst(known->second.inst()).detail = kEscapes;
    }
    return known->second;
  }
  GDLINT_ASSERT(outer_ != nullptr);
  const Value address = AddCapture(var, outer_->VarAddress(var, true));
  addresses_[var] = address;
  return address;
}

Value FunctionBuilder::AddCapture(const types::Var* var, Value captured) {
  captures_.push_back(captured);
  return draft_->AddFreeVar({var, outer_->draft_->TypeOf(captured)});
}

Value FunctionBuilder::CaptureTemp(FunctionBuilder& owner, Value alloc) {
  if (&owner == this) {
    draft_->inst(alloc.inst()).detail = kEscapes;
    return alloc;
  }
  for (const CapturedTemp& known : captured_temps_) {
    if (known.owner == &owner && known.alloc == alloc) {
      return known.address;
    }
  }
  GDLINT_ASSERT(outer_ != nullptr);
  const Value address = AddCapture(nullptr, outer_->CaptureTemp(owner, alloc));
  captured_temps_.push_back({&owner, alloc, address});
  return address;
}

Value FunctionBuilder::Load(Value address, source::Pos pos, ast::NodeId node) {
  const types::Pointer* const pointer =
      types::UnderAs<types::Pointer>(draft_->TypeOf(address));
  return Emit(Op::kLoad, pointer->elem, pos, node, {address});
}

void FunctionBuilder::Store(Value address, Value value, source::Pos pos,
                            ast::NodeId node) {
  Emit(Op::kStore, nullptr, pos, node, {address, value});
}

Value FunctionBuilder::IntConst(int64_t value) {
  return draft_->ConstOf(types::Typ(types::BasicKind::kInt),
                         types::constant::MakeInt64(value));
}

Value FunctionBuilder::BoolConst(bool value) {
  return draft_->ConstOf(types::Typ(types::BasicKind::kBool),
                         types::constant::MakeBool(value));
}

}  // namespace gdlint::ssa
