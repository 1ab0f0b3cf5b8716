// The type checker itself: what its .cpp files share. Internal to types/.
//
// One Checker checks the declarations of a package (CheckApi) or bodies of
// functions, one after the other (BodyChecker). It writes to the units it
// checks, to the objects that it declares, and to itself; never to objects of a
// frozen package.
//
// Method names are those of go/types, so that the two can be read side by
// side. An Operand that comes out with Mode::kInvalid has been reported.

#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "ast/nodes.h"
#include "ast/tree.h"
#include "support/small_vector.h"
#include "types/check_package.h"
#include "types/constant.h"
#include "types/declaration.h"
#include "types/info.h"
#include "types/lookup.h"
#include "types/object.h"
#include "types/operand.h"
#include "types/package.h"
#include "types/predicates.h"
#include "types/scope.h"
#include "types/type.h"
#include "types/type_string.h"
#include "types/type_table.h"
#include "types/universe.h"

namespace gdlint::types {

enum class Code : uint16_t {
#define TYPE_CODE(Name, Text) k##Name,
#include "types/codes.def"
};

// Where an error is.
struct At {
  const File* file = nullptr;
  source::Span span;
};

// What a generic function value is assigned to: go/types' target. `description`
// stands in messages for the operand that is not there.
struct Target {
  const Signature* signature = nullptr;
  std::string description;
};

// How an expression may be used as a statement: go/types' exprKind.
enum class ExprKind : uint8_t { kConversion, kExpression, kStatement };

// Expressions side by side, and what they give.
using ExprIds = SmallVector<ast::ExprId, 6>;
using OperandList = SmallVector<Operand, 3>;

// `x[i]` and `x[i, j]` alike.
struct IndexedExpr {
  ast::ExprId expr;
  ast::ExprId x;
  source::Pos lbrack;
  ExprIds indices;
  source::Pos rbrack;
};

// The parameters of a function type as declared: receiver first, if any.
struct FuncTypeResult {
  const Signature* signature = nullptr;
  // In the scope of the function.
  Var* recv = nullptr;
  std::span<Var* const> params;
  std::span<Var* const> results;
  std::span<const TypeParam* const> recv_type_params;
};

// What surrounds the code being checked.
struct Environment {
  // The package-level declaration whose initialiser or body this is, in
  // CheckApi; bodies collect dependencies in the Checker.
  DeclInfo* decl = nullptr;
  Scope* scope = nullptr;
  Unit* unit = nullptr;
  source::LangVersion version;
  std::optional<int64_t> iota;
  // Errors in the inherited initialiser of a constant are reported here.
  std::optional<At> error_at;
  bool in_type_param_list = false;
  // Of the innermost function.
  const Signature* signature = nullptr;
  std::span<Var* const> results;
  bool has_label = false;
  // Set by calls and receive operations.
  bool has_call_or_recv = false;
};

class Checker {
 public:
  Checker(TypeTable& table, Package& package);
  ~Checker();

  // ---- State ----------------------------------------------------------------

  TypeTable& table;
  // Makes types and permanent objects.
  TypeContext types;
  Package& package;
  PackageState& state;
  // For what lives only as long as the body is being checked, such as scopes.
  Arena scratch;
  Environment env;
  std::vector<TypeError> errors;
  // True in a BodyChecker: package-level objects are frozen.
  bool is_body = false;
  // Of package-level objects in a body.
  ObjectList dependencies;
  // By PkgName::index; grows on demand.
  std::vector<bool> used_imports;
  std::vector<InstantiationEdge> instantiations;
  // Calls of the predeclared panic, by raw NodeId, of the current function.
  std::unordered_set<uint32_t> panic_calls;
  // Untyped expressions whose type a shift's other operand will decide, by raw
  // NodeId: their use as a left operand was not checked yet. Of env.unit.
  std::unordered_set<uint32_t> delayed_shifts;
  std::vector<Object*> object_path;
  // Types on which finiteness was found out, beyond what is cached.
  std::unordered_map<const Named*, bool> finite_types;
  // Types that ValidType found to be finite, whatever contains them.
  std::unordered_set<const Named*> valid_types;
  // Methods in all type sets of interfaces that were checked.
  size_t type_set_methods = 0;
  // Of long constant strings whose bytes were looked at.
  size_t string_bytes = 0;
  bool has_given_up = false;
  // Names that several packages have among all that this one imports, directly
  // or not; made by the first message.
  mutable std::optional<std::unordered_set<std::string_view>> ambiguous_names;

  struct Delayed {
    Environment env;
    std::function<void()> action;
  };
  std::vector<Delayed> delayed;

  const ast::Tree& tree() const { return *env.unit->tree; }
  Info& info() const { return env.unit->info; }
  Arena& arena() const { return types.arena(); }
  const Universe& universe() const { return table.universe(); }

  // `action` runs at the end of the statement or declaration, in the
  // environment of this call.
  void Later(std::function<void()> action);
  // Runs what was delayed since `delayed` had `first` entries.
  void ProcessDelayed(size_t first);

  // Calls `fn` with a node of the current tree, as its own type.
  template <typename T>
  const T& Get(ast::Ref<T> ref) const {
    return tree().Get(ref);
  }
  template <typename T>
  const T* TryGet(ast::NodeId id) const {
    return tree().TryGet<T>(id);
  }
  const Name* NameOf(ast::Ref<ast::Ident> ident) const {
    return env.unit->NameOf(ident);
  }
  std::string_view SourceText(source::Span span) const;
  // Without parentheses around it: ast.Unparen.
  ast::ExprId Unparen(ast::ExprId expr) const;
  // `x` if it is an identifier, else none.
  ast::Ref<ast::Ident> AsIdent(ast::ExprId expr) const;

  // ---- Errors (errors.cpp) --------------------------------------------------

  At AtNode(ast::NodeId node) const;
  At AtPos(source::Pos pos) const;
  At AtSpan(source::Span span) const;
  At AtOperand(const Operand& x) const;
  static At AtObject(const Object* object);

  // So many errors are listed of the declarations of a package, and of a body;
  // the rest of that body is not checked.
  static constexpr size_t kMaxErrors = 10'000;
  bool HasTooManyErrors() const { return errors.size() >= kMaxErrors; }
  // Reports an error once per place; an error that only follows from an earlier
  // one (its message speaks of an invalid operand or type) is dropped.
  void Error(At at, Code code, std::string message);
  void SoftError(At at, Code code, std::string message);
  // Says of the error that was added, if there are more than `error_count`,
  // whether it may come from what is not known of one of the types `of`.
  void NoteUnknown(size_t error_count, std::initializer_list<const Type*> of);
  // With further places: "\tother declaration of x".
  struct ErrorNote {
    At at;
    std::string text;
  };
  void ErrorWithNotes(At at, Code code, std::string message,
                      std::vector<ErrorNote> notes, bool is_soft = false);
  // The language version of the current file is at least go1.`minor`.
  bool AllowVersion(uint32_t minor) const { return env.version.minor >= minor; }
  // As AllowVersion; if not, reports "`what` requires go1.`minor` or later".
  bool VerifyVersion(At at, uint32_t minor, std::string_view what);

  // ---- Limits (limits.cpp): work that only programs need that are made to be
  // slow. What is beyond them is reported once, as kTooComplex.

  // The bytes of the constant string `x` may be looked at; otherwise that was
  // reported. Other constants always may.
  bool AffordString(const Operand& x);
  bool AffordTypeSets() const;
  // Reports types that a substitution has given up since it was last asked.
  void ReportGivenUp(At at);

  // Text for messages: names of other packages with their package name, or
  // their path where names are ambiguous.
  std::string Text(const Type* type) const;
  // The same for those who compose the text. What it takes is found out by the
  // first call, so that only errors should ask.
  TypeStringOptions TextOptions() const;
  std::string Text(ast::ExprId expr) const;
  // go/types' operandString: "x (variable of type int)".
  std::string Text(const Operand& x) const;
  std::string Text(const Object* object) const;
  std::string QualifiedName(const Object* object) const;

  // ---- Recording (recording.cpp) --------------------------------------------

  // Records a finished operand for its expression, untyped ones too: what later
  // decides their type updates the record (UpdateExprType).
  void Record(const Operand& x);
  void RecordTypeAndValue(ast::ExprId expr, Mode mode, const Type* type,
                          Value value = {});
  void RecordBuiltinType(ast::ExprId fun, const Signature* signature);
  // Makes the record of `x` that of a two-valued expression.
  void RecordCommaOkTypes(ast::ExprId expr, const Type* first,
                          const Type* second);
  void RecordInstance(ast::ExprId expr, std::span<const Type* const> type_args,
                      const Type* type);
  void RecordDef(ast::Ref<ast::Ident> ident, Object* object);
  void RecordUse(ast::Ref<ast::Ident> ident, Object* object);
  void RecordSelection(ast::Ref<ast::SelectorExpr> selector, SelectionKind kind,
                       const Type* recv, const LookupResult& found,
                       const Type* type);
  void AddDependency(Object* object);
  void UseImport(PkgName* import);

  // ---- Declarations (resolver.cpp, decl*.cpp, cycles.cpp)
  // ---------------------

  void CollectObjects();
  void PackageObjects();
  void DirectCycles();
  void ObjDecl(Object* object);
  ResolveObject Resolver() {
    return {[this](Object* object) { ObjDecl(object); },
            [this] { return TextOptions(); }, env.version};
  }
  bool ValidCycle(Object* object);
  // `at` is where the cycle begins, the declaration of that object if not
  // given.
  void CycleError(std::span<Object* const> cycle, size_t start,
                  std::optional<At> at = std::nullopt);
  // Declares `object` for `ident` (may be none) in `scope`, and records the
  // definition.
  void Declare(Scope* scope, ast::Ref<ast::Ident> ident, Object* object);
  void ConstDecl(Const* object, ast::ExprId type, ast::ExprId init,
                 bool is_inherited);
  void VarDecl(Var* object, std::span<Var* const> lhs, ast::ExprId type,
               ast::ExprId init);
  void TypeDecl(TypeName* object, ast::Ref<ast::TypeSpec> spec);
  void FuncDecl(Func* object, DeclInfo& decl);
  void CollectMethods(TypeName* object);
  // Of a `var`, `const` or `type` declaration among statements.
  void DeclStmt(ast::DeclId decl);
  std::span<const TypeParam* const> CollectTypeParams(
      ast::Ref<ast::FieldList> list);
  void ArityMatch(const ast::ValueSpec& spec, const ast::ValueSpec* inherited);
  bool FiniteSize(const Type* type);
  // Reports a type that contains itself.
  void ValidType(const Named* type);
  void UnusedImports();
  void InitOrder();

  Scope* OpenScope(bool is_function = false);
  void CloseScope() { env.scope = env.scope->parent(); }

  template <typename T>
  T* NewObject(source::Pos pos, const Name* name, const Type* type) {
    T* const object = arena().New<T>();
    object->place = {env.unit->file, pos};
    object->name = name;
    object->type = type;
    object->package = &package;
    return object;
  }
  Var* NewVar(VarKind kind, source::Pos pos, const Name* name,
              const Type* type);

  // ---- Type expressions (typexpr*.cpp, signature.cpp, struct, interface)
  // ------

  void Ident(Operand& x, ast::Ref<ast::Ident> ident, bool wants_type);
  // The type that an expression denotes; kInvalid after an error. Records it.
  const Type* Typ(ast::ExprId expr);
  // As Typ, for the type of a variable: no constraint interfaces.
  const Type* VarType(ast::ExprId expr);
  // As Typ, on the right-hand side of the declaration of `object`.
  const Type* DeclaredType(ast::ExprId expr, TypeName* object);
  // A type that must be generic and is not instantiated.
  const Type* GenericType(ast::ExprId expr, std::string* cause);
  const Type* InstantiatedType(const IndexedExpr& expr);
  int64_t ArrayLength(ast::ExprId expr);
  std::vector<const Type*> TypeList(std::span<const ast::ExprId> exprs);
  const Type* StructType(ast::Ref<ast::StructType> expr);
  const Type* InterfaceType(ast::Ref<ast::InterfaceType> expr,
                            TypeName* object);
  // Declares receiver, type parameters, parameters and results in env.scope,
  // which must be a fresh function scope, and records them.
  // A `declared` function gets a type with its type parameters as soon as these
  // are known, for its own parameters may instantiate it.
  FuncTypeResult CheckFuncType(ast::Ref<ast::FieldList> recv,
                               ast::Ref<ast::FuncType> type,
                               Func* declared = nullptr);
  const Type* ParseUnion(ast::ExprId expr);
  // An imported package's type that is a constraint needs go1.18, and so on.
  void ValidVarType(ast::ExprId expr, const Type* type);
  std::optional<IndexedExpr> AsIndexedExpr(ast::ExprId expr) const;
  // Reports type arguments that do not satisfy their constraints, later.
  bool ValidateTypeArgCount(At at, std::string_view name, size_t wanted,
                            size_t given);
  // Computes the type set of an interface and reports what is wrong with it.
  void CheckTypeSet(const Interface* type, const ast::InterfaceType* expr);

  // ---- Expressions (expr*.cpp, const.cpp, conversion.cpp)
  // ---------------------

  // go/types' rawExpr: every expression passes through here.
  ExprKind RawExpr(const Target* target, Operand& x, ast::ExprId expr,
                   const Type* hint, bool allow_generic);
  // A single value.
  void Expr(const Target* target, Operand& x, ast::ExprId expr);
  void GenericExpr(Operand& x, ast::ExprId expr);
  // One or several values; with `allow_comma_ok` an expression that may be used
  // so gives two, and `is_comma_ok` is set.
  OperandList MultiExpr(ast::ExprId expr, bool allow_comma_ok,
                        bool* is_comma_ok);
  void ExprWithHint(Operand& x, ast::ExprId expr, const Type* hint);
  void ExprOrType(Operand& x, ast::ExprId expr, bool allow_generic);
  void SingleValue(Operand& x);
  void Unary(Operand& x, ast::Ref<ast::UnaryExpr> expr);
  void Binary(Operand& x, ast::ExprId expr, ast::ExprId lhs, ast::ExprId rhs,
              lexer::TokenKind op, source::Pos op_pos);
  void Comparison(Operand& x, Operand& y, lexer::TokenKind op,
                  bool is_switch_case = false);
  void Shift(Operand& x, Operand& y, ast::ExprId expr, lexer::TokenKind op);
  void MatchTypes(Operand& x, Operand& y);
  const Type* ChanElem(At at, Operand& x, bool is_receive);
  void TypeAssertion(ast::ExprId expr, Operand& x, const Type* type,
                     bool is_type_switch);
  // Decides the type of an expression recorded as untyped, and of the untyped
  // operands inside of it.
  void UpdateExprType(ast::ExprId expr, const Type* type, bool is_final);
  void UpdateExprValue(ast::ExprId expr, Value value);
  // The type that the untyped `x` gets where `target` is wanted; null and a
  // code if it cannot. go/types' implicitTypeAndValue.
  struct ImplicitType {
    const Type* type = nullptr;
    Value value;
    Code code = Code::kInvalidSyntaxTree;
  };
  ImplicitType ImplicitTypeAndValue(Operand& x, const Type* target);
  void ConvertUntyped(Operand& x, const Type* target);
  // What is converted most: an untyped integer constant to an integer type that
  // has it. False, and nothing done, for anything else.
  bool ConvertSmallInt(Operand& x, const Type* target);
  void Overflow(Operand& x, source::Pos op_pos);
  bool RepresentableConst(Value x, const Basic* type, Value* rounded);
  void Representable(Operand& x, const Basic* type);
  void Conversion(Operand& x, const Type* type);
  bool ConvertibleTo(const Operand& x, const Type* type, std::string* cause);
  // As go/types' operand.assignableTo; `code` is set if not.
  bool AssignableTo(const Operand& x, const Type* type, std::string* cause,
                    Code* code);
  std::string IncomparableCause(const Type* type);
  // As the function of that name; `cause` speaks of types as this checker does.
  const Type* CommonUnder(const Type* type, std::string* cause = nullptr);

  void BasicLit(Operand& x, ast::Ref<ast::BasicLit> expr);
  void FuncLit(Operand& x, ast::Ref<ast::FuncLit> expr);
  void CompositeLit(Operand& x, ast::Ref<ast::CompositeLit> expr,
                    const Type* hint);
  // Returns true if it was an instantiation of a function.
  bool IndexExpr(Operand& x, const IndexedExpr& expr);
  void SliceExpr(Operand& x, ast::Ref<ast::SliceExpr> expr);
  // The value of a constant index, or -1. `max` -1 for no limit.
  int64_t Index(ast::ExprId index, int64_t max, const Type** type = nullptr);
  bool IsValidIndex(Operand& x, Code code, std::string_view what,
                    bool allow_negative);
  int64_t IndexedElts(std::span<const ast::ExprId> elts, const Type* type,
                      int64_t length);

  // ---- Calls (call*.cpp, selector.cpp, builtins*.cpp)
  // -------------------------

  ExprKind CallExpr(Operand& x, ast::Ref<ast::CallExpr> call);
  // Instantiates the generic function `x` with the type arguments of `expr`;
  // with `infer`, the rest is inferred from `target` or reported. Without, the
  // partial list is returned and `x` stays generic. Otherwise nothing is
  // returned: `x` is instantiated, or invalid. One of `target` and `expr` may
  // be null.
  std::vector<const Type*> FuncInst(const Target* target, source::Pos pos,
                                    Operand& x, const IndexedExpr* expr,
                                    bool infer);
  OperandList ExprList(std::span<const ast::ExprId> exprs);
  // As ExprList; generic functions are allowed. Of those with some of their
  // type arguments, `type_args` has these at the index of the operand; it may
  // be shorter than the list of operands (go/types' atargs).
  OperandList GenericExprList(std::span<const ast::ExprId> exprs,
                              std::vector<std::vector<const Type*>>* type_args);
  // Passes `args`, as GenericExprList made them, to a function of this
  // signature with these type arguments (perhaps not all); infers the rest
  // together with those of generic arguments. Returns the instantiated
  // signature; after an error that kept it from being found, `signature`.
  const Signature* Arguments(
      ast::Ref<ast::CallExpr> call, const Signature* signature,
      std::span<const Type* const> type_args,
      std::span<const ast::ExprId> type_arg_exprs, OperandList& args,
      std::span<const std::vector<const Type*>> arg_type_args);
  const Signature* InstantiateSignature(
      source::Pos pos, ast::ExprId expr, const Signature* signature,
      std::span<const Type* const> type_args,
      std::span<const ast::ExprId> type_arg_exprs);
  void Selector(Operand& x, ast::Ref<ast::SelectorExpr> expr, bool wants_type);
  bool Builtin(Operand& x, ast::Ref<ast::CallExpr> call, BuiltinId id);
  // Evaluates what cannot be used any more after an error, so that variables
  // count as used. True if all was well.
  bool Use(std::span<const ast::ExprId> exprs);
  bool UseOne(ast::ExprId expr, bool is_lhs);
  bool UseLhs(std::span<const ast::ExprId> exprs);

  // ---- Assignments (assignments*.cpp)
  // -----------------------------------------

  // Makes `x` a value of `type` (null: of its default type).
  void Assignment(Operand& x, const Type* type, std::string_view context);
  void InitConst(Const* lhs, Operand& x);
  void InitVar(Var* lhs, Operand& x, std::string_view context);
  const Type* LhsVar(ast::ExprId lhs);
  // Assigns `rhs`, or `x` if `rhs` is none.
  void AssignVar(ast::ExprId lhs, ast::ExprId rhs, Operand* x,
                 std::string_view context);
  // `return_stmt` none but for a return statement.
  void InitVars(std::span<Var* const> lhs, std::span<const ast::ExprId> rhs,
                ast::StmtId return_stmt);
  void AssignVars(std::span<const ast::ExprId> lhs,
                  std::span<const ast::ExprId> rhs);
  void ShortVarDecl(source::Pos pos, std::span<const ast::ExprId> lhs,
                    std::span<const ast::ExprId> rhs);
  void AssignError(std::span<const ast::ExprId> rhs, size_t left, size_t right);

  // ---- Statements (stmt*.cpp, range.cpp, return.cpp, labels.cpp)
  // --------------

  // `vars` are in env.scope already. Of a declared function or a literal.
  void FuncBody(const Signature* signature, std::span<Var* const> results,
                ast::Ref<ast::BlockStmt> body);
  void Labels(ast::Ref<ast::BlockStmt> body);
  bool IsTerminating(ast::StmtId stmt, const Name* label);
  // Reports local variables of `scope`'s function that nothing reads.
  void Usage();

  // Local variables declared in the current function, for Usage.
  std::vector<Var*> local_vars;

  ExprIds Exprs(ast::List<ast::ExprId> list) const;
};

}  // namespace gdlint::types
