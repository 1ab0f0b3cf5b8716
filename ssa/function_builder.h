// Builds the Draft of one function. Its methods are spread over several files,
// by what they lower: expressions (expr*.cpp, call*.cpp, …) and statements
// (stmt*.cpp, range*.cpp, …). Internal to the stage.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ast/nodes.h"
#include "ast/tree.h"
#include "ssa/build.h"
#include "ssa/draft.h"
#include "ssa/lift.h"
#include "support/small_vector.h"
#include "types/info.h"
#include "types/package.h"
#include "types/substitute.h"
#include "types/type_table.h"

namespace gdlint::ssa {

// Where a value can be stored: what the left side of an assignment is evaluated
// to, before anything is assigned. Null checks and bounds checks happen when it
// is loaded or stored, as gc has it.
struct Location {
  enum class Kind : uint8_t {
    // `_`.
    kBlank,
    // `base` points to it, or to what `steps` lead from.
    kAddress,
    // `base[index]` of a map.
    kMapElement,
  };
  // From a pointer to a struct to its field's address; if `index` is there,
  // from a slice or a pointer to an array to an element's.
  struct Step {
    uint32_t field;
    Value index;
    // Of the field or element.
    const types::Type* type;
    source::Pos pos;
    ast::NodeId node;
  };
  Kind kind = Kind::kBlank;
  Value base;
  Value index;
  SmallVector<Step, 2> steps;
  // Of what is stored.
  const types::Type* type = nullptr;
  source::Pos pos;
  ast::NodeId node;
};

// The operands of a call, evaluated; shared by call, go and defer.
struct CallParts {
  CallMode mode = CallMode::kStatic;
  uint32_t method = kNoAux;
  // Operand 0, then the arguments.
  std::vector<Value> operands;
  // The result's type: a tuple unless there is exactly one.
  const types::Type* type = nullptr;
  source::Pos pos;
};

// Where a unit's tree has defer statements, in order.
struct DeferPlaces {
  const types::Unit* unit = nullptr;
  std::vector<source::Pos> places;
};

// What all function builders of a thread share.
struct BuilderContext {
  types::TypeContext* types = nullptr;
  BuildOptions options;
  // Drafts that nobody uses now: nested functions each need one.
  std::vector<std::unique_ptr<Draft>> free_drafts;
  Lifter lifter;
  // Of the unit that was asked about last.
  DeferPlaces defer_places;
};

class FunctionBuilder {
 public:
  // `outer` is the builder of the enclosing function of a literal or a loop's
  // body, else null; it must stay while this one works.
  FunctionBuilder(BuilderContext& context, FunctionBuilder* outer,
                  Function& function);
  ~FunctionBuilder();

  // Each makes the whole function, lifted and frozen.
  void BuildDeclared(const FunctionSource& source);
  void BuildVarInit(const VarInitSource& source);

 private:
  // ---- function_builder.cpp: variables, blocks, emission.

  const ast::Tree& tree() const { return *unit_->tree; }
  const types::Info& info() const { return unit_->info; }
  types::TypeContext& types() { return *context_.types; }
  // With the type parameters of the instance replaced. Every type that comes
  // from the tree passes through here.
  const types::Type* Subst(const types::Type* type);
  // Of an expression, replaced as above.
  const types::Type* TypeOf(ast::ExprId expr);

  // The frame that all functions with syntax share: declared ones, literals and
  // loop bodies. Begin: what the draft says of the function, its entry block,
  // parameters spilled to Allocs, cells for named results and, if `has_defers`,
  // for all. Names of literals and loop bodies come from outer_'s.
  void Begin(FunctionKind kind, const types::Signature* signature,
             std::span<const Param> params, std::span<const Param> results,
             ast::NodeId syntax, source::Pos pos, bool has_defers);
  // A defer statement is in the body, loop bodies included, literals not.
  bool HasDefers(ast::Ref<ast::BlockStmt> body) const;
  // If control can get to the end, a return; the recover block; lifts and
  // freezes.
  void Finish(source::Pos end);
  // The finished function of `nested`, a builder within this one, becomes a
  // child, and a closure over what it captured (or just a function).
  Value Closure(std::unique_ptr<Function> child, const FunctionBuilder& nested,
                source::Pos pos, ast::NodeId node);

  // Begins to add to a block; Emit after a terminator begins a new block that
  // cannot be reached.
  void SetBlock(BlockId block) { block_ = block; }
  BlockId NewBlock() { return draft_->AddBlock(); }
  Value Emit(Op op, const types::Type* type, source::Pos pos, ast::NodeId node,
             std::initializer_list<Value> operands, uint8_t detail = 0,
             uint32_t aux = kNoAux);
  Value Emit(Op op, const types::Type* type, source::Pos pos, ast::NodeId node,
             std::span<const Value> operands, uint8_t detail = 0,
             uint32_t aux = kNoAux);
  void Jump(BlockId to, source::Pos pos = {});
  void If(Value condition, BlockId then, BlockId otherwise, source::Pos pos,
          ast::NodeId node);

  // A variable of this function: its Alloc, at the current place.
  Value AddLocal(const types::Var* var, source::Pos pos);
  Value AddTemp(const types::Type* type, source::Pos pos, ast::NodeId node);
  // The address of a variable: an Alloc, a free variable (captured here and by
  // all functions between), or a global. `escapes`: the address itself gets
  // out, not only loads and stores.
  Value VarAddress(const types::Var* var, bool escapes);
  // A new free variable, which is `captured` in the enclosing function.
  Value AddCapture(const types::Var* var, Value captured);
  // The same for an Alloc of an enclosing builder that stands for no variable.
  Value CaptureTemp(FunctionBuilder& owner, Value alloc);
  Value Load(Value address, source::Pos pos, ast::NodeId node);
  void Store(Value address, Value value, source::Pos pos, ast::NodeId node);

  Value IntConst(int64_t value);  // Of type int.
  Value BoolConst(bool value);
  Value ZeroOf(const types::Type* type) { return draft_->ZeroOf(type); }

  // ---- Expressions: expr.cpp, operators.cpp, conversion.cpp, address.cpp,
  // composite.cpp, call.cpp, builtin.cpp, selector.cpp, order.cpp.

  // The value of an expression with one value. Constants are Const values of
  // the expression's recorded type.
  Value Expr(ast::ExprId expr);
  // As above, converted as by assignment to `to`.
  Value ExprAs(ast::ExprId expr, const types::Type* to);
  // Several expressions in gc's order of evaluation: calls, receives and what
  // else has effects first, from left to right, then the rest; converted to
  // `to`, if not empty, one by one. A single call with several results gives
  // them all.
  std::vector<Value> ExprList(std::span<const ast::ExprId> exprs,
                              std::span<const types::Type* const> to);
  // Evaluates now what gc evaluates ahead of an expression, from left to right:
  // calls, receives … within it. They go into ahead_, where Expr, Condition and
  // LocationOf find them. `is_target`: the expression itself will only be
  // stored to.
  void Ahead(ast::ExprId expr, bool is_target);
  // Without its value: an expression statement.
  void Effect(ast::ExprId expr);
  // A tuple (value, bool) for `v, ok = e`.
  Value CommaOkExpr(ast::ExprId expr);
  // Branches; `&&`, `||` and `!` without a value of their own.
  void Condition(ast::ExprId expr, BlockId then, BlockId otherwise);
  // The conversion that an assignment to `to` makes: to an interface, from an
  // untyped nil, between named and unnamed types; else the value itself.
  Value Assigned(Value value, const types::Type* to, source::Pos pos,
                 ast::NodeId node);
  // An explicit conversion.
  Value Converted(Value value, const types::Type* to, source::Pos pos,
                  ast::NodeId node);
  Value Binary(lexer::TokenKind op, Value x, Value y, const types::Type* type,
               source::Pos pos, ast::NodeId node);
  // `x == y` with conversion of a mixed comparison: switch cases.
  Value Equal(Value x, Value y, source::Pos pos, ast::NodeId node);
  Value Extract(Value tuple, uint32_t index, source::Pos pos, ast::NodeId node);

  // Evaluates what a location depends on, no more. `saves`: also copies
  // variables that the index or base is read from (parallel assignment).
  Location LocationOf(ast::ExprId expr, bool saves);
  // What was checked is not checked again by a StoreTo.
  Value LoadFrom(Location& location);
  void StoreTo(const Location& location, Value value);
  // `&expr` of an addressable expression or a composite literal: checked now.
  Value AddressOf(ast::ExprId expr, bool escapes);
  // A composite literal written into memory that is zero.
  void CompositeInto(Value address, ast::Ref<ast::CompositeLit> literal);

  // Operands of a call in gc's order; for go and defer as well, where built-ins
  // and conversions are allowed as the language has it.
  CallParts PartsOfCall(ast::Ref<ast::CallExpr> call);
  Value EmitCall(const CallParts& parts, ast::NodeId node);
  // A call of a function that never returns ends the block (exits.h).
  Value CallExpr(ast::Ref<ast::CallExpr> call);
  Value FuncLit(ast::Ref<ast::FuncLit> literal);
  // A function as a value; `type_args` of an instantiation.
  Value FunctionValue(const FunctionKey& key, const types::Signature* type);

  // ---- Within the files of expressions. An expression is lowered in two
  // steps, as gc does it: what Ahead evaluates, then the rest (Late…), which
  // reads variables when all calls are done.

  // A value or the address of one, on the way of a selector.
  struct Reached {
    Value value;
    // Of what is meant: what the address points to.
    const types::Type* type = nullptr;
    bool is_address = false;
  };
  // A method that is called or bound.
  struct Method {
    Reached receiver;
    // Of an interface, or of a type parameter in a function that is lowered for
    // all instances.
    bool is_invoke = false;
    FunctionKey key;
  };

  // Ahead, but for the expression itself. True if that is evaluated ahead, too.
  bool AheadWithin(ast::ExprId expr);
  // Of what becomes a `to` by assignment; null if that is not known.
  void AheadAs(ast::ExprId expr, const types::Type* to);
  void AheadOfCall(ast::Ref<ast::CallExpr> call);
  bool AheadOfBuiltin(const ast::CallExpr& call, types::BuiltinId id);
  void AheadOfLiteral(ast::Ref<ast::CompositeLit> literal);
  void Hoist(ast::ExprId expr);
  void HoistUnlessAddressable(ast::ExprId expr);

  Value Late(ast::ExprId expr);
  Value LateAs(ast::ExprId expr, const types::Type* to);
  // As Late, but evaluates also what belongs into ahead_.
  Value LateNode(ast::ExprId expr);
  Value LateIdent(ast::Ref<ast::Ident> ident);
  Value LateSelector(ast::Ref<ast::SelectorExpr> selector);
  Value LateIndex(ast::Ref<ast::IndexExpr> index, bool comma_ok);
  Value LateSlice(ast::Ref<ast::SliceExpr> slice);
  Value LateTypeAssert(ast::Ref<ast::TypeAssertExpr> assertion, bool comma_ok);
  Value LateUnary(ast::Ref<ast::UnaryExpr> unary, bool comma_ok);
  Value LateBinary(ast::Ref<ast::BinaryExpr> binary);
  Value LateConversion(ast::Ref<ast::CallExpr> call);
  Value LateBuiltin(ast::Ref<ast::CallExpr> call, types::BuiltinId id);
  CallParts LatePartsOfCall(ast::Ref<ast::CallExpr> call);
  CallParts LatePartsOfBuiltin(ast::Ref<ast::CallExpr> call,
                               types::BuiltinId id);
  void AppendResults(std::vector<Value> values, types::BuiltinId id,
                     ast::NodeId node, CallParts& parts);
  Value LateCall(ast::Ref<ast::CallExpr> call);
  Value LateLiteral(ast::Ref<ast::CompositeLit> literal);
  void LateLiteralInto(Value address, ast::Ref<ast::CompositeLit> literal);
  Value LateAddress(ast::ExprId expr, bool escapes);
  Location LateLocation(ast::ExprId expr);

  // `&&` and `||` as values, and maps with elements that are not constant:
  // all in order.
  Value Logical(ast::Ref<ast::BinaryExpr> binary);
  Value MapLiteral(ast::Ref<ast::CompositeLit> literal);
  // `type` is the slice's: of a literal with `&T` left out that is not its own.
  Value SliceLiteral(ast::Ref<ast::CompositeLit> literal,
                     const types::Type* type);
  Value NewLiteral(ast::Ref<ast::CompositeLit> literal,
                   const types::Pointer* type);

  // Operands of calls, converted to the parameters; what is variadic is packed.
  void AppendArguments(const ast::CallExpr& call,
                       const types::Signature* signature,
                       std::vector<Value>& operands);
  // Its elements are the arguments from `first`, or `values` if not null.
  Value PackVariadic(std::span<const ast::ExprId> exprs,
                     std::span<const Value> values, const types::Type* slice,
                     source::Pos pos, ast::NodeId node);
  // The results of a call.
  std::vector<Value> Components(Value tuple, source::Pos pos, ast::NodeId node);

  Reached Reach(ast::ExprId expr, bool escapes);
  void StepTo(Reached& at, uint32_t field, source::Pos pos, ast::NodeId node);
  Value LoadReached(const Reached& at, source::Pos pos, ast::NodeId node);
  Method MethodOf(ast::Ref<ast::SelectorExpr> selector,
                  const types::Selection& selection);
  // Its receiver, as the method wants it.
  Value ReceiverOf(const Method& method, source::Pos pos, ast::NodeId node);
  Value BoundMethod(ast::Ref<ast::SelectorExpr> selector,
                    const types::Selection& selection);
  // The function that an identifier denotes, perhaps an instance.
  FunctionKey KeyOf(ast::Ref<ast::Ident> ident, const types::Func* func);
  // The identifier of a function that is used as such, perhaps with type
  // arguments; none for other expressions.
  ast::Ref<ast::Ident> FunctionIdent(ast::ExprId expr);
  std::span<const types::Type* const> SubstList(
      std::span<const types::Type* const> list);

  void FollowSteps(Location& location);
  // The element that a slice, array, string or pointer to an array has.
  Value ElementAddress(Value base, Value index, const types::Type* elem,
                       source::Pos pos, ast::NodeId node);
  Value FieldAddress(Value base, uint32_t field, const types::Type* type,
                     source::Pos pos, ast::NodeId node);
  // `*pointer`, of known type.
  Value LoadAs(const types::Type* type, Value pointer, source::Pos pos,
               ast::NodeId node);
  // The underlying type, of a type parameter the common one of its types (null
  // if there is none).
  const types::Type* CoreOf(const types::Type* type);
  // The value of a constant, if it is one.
  const Const* ConstantOf(Value value) const;
  // Of a type with constants.
  Value ConstantAs(const types::Type* type, types::Value value);
  ast::ExprId Unparen(ast::ExprId expr) const;
  source::Pos PosOf(ast::NodeId node) const;
  bool IsTypeExpr(ast::ExprId expr) const {
    return info().TypeOf(expr).is_type();
  }
  void BuildLiteral(ast::Ref<ast::FuncLit> literal);

  // ---- Statements: stmt.cpp, assign.cpp, branch.cpp, loop.cpp, switch.cpp,
  // select.cpp, range.cpp, range_func.cpp, defer.cpp, return.cpp.

  void Body(ast::Ref<ast::BlockStmt> body);
  void Stmt(ast::StmtId stmt);
  void StmtList(ast::List<ast::StmtId> stmts);
  void If(const ast::IfStmt& stmt, ast::StmtId id);
  void Send(const ast::SendStmt& stmt, ast::StmtId id);
  void Declare(const ast::ValueSpec& spec);
  // Package-level `var lhs… = rhs`; null for `_`.
  void InitGlobals(std::span<const types::Var* const> lhs, ast::ExprId rhs);
  // Of type bool; both integers.
  Value Compare(lexer::TokenKind op, Value x, Value y, source::Pos pos,
                ast::NodeId node);
  Value BuiltinCall(types::BuiltinId builtin, Value operand,
                    const types::Type* type, source::Pos pos, ast::NodeId node);

  void Assign(const ast::AssignStmt& stmt, ast::StmtId id);
  void AssignOne(ast::ExprId lhs, ast::ExprId rhs, bool is_definition);
  void AssignParallel(std::span<const ast::ExprId> lhs,
                      std::span<const ast::ExprId> rhs, bool is_definition);
  // From one expression: a call, or a comma-ok form.
  void AssignTuple(std::span<const ast::ExprId> lhs, ast::ExprId rhs,
                   bool is_definition);
  // `lhs op= rhs`; without `rhs`, 1.
  void AssignOp(ast::ExprId lhs, lexer::TokenKind op, ast::ExprId rhs,
                source::Pos pos, ast::StmtId id);
  // A tuple: of a call, or of a comma-ok form.
  Value TupleOf(ast::ExprId expr);
  // Null for `_`, unless it is declared with a type.
  const types::Type* TypeOfTarget(ast::ExprId lhs, bool is_definition);
  // In statements that assign, declare or receive: `v` becomes a new variable
  // if the identifier is a definition.
  Location TargetOf(ast::ExprId lhs, bool is_definition);
  // `lhs = literal`, in place, where that can be done.
  bool InitInPlace(const types::Var* var, ast::ExprId rhs);
  void StoreAssigned(const Location& location, Value value, source::Pos pos,
                     ast::NodeId node);
  // Values to targets that are evaluated first, all of them.
  void StoreAll(std::span<const ast::ExprId> lhs, std::span<const Value> values,
                bool is_definition, source::Pos pos, ast::NodeId node);

  BlockId LabelBlock(const types::Object* label);
  void Labeled(const ast::LabeledStmt& stmt);
  void Branch(lexer::TokenKind keyword, const types::Object* label,
              source::Pos pos, ast::NodeId node);

  void For(const ast::ForStmt& stmt, ast::StmtId id);
  struct LoopVars;
  bool MayLeakVariables(ast::NodeId post);

  void Switch(const ast::SwitchStmt& stmt, ast::StmtId id);
  void TypeSwitch(const ast::TypeSwitchStmt& stmt, ast::StmtId id);
  // Tests for a type, or nil; gives `x` with that type.
  Value TypeCase(Value x, ast::ExprId type_expr, BlockId body, BlockId next);
  void CaseBody(const ast::CaseClause& clause, BlockId done);

  void Select(const ast::SelectStmt& stmt, ast::StmtId id);
  struct CommCase;
  CommCase CommOf(ast::Ref<ast::CommClause> clause);
  // The only case, without a default: an ordinary send or receive.
  void SelectOne(const CommCase& comm, BlockId done);
  void SelectSome(std::span<CommCase> cases, const CommCase* otherwise,
                  source::Pos pos, BlockId done, ast::StmtId id);
  // `tuple` has the received value at `index` and the flag at `ok_index`.
  void CommBody(const CommCase& comm, Value tuple, uint32_t index,
                uint32_t ok_index, BlockId done);

  void Range(ast::Ref<ast::RangeStmt> range);
  struct RangeLoop;
  bool HasCallOrReceive(ast::NodeId expr) const;
  void RangeInt(RangeLoop& loop, const types::Type* type);
  void RangeElements(RangeLoop& loop, const types::Type* core);
  void RangeIterator(RangeLoop& loop, const types::Type* core);
  void RangeChan(RangeLoop& loop, const types::Chan* chan);
  void EnterLoop(RangeLoop& loop, bool has_step);
  void Iterate(RangeLoop& loop, Value key, Value value);
  void Count(RangeLoop& loop, Value index, Value count);
  void CountOn(RangeLoop& loop, Value index, const types::Type* type);

  void RangeOverFunc(ast::Ref<ast::RangeStmt> range, const types::Object* label,
                     const types::Signature* iterator);
  // The closure over the loop's body.
  Value RangeFuncBody(struct RangeFuncLoop& loop,
                      ast::Ref<ast::RangeStmt> range,
                      const types::Signature* yield);
  // In the builder of the body.
  void LowerRangeFuncBody(struct RangeFuncLoop& loop,
                          ast::Ref<ast::RangeStmt> range, size_t param_count);
  void PanicOfRange(RangeState state, source::Pos pos, ast::NodeId node);
  void SetState(const struct RangeFuncLoop& loop, RangeState state,
                source::Pos pos, ast::NodeId node);
  void AfterRangeFunc(struct RangeFuncLoop& loop, source::Pos pos,
                      ast::NodeId node);
  // In a loop's body: leaves it.
  void LeaveBody(RangeState state, bool goes_on, source::Pos pos,
                 ast::NodeId node);
  void LeaveLoops(int64_t next, source::Pos pos, ast::NodeId node);
  void BranchOutOfBody(lexer::TokenKind keyword, const types::Object* label,
                       source::Pos pos, ast::NodeId node);
  void ReturnOutOfBody(std::span<const Value> values, source::Pos pos,
                       ast::NodeId node);
  // The address here of an Alloc of `owner`.
  Value AddressIn(FunctionBuilder& owner, Value alloc);
  // The Alloc, in the setup block of the loops that this is in.
  Value SetupTemp(struct RangeFuncNest& nest, const types::Type* type,
                  source::Pos pos, ast::NodeId node);
  Value NextAddress(struct RangeFuncNest& nest, source::Pos pos,
                    ast::NodeId node);
  Value DeferStackHere(source::Pos pos, ast::NodeId node);

  void Return(const ast::ReturnStmt& stmt, ast::StmtId id);
  std::vector<Value> ReturnValues(ast::List<ast::ExprId> exprs,
                                  std::span<const types::Type* const> types);
  // RunDefers if needed, then Return of the results' cells or of `values`.
  void EmitReturn(std::span<const Value> values, source::Pos pos,
                  ast::NodeId node);
  void GoOrDefer(Op op, ast::ExprId call, source::Pos pos, ast::StmtId id);

  // What the statement builders keep (targets of break, continue, goto, the
  // states of range-over-func loops) lies in this, in stmt_state.h.
  struct StmtState;

  BuilderContext& context_;
  FunctionBuilder* outer_;
  Function& function_;
  std::unique_ptr<Draft> draft_;
  const types::Package* package_ = nullptr;
  const types::Unit* unit_ = nullptr;
  types::Substitution substitution_;
  BlockId block_;
  bool has_defers_ = false;
  // Of a nested function: what each of its free variables is bound to, values
  // of outer_.
  std::vector<Value> captures_;
  // Of the maps below: what most functions need, then of the heap.
  std::array<std::byte, 2048> few_;
  std::pmr::monotonic_buffer_resource memory_{few_.data(), few_.size()};
  // Addresses of the variables declared here, and of those captured.
  std::pmr::unordered_map<const types::Var*, Value> addresses_{&memory_};
  // Values that were evaluated ahead of their expression (order.cpp).
  std::pmr::unordered_map<uint32_t, Value> ahead_{&memory_};
  // Of CaptureTemp: what an Alloc of an enclosing builder is here.
  struct CapturedTemp {
    const FunctionBuilder* owner;
    Value alloc;
    Value address;
  };
  std::vector<CapturedTemp> captured_temps_;
  // For names of children.
  uint32_t literal_count_ = 0;
  uint32_t range_body_count_ = 0;
  std::unique_ptr<StmtState> stmts_;
};

}  // namespace gdlint::ssa
