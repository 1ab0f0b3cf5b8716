// Objects: what identifiers denote.

#pragma once

#include <cstdint>
#include <span>

#include "source/pos.h"
#include "types/constant.h"
#include "types/name_table.h"
#include "types/type.h"

namespace gdlint::types {

struct File;
struct Package;
class Scope;

enum class ObjectKind : uint8_t {
  kPkgName,
  kConst,
  kTypeName,
  kVar,
  kFunc,
  kLabel,
  kBuiltin,
  kNil,
};

// A place in a package's sources; the default is nowhere, as for the universe.
struct Place {
  const File* file = nullptr;
  source::Pos pos;

  bool is_valid() const { return pos.is_valid(); }
  friend bool operator==(const Place&, const Place&) = default;
};

// What an identifier denotes. Objects live in arenas as long as the TypeTable,
// and are named by their addresses. They are written only by the thread that
// checks what declares them.
struct Object {
  explicit Object(ObjectKind object_kind) : kind(object_kind) {}

  ObjectKind kind;
  // Null for an unnamed parameter.
  const Name* name = nullptr;
  // Null in the universe.
  Package* package = nullptr;
  // Where it is declared.
  Place place;
  // The scope that it is declared in; null for methods and fields.
  Scope* parent = nullptr;
  // Null until it is known.
  const Type* type = nullptr;
  // 1 and up in source order for package-level objects, 0 for others.
  uint32_t order = 0;
  // While its declaration is being checked: its place on the path of such
  // objects (go/types' objPathIdx). Only the thread that declares it may look.
  int32_t path_index = -1;
  // Of package-level objects and methods: how they are declared. See
  // declaration.h.
  struct DeclInfo* decl = nullptr;
};

template <typename T>
T* TryAs(Object* object) {
  return object != nullptr && object->kind == T::kKind ? static_cast<T*>(object)
                                                       : nullptr;
}
template <typename T>
const T* TryAs(const Object* object) {
  return object != nullptr && object->kind == T::kKind
             ? static_cast<const T*>(object)
             : nullptr;
}

// A file's name for an imported package.
struct PkgName : Object {
  static constexpr auto kKind = ObjectKind::kPkgName;
  PkgName() : Object(kKind) {}
  Package* imported = nullptr;
  // Its place among all imports of its package.
  uint32_t index = 0;
};

struct Const : Object {
  static constexpr auto kKind = ObjectKind::kConst;
  Const() : Object(kKind) {}
  Value value;
};

struct TypeName : Object {
  static constexpr auto kKind = ObjectKind::kTypeName;
  TypeName() : Object(kKind) {}
};

enum class VarKind : uint8_t {
  kPackageVar,
  kLocalVar,
  kRecvVar,
  kParamVar,
  kResultVar,
  kFieldVar,
};

struct Var : Object {
  static constexpr auto kKind = ObjectKind::kVar;
  Var() : Object(kKind) {}
  VarKind var_kind = VarKind::kLocalVar;
  // For a field.
  bool is_embedded = false;
  // For local variables: read somewhere. Meaningful while its body is checked.
  bool is_used = false;
  // The field of the generic struct that this one was substituted from, or
  // this.
  const Var* origin = nullptr;
};

// A function, a method or an interface's method.
struct Func : Object {
  static constexpr auto kKind = ObjectKind::kFunc;
  Func() : Object(kKind) {}
  // The type of the receiver as declared, `T` or `*T` (an interface method's is
  // the Named, or the Interface itself); null for a function.
  const Type* recv = nullptr;
  // For methods of generic types: the receiver's own type parameters, in which
  // the signature is written.
  std::span<const TypeParam* const> recv_type_params;
  // By syntax: the receiver is a pointer. Known before the signature is.
  bool has_pointer_recv = false;
  // The method that this one was substituted from, or this.
  const Func* origin = nullptr;

  const Signature* signature() const { return As<Signature>(type); }
  bool is_method() const { return recv != nullptr; }
};

struct Label : Object {
  static constexpr auto kKind = ObjectKind::kLabel;
  Label() : Object(kKind) {}
  bool is_used = false;
};

enum class BuiltinId : uint8_t {
  kAppend,
  kCap,
  kClear,
  kClose,
  kComplex,
  kCopy,
  kDelete,
  kImag,
  kLen,
  kMake,
  kMax,
  kMin,
  kNew,
  kPanic,
  kPrint,
  kPrintln,
  kReal,
  kRecover,
  // Of package unsafe.
  kAdd,
  kAlignof,
  kOffsetof,
  kSizeof,
  kSlice,
  kSliceData,
  kString,
  kStringData,
  // Only for tests of the type checker.
  kAssert,
  kTrace,
};

struct Builtin : Object {
  static constexpr auto kKind = ObjectKind::kBuiltin;
  Builtin() : Object(kKind) {}
  BuiltinId id = BuiltinId::kAppend;
};

struct Nil : Object {
  static constexpr auto kKind = ObjectKind::kNil;
  Nil() : Object(kKind) {}
};

// True if `name` in `package` means the same member as `object`: the spec's
// "uniqueness of identifiers". With `fold_case`, letters may differ in case.
bool SameId(const Object* object, const Package* package, const Name* name,
            bool fold_case);

// go/types' ordering of methods and fields: exported before others, then by
// name, then by package path. Less than 0, 0 or greater.
int CompareIds(const Object* a, const Object* b);

inline bool IsAlias(const TypeName* name) {
  return name->type != nullptr && name->type->kind == TypeKind::kAlias;
}

}  // namespace gdlint::types
