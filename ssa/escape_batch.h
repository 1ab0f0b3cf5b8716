// Makes the escape graph of functions that call each other. Internal to
// heap_results.cpp and escape_*.cpp.

#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ast/tree.h"
#include "ssa/escape_graph.h"
#include "ssa/heap_results.h"
#include "ssa/kept_syntax.h"
#include "types/package.h"

namespace gdlint::ssa {

// How the parameters of a function leak, the receiver first.
using ParamLeaks = std::vector<Leaks>;

// What is known of functions outside of a batch.
class CalleeLeaks {
 public:
  virtual ~CalleeLeaks() = default;
  // Null if nothing is known: all leaks to the heap.
  virtual const ParamLeaks* Of(const types::Func* func) = 0;
  // Null if calls of `func` are not inlined.
  virtual const FunctionBody* BodyToInline(const types::Func* func) = 0;
};

// A type whose values contain pointers, as far as syntax knows: a type
// parameter does.
bool HasPointers(const types::Type* type);
// Of a type parameter: the first of its types, or null.
const types::Type* CoreOf(const types::Type* type);
// A method of an interface or of a type parameter: which function that is turns
// out when it is called.
bool IsDynamicMethod(const types::Selection& selection);
// The function that a call names, or null: a declared function or method.
const types::Func* StaticFunc(const types::Unit& unit, ast::ExprId callee);
// The value that is all that a function returns, or none.
ast::ExprId OnlyReturned(const types::Unit& unit,
                         ast::Ref<ast::BlockStmt> body);

class EscapeBatch {
 public:
  EscapeBatch(CalleeLeaks& callees, size_t function_count);
  ~EscapeBatch();

  // Before any Walk: functions of the batch.
  void Add(const types::Func* func, const FunctionBody& body);
  // A literal outside of functions.
  void AddLiteral(const types::Unit& unit, ast::Ref<ast::FuncLit> literal);
  // Makes the graph and solves it.
  void Run();

  // Of `func`, which was added.
  ParamLeaks LeaksOf(const types::Func* func) const;
  // Calls `fn(unit, literal)` for each literal whose results lie on the heap,
  // and `fn(func)` for functions.
  template <typename FnOfFunc, typename FnOfLiteral>
  void ForEachHeapResult(const FnOfFunc& of_func,
                         const FnOfLiteral& of_literal) const {
    for (const auto& [func, function] : functions_) {
      if (HasHeapResult(*function)) {
        of_func(func);
      }
    }
    for (const auto& [key, function] : literals_) {
      if (HasHeapResult(*function)) {
        of_literal(key.unit, key.id);
      }
    }
  }

 private:
  // A function that is walked.
  struct Frame;
  // How a variable gets its value, for those assigned once.
  struct Definition {
    // Of the code that has the value.
    const types::Unit* unit = nullptr;
    ast::ExprId value;
    bool is_reassigned = false;
  };
  // An expression that stands for another one.
  struct StaticValue {
    const types::Unit* unit;
    ast::ExprId expr;
  };
  struct LiteralKey {
    const types::Unit* unit;
    ast::NodeId id;
    friend bool operator==(const LiteralKey&, const LiteralKey&) = default;
  };
  struct LiteralHash {
    size_t operator()(const LiteralKey& key) const {
      return std::hash<const void*>()(key.unit) ^ key.id.raw();
    }
  };
  struct Closure {
    Hole hole;
    struct Captured {
      EscapeLocation* location;
      const types::Type* type;
    };
    std::vector<Captured> captured;
  };
  // What a call calls.
  struct Callee {
    const types::Func* func = nullptr;
    // Of the batch, or inlined: its parameters and results are in the graph.
    EscapeFunction* function = nullptr;
    bool is_known = false;
    // What is inlined.
    const FunctionBody* inlined = nullptr;
  };
  struct Pending {
    const types::Func* func = nullptr;
    FunctionBody body;
    ast::Ref<ast::FuncLit> literal;
  };

  static bool HasHeapResult(const EscapeFunction& function);

  // ---- escape_batch.cpp: frames, variables, closures.
  void AddVars(EscapeFunction& function, std::span<types::Var* const> vars,
               size_t result_count, bool has_unnamed_receiver);
  void WalkFunction(const Pending& pending);
  void WalkBody(Frame& frame, ast::Ref<ast::BlockStmt> body);
  void CollectDefinitions(ast::NodeId root);
  // Begins to walk code of `unit`.
  void SetUnit(const types::Unit& unit);
  // Notes what a literal or a range-over-func body refers to outside of it.
  std::vector<Closure::Captured> Capture(
      std::initializer_list<ast::NodeId> parts);
  void CollectCaptured(ast::NodeId id, std::vector<Closure::Captured>& found,
                       std::unordered_set<const types::Var*>& seen);
  void FlowCaptured(const Closure& closure);
  EscapeLocation* LocationOf(const types::Var* var);
  EscapeLocation* Declare(const types::Var* var);
  EscapeLocation* NewTemp();
  Hole Spill(Hole hole);
  Hole Tee(std::span<const Hole> holes);
  static const types::Var* LocalVarOf(const types::Unit& unit,
                                      ast::ExprId expr);
  const types::Var* LocalVar(ast::ExprId expr) const {
    return LocalVarOf(*unit_, expr);
  }
  const types::Type* TypeOf(ast::ExprId expr) const;

  // ---- escape_stmt.cpp.
  void Stmt(ast::NodeId id);
  void StmtList(ast::List<ast::StmtId> list);
  void Part(ast::NodeId id);
  void If(const ast::IfStmt& stmt);
  void For(const ast::ForStmt& stmt);
  void Range(ast::Ref<ast::RangeStmt> ref);
  void RangeFunc(ast::Ref<ast::RangeStmt> ref);
  void Switch(ast::NodeId id);
  void TypeSwitch(const ast::TypeSwitchStmt& stmt);
  void Select(const ast::SelectStmt& stmt);
  void Assign(const ast::AssignStmt& stmt);
  void Declaration(const ast::DeclStmt& stmt);
  void Return(const ast::ReturnStmt& stmt);
  void GoOrDefer(ast::ExprId call, bool is_defer);
  void MarkReassigned(Hole hole);
  // Where a value assigned to `lhs` goes.
  Hole Target(ast::ExprId lhs);
  // The values of `rhs`, one call or as many as holes, to the holes, which take
  // values of these types (null: as they are).
  void Values(std::span<const Hole> holes,
              std::span<const types::Type* const> types,
              ast::ListView<ast::ExprId> rhs);

  // ---- escape_expr.cpp.
  void Expr(Hole hole, ast::ExprId expr);
  void Discard(ast::ExprId expr);
  // As by assignment to a variable of type `to`.
  void ExprAs(Hole hole, ast::ExprId expr, const types::Type* to);
  Hole Converted(Hole hole, const types::Type* from, const types::Type* to);
  void Selector(Hole hole, ast::Ref<ast::SelectorExpr> selector);
  void MethodValue(Hole hole, const ast::SelectorExpr& selector,
                   const types::Selection& selection);
  void Index(Hole hole, const ast::IndexExpr& index);
  void Composite(Hole hole, ast::Ref<ast::CompositeLit> ref);
  void Literal(Hole hole, ast::Ref<ast::FuncLit> ref);
  void Unary(Hole hole, const ast::UnaryExpr& unary);
  void UnsafeValue(Hole hole, ast::ExprId expr);
  // The receiver `x` of a method, from where a value of the receiver's type
  // goes.
  Hole ReceiverHole(Hole hole, const types::Selection& selection) const;

  // ---- escape_call.cpp.
  void Call(std::span<const Hole> results, const ast::CallExpr& call,
            EscapeLocation* deferred);
  void Conversion(Hole hole, const ast::CallExpr& call);
  void BuiltinCall(std::span<const Hole> results, const ast::CallExpr& call,
                   types::BuiltinId id, EscapeLocation* deferred);
  // What an expression stands for: the value of a variable that has only that,
  // what an inlined call or one of a literal returns.
  StaticValue StaticValueOf(ast::ExprId expr);
  // The parameters of what is inlined stand for the arguments.
  void DefineParams(const Callee& callee, const ast::CallExpr& call);
  // A call or a literal in `fun` must be in the graph.
  Callee CalleeOf(ast::ExprId fun);
  // Prepares for inlining it, if it is.
  void BeginInline(Callee& callee);
  // Once the arguments are in the graph.
  void EndInline(const Callee& callee);
  Callee CalleeOfFunc(const types::Func* func);
  Hole ParamHole(const Callee& callee, size_t index,
                 std::span<const Hole> results);
  void Arguments(const ast::CallExpr& call, const Callee& callee,
                 std::span<const Hole> results, size_t first_param,
                 EscapeLocation* deferred);
  // An argument; of a go or defer statement it is copied to the closure that
  // makes the call.
  void Argument(Hole hole, ast::ExprId expr, const types::Type* to,
                EscapeLocation* deferred);

  CalleeLeaks& callees_;
  EscapeGraph graph_;
  std::vector<Pending> pending_;
  std::unordered_map<const types::Func*, EscapeFunction*> functions_;
  std::unordered_map<LiteralKey, EscapeFunction*, LiteralHash> literals_;
  std::unordered_map<const types::Var*, EscapeLocation*> locations_;
  std::unordered_map<const types::Var*, Definition> definitions_;
  std::vector<Closure> closures_;
  // In this order, to forget those of inlined functions.
  std::vector<const types::Var*> declared_;
  // Bodies that CollectDefinitions saw.
  std::unordered_set<const FunctionBody*> has_definitions_;
  // Functions that are being inlined.
  std::vector<const types::Func*> inlining_;

  // Of the function that is walked.
  const types::Unit* unit_ = nullptr;
  const ast::Tree* tree_ = nullptr;
  const types::Info* info_ = nullptr;
  std::optional<KeptSyntax> kept_;
  Frame* frame_ = nullptr;
};

}  // namespace gdlint::ssa
