// What the type checker finds out about the nodes of one Tree: side tables by
// node index.
//
// Every node is checked by one thread, and different nodes have different
// memory: bodies of one file may be checked in parallel. Once checked, frozen.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ast/tree.h"
#include "types/constant.h"
#include "types/object.h"
#include "types/type.h"

namespace gdlint::types {

// What an expression denotes: go/types' addressing modes. design.md names them
// in `debug types`.
enum class Mode : uint8_t {
  // In tables: nothing recorded. In operands: invalid, after an error.
  kInvalid,
  // A call without results.
  kNoValue,
  kBuiltin,
  kTypeExpr,
  kConstant,
  // Addressable.
  kVariable,
  kMapIndex,
  kValue,
  // The predeclared nil.
  kNilValue,
  // A value that may be used in a two-valued assignment.
  kCommaOk,
  kCommaErr,
  kCgoFunc,
};

// Type, mode and value of an expression, in eight bytes: the mode stands in the
// lowest bits of the type's address, or of that of a type and value.
class TypeAndValue {
 public:
  TypeAndValue() = default;
  TypeAndValue(Mode mode, const Type* type)
      : bits_(reinterpret_cast<uintptr_t>(type) | static_cast<uint8_t>(mode)) {}
  // A constant.
  TypeAndValue(Arena& arena, const Type* type, Value value)
      : bits_(reinterpret_cast<uintptr_t>(arena.New<Constant>(type, value)) |
              static_cast<uint8_t>(Mode::kConstant)) {}

  // What is recorded becomes a constant. Copies made before change with it, if
  // it was one.
  void SetConstant(Arena& arena, const Type* type, Value value) {
    if (mode() == Mode::kConstant) {
      *constant() = Constant(type, value);
    } else {
      *this = TypeAndValue(arena, type, value);
    }
  }

  bool is_recorded() const { return bits_ != 0; }
  Mode mode() const { return static_cast<Mode>(bits_ & kModeMask); }
  const Type* type() const {
    return mode() == Mode::kConstant ? constant()->type()
                                     : reinterpret_cast<const Type*>(address());
  }
  // Unknown unless it is a constant.
  Value value() const {
    return mode() == Mode::kConstant ? constant()->value() : Value();
  }
  bool is_type() const { return mode() == Mode::kTypeExpr; }
  bool is_constant() const { return mode() == Mode::kConstant; }

 private:
  static constexpr uintptr_t kModeMask = 15;

  // There are as many of these as constant expressions: the form of the value
  // stands in the lowest bits of the type's address.
  class alignas(16) Constant {
   public:
    Constant(const Type* type, Value value)
        : type_and_form_(reinterpret_cast<uintptr_t>(type) |
                         static_cast<uintptr_t>(value.form_)),
          payload_(value.small_) {}

    const Type* type() const {
      return reinterpret_cast<const Type*>(type_and_form_ & ~kFormMask);
    }
    Value value() const {
      Value value;
      value.form_ = static_cast<Value::Form>(type_and_form_ & kFormMask);
      value.small_ = payload_;
      return value;
    }

   private:
    static constexpr uintptr_t kFormMask = 15;

    uintptr_t type_and_form_;
    int64_t payload_;
  };

  uintptr_t address() const { return bits_ & ~kModeMask; }
  Constant* constant() const { return reinterpret_cast<Constant*>(address()); }

  uintptr_t bits_ = 0;
};

// The type arguments and resulting type of an instantiation.
struct Instance {
  std::span<const Type* const> type_args;
  const Type* type;
};

enum class SelectionKind : uint8_t { kFieldVal, kMethodVal, kMethodExpr };

// What `x.f` means if x is not a package.
struct Selection {
  SelectionKind kind;
  // Every embedded pointer on the way, and x itself for a method value, needs a
  // look through a pointer.
  bool is_indirect;
  // The type of x.
  const Type* recv;
  // A Var or a Func; of an instance's field the substituted Var, of its method
  // the origin's Func.
  Object* object;
  // The path from x to it: field indices, then the field's or method's index.
  std::span<const uint32_t> index;
  // The type of the expression.
  const Type* type;
};

class Info {
 public:
  explicit Info(const ast::Tree& tree);

  // Expressions, also types; see go/types' Info.Types for which.
  TypeAndValue TypeOf(ast::ExprId expr) const {
    return expressions_[ExprIndex(expr)];
  }
  void Record(ast::ExprId expr, TypeAndValue fact) {
    expressions_[ExprIndex(expr)] = fact;
  }
  void RecordConstant(Arena& arena, ast::ExprId expr, const Type* type,
                      Value value) {
    expressions_[ExprIndex(expr)].SetConstant(arena, type, value);
  }

  // The object that an identifier defines, and whether it is a definition at
  // all: package clauses and the symbol of a type switch define none.
  Object* DefinedObject(ast::Ref<ast::Ident> ident) const;
  bool IsDefinition(ast::Ref<ast::Ident> ident) const;
  // The object that an identifier uses; an embedded field's name defines one
  // and uses one.
  Object* UsedObject(ast::Ref<ast::Ident> ident) const;
  // Either; the definition first.
  Object* ObjectOf(ast::Ref<ast::Ident> ident) const;
  // Null if the identifier does not denote something that is instantiated here.
  const Instance* InstanceOf(ast::Ref<ast::Ident> ident) const;

  // `object` may be null. Order does not matter.
  void RecordDefinition(Arena& arena, ast::Ref<ast::Ident> ident,
                        Object* object);
  void RecordUse(Arena& arena, ast::Ref<ast::Ident> ident, Object* object);
  // The identifier's use must be recorded, before or after.
  void RecordInstance(Arena& arena, ast::Ref<ast::Ident> ident,
                      const Instance& instance);

  const Selection* SelectionOf(ast::Ref<ast::SelectorExpr> selector) const {
    return selections_[selector.index()];
  }
  void RecordSelection(ast::Ref<ast::SelectorExpr> selector,
                       const Selection* selection) {
    selections_[selector.index()] = selection;
  }

  // The variable that a type switch's clause declares without naming it again.
  Var* ImplicitVar(ast::Ref<ast::CaseClause> clause) const {
    return clause_vars_[clause.index()];
  }
  void RecordImplicitVar(ast::Ref<ast::CaseClause> clause, Var* var) {
    clause_vars_[clause.index()] = var;
  }

  // The signature object's variables of a function literal or declaration, in
  // order: receiver, parameters, results, the unnamed ones too. By the node of
  // the FuncType.
  std::span<Var* const> Params(ast::Ref<ast::FuncType> type) const {
    return params_[type.index()];
  }
  void RecordParams(ast::Ref<ast::FuncType> type, std::span<Var* const> vars) {
    params_[type.index()] = vars;
  }

 private:
  // What an identifier denotes beyond one definition or one use.
  struct IdentRecord {
    Object* definition;
    Object* use;
    const Instance* instance;
  };
  // A pointer and what kind of, in its lowest bits.
  class IdentFact {
   public:
    enum Tag : uintptr_t { kNothing, kUse, kDefinition, kRecord };
    IdentFact() = default;
    IdentFact(Tag tag, const void* pointer)
        : bits_(reinterpret_cast<uintptr_t>(pointer) | tag) {}
    Tag tag() const { return static_cast<Tag>(bits_ & 3); }
    template <typename T>
    T* As() const {
      return reinterpret_cast<T*>(bits_ & ~uintptr_t{3});
    }

   private:
    uintptr_t bits_ = 0;
  };
  // With `definition` kNone where the identifier is no definition.
  IdentRecord* Widen(Arena& arena, ast::Ref<ast::Ident> ident);

  // Expressions are the first kinds of the tree, so their dense numbers begin
  // at 0.
  uint32_t ExprIndex(ast::ExprId expr) const { return tree_->DenseIndex(expr); }

  const ast::Tree* tree_;
  std::vector<TypeAndValue> expressions_;
  std::vector<IdentFact> idents_;
  std::vector<const Selection*> selections_;
  std::vector<Var*> clause_vars_;
  std::vector<std::span<Var* const>> params_;
};

}  // namespace gdlint::types
