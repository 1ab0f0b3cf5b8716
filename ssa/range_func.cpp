// `for` statements that range over a function.
//
// The body becomes a function of its own, which the iterator calls. Its
// variables of bookkeeping, their values and the order of checks are those of
// gc's rewriting, since they decide what a misbehaving iterator brings about:
// a state for each loop, and for all loops of one nest a number that says what
// is to be done when the iterators have returned.

#include <algorithm>

#include "ssa/stmt_state.h"
#include "types/universe.h"

namespace gdlint::ssa {

using lexer::TokenKind;

int64_t RangeFuncNest::NumberOf(const Exit& exit) {
  const auto found = std::ranges::find(exits, exit);
  const int64_t index = found - exits.begin();
  if (found == exits.end()) {
    exits.push_back(exit);
  }
  return kReturn - 1 - index;
}

bool RangeFuncLoop::Contains(const ast::Tree& tree,
                             const types::Object& labelled) const {
  const ast::BlockStmt& body = tree.Get(stmt->body);
  return body.lbrace < labelled.place.pos && labelled.place.pos < body.rbrace;
}

void FunctionBuilder::RangeOverFunc(ast::Ref<ast::RangeStmt> range,
                                    const types::Object* label,
                                    const types::Signature* iterator) {
  const ast::RangeStmt& stmt = tree().Get(range);
  const source::Pos pos = stmt.pos;
  RangeFuncNest own_nest;
  RangeFuncLoop loop;
  loop.label = label;
  loop.stmt = &stmt;
  loop.owner = this;
  loop.outer = stmts_->loop;
  BlockId begin;
  if (loop.outer != nullptr) {
    loop.nest = loop.outer->nest;
    loop.depth = loop.outer->depth + 1;
  } else {
    loop.nest = &own_nest;
    own_nest.root = this;
    own_nest.setup = NewBlock();
    Jump(own_nest.setup, pos);
    begin = NewBlock();
    SetBlock(begin);
  }

  loop.state = AddTemp(types::Typ(types::BasicKind::kInt), pos, range);
  SetState(loop, RangeState::kReady, pos, range);
  const types::Type* const param = iterator->params->params[0].type;
  const Value body =
      RangeFuncBody(loop, range, types::As<types::Signature>(CoreOf(param)));
  Ahead(stmt.x, false);
  CallParts parts;
  parts.operands = {Late(stmt.x), Assigned(body, param, pos, range)};
  parts.mode = parts.operands[0].kind() == Value::Kind::kFunction
                   ? CallMode::kStatic
                   : CallMode::kDynamic;
  parts.type = types().TupleOf({});
  parts.pos = pos;
  EmitCall(parts, range);
  AfterRangeFunc(
      loop, stmt.body.has_value() ? tree().Get(stmt.body).rbrace : pos, range);

  if (loop.outer == nullptr) {
    const BlockId after = block_;
    SetBlock(own_nest.setup);
    Jump(begin, pos);
    SetBlock(after);
  }
}

Value FunctionBuilder::RangeFuncBody(RangeFuncLoop& loop,
                                     ast::Ref<ast::RangeStmt> range,
                                     const types::Signature* yield) {
  const ast::RangeStmt& stmt = *loop.stmt;
  auto function = std::make_unique<Function>();
  FunctionBuilder body(context_, this, *function);
  body.stmts_->loop = &loop;
  const bool is_definition = stmt.op == TokenKind::kDefine;
  const ast::ExprId lhs[] = {stmt.key, stmt.value};
  std::vector<Param> params;
  for (size_t i = 0; i < yield->params->params.size(); ++i) {
    Param param{nullptr, yield->params->params[i].type};
    if (is_definition && lhs[i].has_value()) {
      param.var = types::TryAs<types::Var>(info().DefinedObject(
          ast::Ref<ast::Ident>::FromNode(Unparen(lhs[i]))));
    }
    params.push_back(param);
  }
  const Param result = {nullptr, types::Typ(types::BasicKind::kBool)};
  body.Begin(FunctionKind::kRangeBody, yield, params, {&result, 1}, range,
             stmt.pos, false);
  body.LowerRangeFuncBody(loop, range, params.size());
  const source::Pos end = tree().Get(stmt.body).rbrace;
  body.LeaveBody(RangeState::kReady, true, end, range);
  body.Finish(end);
  return Closure(std::move(function), body, stmt.pos, range);
}

void FunctionBuilder::LowerRangeFuncBody(RangeFuncLoop& loop,
                                         ast::Ref<ast::RangeStmt> range,
                                         size_t param_count) {
  const ast::RangeStmt& stmt = *loop.stmt;
  // gc assigns to existing variables before it looks at the state.
  if (stmt.op == TokenKind::kAssign) {
    const ast::ExprId lhs[] = {stmt.key, stmt.value};
    for (uint32_t i = 0; i < param_count && i < 2; ++i) {
      if (lhs[i].has_value()) {
        Ahead(lhs[i], true);
        const Value value(Value::Kind::kParam, i);
        StoreAll({&lhs[i], 1}, {&value, 1}, false, stmt.pos, range);
      }
    }
  }
  const Value state = Load(AddressIn(*loop.owner, loop.state), stmt.pos, range);
  SetState(loop, RangeState::kPanic, stmt.pos, range);
  const auto is_state = [&](RangeState expected) {
    return Compare(TokenKind::kEql, state,
                   IntConst(static_cast<int64_t>(expected)), stmt.pos, range);
  };
  const BlockId ready = NewBlock();
  const BlockId not_ready = NewBlock();
  const BlockId done = NewBlock();
  const BlockId not_done = NewBlock();
  const BlockId panicked = NewBlock();
  const BlockId exhausted = NewBlock();
  If(is_state(RangeState::kReady), ready, not_ready, stmt.pos, range);
  SetBlock(not_ready);
  If(is_state(RangeState::kDone), done, not_done, stmt.pos, range);
  SetBlock(done);
  PanicOfRange(RangeState::kDone, stmt.pos, range);
  SetBlock(not_done);
  If(is_state(RangeState::kPanic), panicked, exhausted, stmt.pos, range);
  SetBlock(panicked);
  PanicOfRange(RangeState::kPanic, stmt.pos, range);
  SetBlock(exhausted);
  PanicOfRange(RangeState::kExhausted, stmt.pos, range);
  SetBlock(ready);
  Body(stmt.body);
}

void FunctionBuilder::PanicOfRange(RangeState state, source::Pos pos,
                                   ast::NodeId node) {
  Emit(Op::kRangePanic, nullptr, pos, node, {}, static_cast<uint8_t>(state));
}

void FunctionBuilder::SetState(const RangeFuncLoop& loop, RangeState state,
                               source::Pos pos, ast::NodeId node) {
  Store(AddressIn(*loop.owner, loop.state),
        IntConst(static_cast<int64_t>(state)), pos, node);
}

Value FunctionBuilder::AddressIn(FunctionBuilder& owner, Value alloc) {
  if (&owner == this) {
    return alloc;
  }
  const uint32_t var = owner.draft_->inst(alloc.inst()).aux;
  if (var != kNoAux) {
    return VarAddress(owner.draft_->tables().vars[var], false);
  }
  return CaptureTemp(owner, alloc);
}

Value FunctionBuilder::SetupTemp(RangeFuncNest& nest, const types::Type* type,
                                 source::Pos pos, ast::NodeId node) {
  FunctionBuilder& root = *nest.root;
  const BlockId here = root.block_;
  root.SetBlock(nest.setup);
  const Value alloc = root.AddTemp(type, pos, node);
  root.SetBlock(here);
  return alloc;
}

Value FunctionBuilder::NextAddress(RangeFuncNest& nest, source::Pos pos,
                                   ast::NodeId node) {
  if (!nest.next.has_value()) {
    nest.next = SetupTemp(nest, types::Typ(types::BasicKind::kInt), pos, node);
  }
  return AddressIn(*nest.root, nest.next);
}

Value FunctionBuilder::DeferStackHere(source::Pos pos, ast::NodeId node) {
  RangeFuncNest& nest = *stmts_->loop->nest;
  const types::Type* const type = types::Typ(types::BasicKind::kUnsafePointer);
  if (!nest.defers.has_value()) {
    nest.defers = SetupTemp(nest, type, pos, node);
    FunctionBuilder& root = *nest.root;
    const BlockId here = root.block_;
    root.SetBlock(nest.setup);
    root.Store(nest.defers, root.Emit(Op::kDeferStack, type, pos, node, {}),
               pos, node);
    root.SetBlock(here);
  }
  return Load(AddressIn(*nest.root, nest.defers), pos, node);
}

void FunctionBuilder::LeaveBody(RangeState state, bool goes_on, source::Pos pos,
                                ast::NodeId node) {
  SetState(*stmts_->loop, state, pos, node);
  Emit(Op::kReturn, nullptr, pos, node, {BoolConst(goes_on)});
}

void FunctionBuilder::LeaveLoops(int64_t next, source::Pos pos,
                                 ast::NodeId node) {
  Store(NextAddress(*stmts_->loop->nest, pos, node), IntConst(next), pos, node);
  LeaveBody(RangeState::kDone, false, pos, node);
}

void FunctionBuilder::BranchOutOfBody(TokenKind keyword,
                                      const types::Object* label,
                                      source::Pos pos, ast::NodeId node) {
  RangeFuncLoop* const innermost = stmts_->loop;
  RangeFuncLoop* target = innermost;
  if (keyword == TokenKind::kGoto) {
    target = nullptr;
  } else if (label != nullptr) {
    while (target != nullptr && target->label != label) {
      target = target->outer;
    }
  }
  if (target == innermost) {
    const bool goes_on = keyword == TokenKind::kContinue;
    LeaveBody(goes_on ? RangeState::kReady : RangeState::kDone, goes_on, pos,
              node);
    return;
  }
  if (target == nullptr) {
    // The label is in the body of a loop further out, or in no loop's body. The
    // code after the loop just within that goes there.
    const RangeFuncNest::Exit exit = {keyword, label};
    RangeFuncLoop* last = innermost;
    while (last->outer != nullptr && !last->outer->Contains(tree(), *label)) {
      last->checks_return = true;
      last = last->outer;
    }
    if (std::ranges::find(last->checks_exits, exit) ==
        last->checks_exits.end()) {
      last->checks_exits.push_back(exit);
    }
    LeaveLoops(innermost->nest->NumberOf(exit), pos, node);
    return;
  }
  // Code after a loop goes on with the next element of the one around it, or
  // leaves that.
  RangeFuncLoop* within = innermost;
  for (; within->outer != target; within = within->outer) {
    within->checks_break = true;
  }
  if (keyword == TokenKind::kContinue) {
    within->checks_continue = true;
    LeaveLoops(target->ContinueNumber(), pos, node);
  } else {
    within->checks_break = true;
    target->checks_break = true;
    LeaveLoops(target->BreakNumber(), pos, node);
  }
}

void FunctionBuilder::ReturnOutOfBody(std::span<const Value> values,
                                      source::Pos pos, ast::NodeId node) {
  RangeFuncNest& nest = *stmts_->loop->nest;
  FunctionBuilder& root = *nest.root;
  const Draft& outermost = *root.draft_;
  for (size_t i = 0; i < values.size(); ++i) {
    Value cell = outermost.result_cells[i];
    if (!cell.has_value()) {
      nest.results.resize(values.size());
      if (!nest.results[i].has_value()) {
        nest.results[i] = SetupTemp(nest, outermost.result_types[i], pos, node);
      }
      cell = nest.results[i];
    }
    Store(AddressIn(root, cell), values[i], pos, node);
  }
  for (RangeFuncLoop* loop = stmts_->loop; loop != nullptr;
       loop = loop->outer) {
    loop->checks_return = true;
  }
  LeaveLoops(RangeFuncNest::kReturn, pos, node);
}

void FunctionBuilder::AfterRangeFunc(RangeFuncLoop& loop, source::Pos pos,
                                     ast::NodeId node) {
  RangeFuncNest& nest = *loop.nest;
  const BlockId missed = NewBlock();
  const BlockId exhausted = NewBlock();
  If(Compare(TokenKind::kEql, Load(loop.state, pos, node),
             IntConst(static_cast<int64_t>(RangeState::kPanic)), pos, node),
     missed, exhausted, pos, node);
  SetBlock(missed);
  PanicOfRange(RangeState::kMissedPanic, pos, node);
  SetBlock(exhausted);
  SetState(loop, RangeState::kExhausted, pos, node);
  if (!loop.ChecksNext() && !nest.next.has_value()) {
    return;
  }

  const Value next = NextAddress(nest, pos, node);
  // `if next op number { then }`; the block of `then` is the current one.
  const auto when = [&](TokenKind op, int64_t number, auto&& then) {
    const BlockId yes = NewBlock();
    const BlockId no = NewBlock();
    If(Compare(op, Load(next, pos, node), IntConst(number), pos, node), yes, no,
       pos, node);
    SetBlock(yes);
    then();
    SetBlock(no);
  };
  const auto clear = [&] { Store(next, IntConst(0), pos, node); };
  for (const RangeFuncNest::Exit& exit : loop.checks_exits) {
    when(TokenKind::kEql, nest.NumberOf(exit), [&] {
      clear();
      Branch(exit.keyword, exit.label, pos, node);
    });
  }
  if (loop.outer == nullptr) {
    if (loop.checks_return) {
      when(TokenKind::kEql, RangeFuncNest::kReturn, [&] {
        std::vector<Value> values;
        for (const Value cell : nest.results) {
          values.push_back(cell.has_value() ? Load(cell, pos, node) : Value());
        }
        EmitReturn(values, pos, node);
      });
    }
    return;
  }
  if (loop.checks_return) {
    when(TokenKind::kLss, 0,
         [&] { LeaveBody(RangeState::kDone, false, pos, node); });
  }
  when(TokenKind::kGtr, loop.outer->BreakNumber(),
       [&] { PanicOfRange(RangeState::kDone, pos, node); });
  if (loop.checks_continue) {
    when(TokenKind::kEql, loop.outer->ContinueNumber(), [&] {
      clear();
      LeaveBody(RangeState::kReady, true, pos, node);
    });
  }
  if (loop.checks_break) {
    when(TokenKind::kEql, loop.outer->BreakNumber(), [&] {
      clear();
      LeaveBody(RangeState::kDone, false, pos, node);
    });
  }
  if (loop.checks_continue || loop.checks_break) {
    when(TokenKind::kGtr, 0,
         [&] { LeaveBody(RangeState::kDone, false, pos, node); });
  }
}

}  // namespace gdlint::ssa
