#include "types/universe.h"

#include <string_view>

#include "types/constant.h"
#include "types/package.h"
#include "types/type_internal.h"
#include "types/type_set.h"
#include "types/type_table.h"

namespace gdlint::types {
namespace {

constexpr Basic MakeBasic(BasicKind kind, int info, std::string_view name) {
  return Basic{{Basic::kKind}, kind, static_cast<uint16_t>(info), name};
}

constexpr Basic kByte =
    MakeBasic(BasicKind::kUint8, kIsInteger | kIsUnsigned, "byte");
constexpr Basic kRune = MakeBasic(BasicKind::kInt32, kIsInteger, "rune");

// By BuiltinId.
constexpr std::string_view kBuiltinNames[] = {
    "append", "cap",        "clear",    "close",   "complex", "copy",
    "delete", "imag",       "len",      "make",    "max",     "min",
    "new",    "panic",      "print",    "println", "real",    "recover",
    "Add",    "Alignof",    "Offsetof", "Sizeof",  "Slice",   "SliceData",
    "String", "StringData", "assert",   "trace",
};
static_assert(std::size(kBuiltinNames) ==
              static_cast<size_t>(BuiltinId::kTrace) + 1);

template <typename T>
T* NewPredeclared(Arena& arena, const Name* name, const Type* type) {
  T* const object = arena.New<T>();
  object->name = name;
  object->type = type;
  return object;
}

// Makes `under` what the predeclared `named` was declared as.
void Complete(Named* named, const Interface* under) {
  named->from_rhs = under;
  named->underlying.store(under, std::memory_order_release);
}

// The method `Error() string` of `error`.
Func* NewErrorMethod(TypeContext& context, const Name* name,
                     const Named* error) {
  const Param result = {.name = nullptr, .type = Typ(BasicKind::kString)};
  Func* const method = NewPredeclared<Func>(
      context.arena(), name,
      context.SignatureOf({}, nullptr, context.TupleOf({&result, 1}), false));
  method->recv = error;
  return method;
}

}  // namespace

constinit const Basic kBasicTypes[] = {
    MakeBasic(BasicKind::kInvalid, 0, "invalid type"),
    MakeBasic(BasicKind::kBool, kIsBoolean, "bool"),
    MakeBasic(BasicKind::kInt, kIsInteger, "int"),
    MakeBasic(BasicKind::kInt8, kIsInteger, "int8"),
    MakeBasic(BasicKind::kInt16, kIsInteger, "int16"),
    MakeBasic(BasicKind::kInt32, kIsInteger, "int32"),
    MakeBasic(BasicKind::kInt64, kIsInteger, "int64"),
    MakeBasic(BasicKind::kUint, kIsInteger | kIsUnsigned, "uint"),
    MakeBasic(BasicKind::kUint8, kIsInteger | kIsUnsigned, "uint8"),
    MakeBasic(BasicKind::kUint16, kIsInteger | kIsUnsigned, "uint16"),
    MakeBasic(BasicKind::kUint32, kIsInteger | kIsUnsigned, "uint32"),
    MakeBasic(BasicKind::kUint64, kIsInteger | kIsUnsigned, "uint64"),
    MakeBasic(BasicKind::kUintptr, kIsInteger | kIsUnsigned, "uintptr"),
    MakeBasic(BasicKind::kFloat32, kIsFloat, "float32"),
    MakeBasic(BasicKind::kFloat64, kIsFloat, "float64"),
    MakeBasic(BasicKind::kComplex64, kIsComplex, "complex64"),
    MakeBasic(BasicKind::kComplex128, kIsComplex, "complex128"),
    MakeBasic(BasicKind::kString, kIsString, "string"),
    MakeBasic(BasicKind::kUnsafePointer, 0, "Pointer"),
    MakeBasic(BasicKind::kUntypedBool, kIsBoolean | kIsUntyped, "untyped bool"),
    MakeBasic(BasicKind::kUntypedInt, kIsInteger | kIsUntyped, "untyped int"),
    MakeBasic(BasicKind::kUntypedRune, kIsInteger | kIsUntyped, "untyped rune"),
    MakeBasic(BasicKind::kUntypedFloat, kIsFloat | kIsUntyped, "untyped float"),
    MakeBasic(BasicKind::kUntypedComplex, kIsComplex | kIsUntyped,
              "untyped complex"),
    MakeBasic(BasicKind::kUntypedString, kIsString | kIsUntyped,
              "untyped string"),
    MakeBasic(BasicKind::kUntypedNil, kIsUntyped, "untyped nil"),
};
static_assert(std::size(kBasicTypes) == kBasicKindCount);

const Basic* ByteType() { return &kByte; }
const Basic* RuneType() { return &kRune; }

Universe::Universe(TypeTable& table, Arena& arena, NameTable& names)
    : scope_(arena.New<Scope>(arena, nullptr)),
      unsafe_(std::make_unique<Package>()),
      name_error_(names.Intern("Error")) {
  unsafe_->path = "unsafe";
  unsafe_->name = "unsafe";
  unsafe_->scope = arena.New<Scope>(arena, scope_);
  DeclareTypes(table, arena, names);
  DeclareConstants(arena, names);
  DeclareBuiltins(arena, names);
}

Universe::~Universe() = default;

void Universe::DeclareTypes(TypeTable& table, Arena& arena, NameTable& names) {
  const auto declare = [&](const Basic* type) {
    scope_->Insert(
        NewPredeclared<TypeName>(arena, names.Intern(type->name), type));
  };
  for (const Basic& type : kBasicTypes) {
    const bool has_predeclared_name = type.basic != BasicKind::kInvalid &&
                                      type.basic != BasicKind::kUnsafePointer &&
                                      (type.info & kIsUntyped) == 0;
    if (has_predeclared_name) {
      declare(&type);
    }
  }
  declare(&kByte);
  declare(&kRune);
  const Basic* const pointer = Typ(BasicKind::kUnsafePointer);
  auto* const pointer_name =
      NewPredeclared<TypeName>(arena, names.Intern(pointer->name), pointer);
  pointer_name->package = unsafe_.get();
  unsafe_->scope->Insert(pointer_name);

  TypeContext context(table);
  const auto new_name = [&](std::string_view name) {
    auto* const object =
        NewPredeclared<TypeName>(arena, names.Intern(name), nullptr);
    scope_->Insert(object);
    return object;
  };
  empty_interface_ = context.NewInterface({}, {}, false);
  Alias* const any = context.NewAlias(new_name("any"));
  any->from_rhs = context.NewInterface({}, {}, false);
  any_ = any;

  Named* const error = context.NewNamed(new_name("error"));
  Func* const method = NewErrorMethod(context, name_error_, error);
  Complete(error, context.NewInterface({&method, 1}, {}, false));
  error_ = error;

  Named* const comparable = context.NewNamed(new_name("comparable"));
  const Interface* const set = context.NewInterface({}, {}, false);
  set->type_set.store(
      arena.New<TypeSet>(
          TypeSet{.methods = {}, .terms = AllTerms(), .comparable = true}),
      std::memory_order_release);
  Complete(comparable, set);
  comparable_ = comparable;
}

void Universe::DeclareConstants(Arena& arena, NameTable& names) {
  const auto declare = [&](std::string_view name, BasicKind kind, Value value) {
    auto* const object =
        NewPredeclared<Const>(arena, names.Intern(name), Typ(kind));
    object->value = value;
    scope_->Insert(object);
    return object;
  };
  declare("true", BasicKind::kUntypedBool, constant::MakeBool(true));
  declare("false", BasicKind::kUntypedBool, constant::MakeBool(false));
  iota_ = declare("iota", BasicKind::kUntypedInt, constant::MakeInt64(0));
  nil_ = NewPredeclared<Nil>(arena, names.Intern("nil"),
                             Typ(BasicKind::kUntypedNil));
  scope_->Insert(nil_);
}

void Universe::DeclareBuiltins(Arena& arena, NameTable& names) {
  for (size_t i = 0; i < builtins_.size(); ++i) {
    auto* const builtin = NewPredeclared<Builtin>(
        arena, names.Intern(kBuiltinNames[i]), InvalidType());
    builtin->id = static_cast<BuiltinId>(i);
    builtins_[i] = builtin;
    if (builtin->id >= BuiltinId::kAssert) {
      continue;
    }
    if (builtin->id >= BuiltinId::kAdd) {
      builtin->package = unsafe_.get();
      unsafe_->scope->Insert(builtin);
    } else {
      scope_->Insert(builtin);
    }
  }
}

}  // namespace gdlint::types
