// Types, as the specification's chapter of that name and go/types have them.
//
// A type is an immutable node in an arena that lives as long as the TypeTable,
// named by its address. Types that are only made of other types (pointers,
// slices, arrays, maps, channels, tuples, signatures, unions, instances) exist
// once per run and as written: equal addresses mean equally written, so
// `func(a int)` and `func(b int)` are two nodes, as are an alias and what it
// stands for. Struct and interface types exist once per place where they are
// written. Whether two types are identical in the specification's sense is
// what Identical (predicates.h) says. docs/decisions/0008 has the reasons.
//
// What is completed after a node is made (the underlying type of a Named while
// its package is checked, type sets, expansions of instances) is either written
// by the one thread that checks the package before others can see it, or
// computed on demand, the same by whichever thread, and published atomically.

#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <string_view>

#include "types/name_table.h"

namespace gdlint::types {

class TypeTable;
struct Func;
struct TypeName;
struct TypeSet;
struct Var;

enum class TypeKind : uint8_t {
  kBasic,
  kArray,
  kSlice,
  kStruct,
  kPointer,
  kTuple,
  kSignature,
  kInterface,
  kMap,
  kChan,
  kNamed,
  kAlias,
  kTypeParam,
  kUnion,
};

// The lowest four bits of a Type's address are free for others to use.
struct alignas(16) Type {
  TypeKind kind;
  // False only if no type parameter occurs in the type as written, so that
  // substitution leaves it alone. (The inside of a Named does not count unless
  // it is declared in a function, its type arguments do.)
  bool may_have_type_params = false;
};

// The type as a `T` if it is just that (aliases are not looked through), else
// null.
template <typename T>
const T* TryAs(const Type* type) {
  return type != nullptr && type->kind == T::kKind ? static_cast<const T*>(type)
                                                   : nullptr;
}
// `type` must be a `T`.
template <typename T>
const T* As(const Type* type) {
  return static_cast<const T*>(type);
}

enum class BasicKind : uint8_t {
  // What could not be determined, after an error. Assignable to and from
  // everything, so that one mistake is reported once.
  kInvalid,
  kBool,
  kInt,
  kInt8,
  kInt16,
  kInt32,
  kInt64,
  kUint,
  kUint8,
  kUint16,
  kUint32,
  kUint64,
  kUintptr,
  kFloat32,
  kFloat64,
  kComplex64,
  kComplex128,
  kString,
  kUnsafePointer,
  kUntypedBool,
  kUntypedInt,
  kUntypedRune,
  kUntypedFloat,
  kUntypedComplex,
  kUntypedString,
  kUntypedNil,
};
inline constexpr size_t kBasicKindCount =
    static_cast<size_t>(BasicKind::kUntypedNil) + 1;

// Bits of Basic::info.
enum BasicInfo : uint16_t {
  kIsBoolean = 1 << 0,
  kIsInteger = 1 << 1,
  kIsUnsigned = 1 << 2,
  kIsFloat = 1 << 3,
  kIsComplex = 1 << 4,
  kIsString = 1 << 5,
  kIsUntyped = 1 << 6,
  kIsOrdered = kIsInteger | kIsFloat | kIsString,
  kIsNumeric = kIsInteger | kIsFloat | kIsComplex,
  kIsConstType = kIsBoolean | kIsNumeric | kIsString,
};

// A predeclared type. Static: `Universe::Typ(kind)` (universe.h). `byte` and
// `rune` are nodes of their own, of the kinds kUint8 and kInt32.
struct Basic : Type {
  static constexpr auto kKind = TypeKind::kBasic;
  BasicKind basic;
  uint16_t info;
  std::string_view name;
};

// `[length]elem`; a negative length is unknown, after an error.
struct Array : Type {
  static constexpr auto kKind = TypeKind::kArray;
  const Type* elem;
  int64_t length;
};

// `[]elem`.
struct Slice : Type {
  static constexpr auto kKind = TypeKind::kSlice;
  const Type* elem;
};

// `struct { fields }`.
struct Struct : Type {
  static constexpr auto kKind = TypeKind::kStruct;
  std::span<Var* const> fields;
  // Empty if no field has one, else as many as fields; the string's value.
  std::span<const std::string_view> tags;
  // Of many fields; see IndexByName.
  std::span<const uint32_t> by_name;
};

// `*elem`.
struct Pointer : Type {
  static constexpr auto kKind = TypeKind::kPointer;
  const Type* elem;
};

// A parameter or result as its signature has it. `name` is null if unnamed.
struct Param {
  const Name* name;
  const Type* type;
  friend bool operator==(const Param&, const Param&) = default;
};

// The results of a call that has not exactly one.
struct Tuple : Type {
  static constexpr auto kKind = TypeKind::kTuple;
  std::span<const Param> params;
};

struct TypeParam;

// `func[type_params](params) (results)`. A method's receiver is not part of
// it: see Func. If `variadic`, the last parameter's type is a Slice (or, for
// the built-in append with a string, `string`).
struct Signature : Type {
  static constexpr auto kKind = TypeKind::kSignature;
  std::span<const TypeParam* const> type_params;
  const Tuple* params;
  const Tuple* results;
  bool variadic;
};

// `interface { methods; embeddeds }`.
struct Interface : Type {
  static constexpr auto kKind = TypeKind::kInterface;
  // Explicitly declared, sorted as go/types sorts them (by Id).
  std::span<Func* const> methods;
  // In source order; interfaces, unions and others.
  std::span<const Type* const> embeddeds;
  // The interface that a constraint such as `~int | string` stands for.
  bool is_implicit;
  TypeTable* table;
  // See TypeSetOf (type_set.h); null until it is computed.
  mutable std::atomic<const TypeSet*> type_set = nullptr;
  // Of a language version without constraints: what is embedded and gives no
  // methods alone was reported, and does not count.
  bool has_methods_only = false;
};

// `map[key]elem`.
struct Map : Type {
  static constexpr auto kKind = TypeKind::kMap;
  const Type* key;
  const Type* elem;
};

enum class ChanDirection : uint8_t { kBoth, kSendOnly, kReceiveOnly };

// `chan elem`.
struct Chan : Type {
  static constexpr auto kKind = TypeKind::kChan;
  const Type* elem;
  ChanDirection direction;
};

// A defined type, or an instance of a generic one.
struct Named : Type {
  static constexpr auto kKind = TypeKind::kNamed;
  // The declaration; an instance has its origin's.
  TypeName* obj;
  // The generic type of an instance, else this.
  const Named* origin;
  // Empty but for an instance.
  std::span<const Type* const> type_args;
  TypeTable* table;

  // What follows is set while the package that declares the type is checked.
  // An instance has its origin's type_params and methods: use TypeParamsOf and
  // MethodsOf.
  std::span<const TypeParam* const> type_params;
  // The right-hand side of the declaration; null until it is known.
  const Type* from_rhs = nullptr;
  // In source order. Func::type may still be unknown during that check.
  std::span<Func* const> methods;
  // Of many methods; see IndexByName.
  std::span<const uint32_t> methods_by_name;
  // See Under; null until it is computed.
  mutable std::atomic<const Type*> underlying = nullptr;

  bool is_instance() const { return !type_args.empty(); }
};

inline std::span<const TypeParam* const> TypeParamsOf(const Named* named) {
  return named->origin->type_params;
}
// The methods as declared for the origin: their signatures speak of the
// receiver's own type parameters.
inline std::span<Func* const> MethodsOf(const Named* named) {
  return named->origin->methods;
}

// `type obj = …`, or an instance of a generic alias.
struct Alias : Type {
  static constexpr auto kKind = TypeKind::kAlias;
  TypeName* obj;
  const Alias* origin;
  std::span<const Type* const> type_args;
  std::span<const TypeParam* const> type_params;
  // What it stands for, which may be an Alias again; null while the declaration
  // is being checked.
  const Type* from_rhs = nullptr;
};

// A type parameter, after its declaration. Each declaration is a type of its
// own.
struct TypeParam : Type {
  static constexpr auto kKind = TypeKind::kTypeParam;
  TypeName* obj;
  // Its place in its list.
  uint32_t index = 0;
  // The constraint as written; set once all of the list are declared. See
  // ConstraintInterface (type_set.h).
  const Type* bound = nullptr;
  TypeTable* table;
  // The interface that a bound which is none stands for; see
  // ConstraintInterface.
  mutable std::atomic<const Interface*> implicit_bound = nullptr;
};

// `~type` or `type`.
struct Term {
  const Type* type;
  bool tilde;
  friend bool operator==(const Term&, const Term&) = default;
};

// `terms[0] | terms[1] | …`, in constraints.
struct Union : Type {
  static constexpr auto kKind = TypeKind::kUnion;
  std::span<const Term> terms;
};

// What an alias stands for in the end; other types are themselves. kInvalid for
// an alias that is still being declared.
const Type* UnaliasSlow(const Alias* alias);
inline const Type* Unalias(const Type* type) {
  return type != nullptr && type->kind == TypeKind::kAlias
             ? UnaliasSlow(static_cast<const Alias*>(type))
             : type;
}

// The underlying type, after the spec: never a Named or an Alias. The
// underlying type of a type parameter is its ConstraintInterface. kInvalid for
// what is still being declared or is an invalid cycle. Expands an instance when
// first asked; any thread may ask.
const Type* UnderSlow(const Type* type);
inline const Type* Under(const Type* type) {
  switch (type->kind) {
    case TypeKind::kNamed:
      if (const Type* const known =
              static_cast<const Named*>(type)->underlying.load(
                  std::memory_order_acquire)) {
        return known;
      }
      return UnderSlow(type);
    case TypeKind::kAlias:
    case TypeKind::kTypeParam:
      return UnderSlow(type);
    default:
      return type;
  }
}
// The underlying type as a `T`, or null.
template <typename T>
const T* UnderAs(const Type* type) {
  return TryAs<T>(Under(type));
}
// The Named that `type` is, perhaps through aliases, or null.
inline const Named* AsNamed(const Type* type) {
  return TryAs<Named>(Unalias(type));
}

}  // namespace gdlint::types
