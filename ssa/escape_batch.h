// Makes the escape graph of functions that call each other. Internal to
// heap_results.cpp and escape_*.cpp.

#pragma once

#include <cstddef>
#include <cstdint>
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
  // Of the literal that a call of `func` returns, if that is all it does.
  virtual const ParamLeaks* OfReturnedLiteral(const types::Func* func) = 0;
};

// A type whose values contain pointers, as far as syntax knows: a type
// parameter does.
bool HasPointers(const types::Type* type);
// A value of it is the data word of an interface.
bool IsPointerShaped(const types::Type* type);
// Of a type parameter: the first of its types, or null.
const types::Type* CoreOf(const types::Type* type);
// A method of an interface or of a type parameter: which function that is turns
// out when it is called.
bool IsDynamicMethod(const types::Selection& selection);
// The function that a call names, or null: a declared function or method.
const types::Func* StaticFunc(const types::Unit& unit, ast::ExprId callee);
// The literal that is all that a function returns, or none.
ast::Ref<ast::FuncLit> ReturnedLiteral(const FunctionBody& body);

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
  // Of a literal in an added function; nothing if it is not compiled.
  std::optional<ParamLeaks> LeaksOf(const types::Unit& unit,
                                    ast::NodeId literal) const;
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
    ast::ExprId value;
    bool is_reassigned = false;
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
    std::vector<const types::Var*> captured;
  };
  // What a call calls.
  struct Callee {
    const types::Func* func = nullptr;
    // Of the batch: its parameters and results are in the graph.
    EscapeFunction* function = nullptr;
    // From outside; may be null.
    const ParamLeaks* leaks = nullptr;
    bool is_known = false;
  };
  struct Pending {
    const types::Func* func = nullptr;
    FunctionBody body;
    ast::Ref<ast::FuncLit> literal;
  };

  static bool HasHeapResult(const EscapeFunction& function);
  static ParamLeaks LeaksOf(const EscapeFunction& function);

  // ---- escape_batch.cpp: frames, variables, closures.
  void AddVars(EscapeFunction& function, std::span<types::Var* const> vars,
               size_t result_count, bool has_unnamed_receiver);
  void WalkFunction(const Pending& pending);
  void WalkBody(Frame& frame, ast::Ref<ast::BlockStmt> body);
  void CollectDefinitions(ast::NodeId root);
  void CollectCaptured(ast::NodeId id, std::vector<const types::Var*>& found,
                       std::unordered_set<const types::Var*>& seen);
  void Captures(Hole closure, const std::vector<const types::Var*>& captured);
  Location* LocationOf(const types::Var* var);
  Location* Declare(const types::Var* var);
  Location* NewTemp();
  Hole Spill(Hole hole);
  Hole Tee(std::span<const Hole> holes);
  const types::Var* LocalVar(ast::ExprId expr) const;
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
            Location* deferred);
  void Conversion(Hole hole, const ast::CallExpr& call);
  void BuiltinCall(std::span<const Hole> results, const ast::CallExpr& call,
                   types::BuiltinId id, Location* deferred);
  Callee CalleeOf(ast::ExprId fun);
  Callee CalleeOfFunc(const types::Func* func);
  Hole ParamHole(const Callee& callee, size_t index,
                 std::span<const Hole> results);
  void Arguments(const ast::CallExpr& call, const Callee& callee,
                 std::span<const Hole> results, size_t first_param,
                 Location* deferred);
  // An argument; of a go or defer statement it is copied to the closure that
  // makes the call.
  void Argument(Hole hole, ast::ExprId expr, const types::Type* to,
                Location* deferred);

  CalleeLeaks& callees_;
  EscapeGraph graph_;
  std::vector<Pending> pending_;
  std::unordered_map<const types::Func*, EscapeFunction*> functions_;
  std::unordered_map<LiteralKey, EscapeFunction*, LiteralHash> literals_;
  std::unordered_map<const types::Var*, Location*> locations_;
  std::unordered_map<const types::Var*, Definition> definitions_;
  std::vector<Closure> closures_;

  // Of the function that is walked.
  const types::Unit* unit_ = nullptr;
  const ast::Tree* tree_ = nullptr;
  const types::Info* info_ = nullptr;
  std::optional<KeptSyntax> kept_;
  Frame* frame_ = nullptr;
};

}  // namespace gdlint::ssa
