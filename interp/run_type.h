// Types at run time: what interfaces hold, maps hash by and reflect shows.
//
// There is one RunType for all types that are identical, so that comparing
// addresses compares types. Parts are made when first asked for. For one
// thread.

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "interp/layout.h"
#include "types/object.h"
#include "types/type.h"
#include "types/type_table.h"

namespace gdlint::interp {

class RunTypes;

// How values of a type are compared and hashed.
enum class EqualKind : uint8_t {
  // Slices, maps, functions, and what holds one.
  kNone,
  // Byte by byte.
  kMemory,
  kFloat32,
  kFloat64,
  kComplex64,
  kComplex128,
  kString,
  kInterface,
  // Part by part.
  kArray,
  kStruct,
};

struct RunField {
  std::string_view name;
  // Of the package of a field that is not exported, else empty.
  std::string_view package_path;
  std::string_view tag;
  const RunType* type = nullptr;
  int64_t offset = 0;
  bool is_embedded = false;
  bool is_exported = false;
  const types::Var* var = nullptr;
};

// A method of an interface, or of the method set of another type.
struct RunMethod {
  std::string_view name;
  // Of the package of a method that is not exported, else empty.
  std::string_view package_path;
  // Its signature without the receiver.
  const RunType* type = nullptr;
  bool is_exported = false;
  // As declared. Unless it is an interface's: the function to call is
  // `func` itself with the type arguments of `owner` if `is_own`, else the
  // wrapper of `func` for the type.
  const types::Func* func = nullptr;
  const types::Named* owner = nullptr;
  // The receiver as declared is the type itself: nothing to promote, load or
  // point to.
  bool is_own = false;
  // For the machine: what it knows of the function.
  mutable void* code = nullptr;
};

struct RunType {
  RunTypes* table = nullptr;
  // One of the identical types.
  const types::Type* type = nullptr;
  const types::Type* under = nullptr;
  // As types::Type, not only the underlying: null for unnamed types.
  const types::Named* named = nullptr;
  const Layout* layout = nullptr;
  int64_t size = 0;
  uint32_t align = 1;
  Kind kind = Kind::kInvalid;
  bool is_direct = false;
  bool has_pointers = false;
  EqualKind equal = EqualKind::kNone;
  // Some value of it cannot be hashed: it holds an interface.
  bool may_be_unhashable = false;
  // Of the type's identity; the same in every run.
  uint32_t hash = 0;
  // A number from 1 up in the order of making.
  uint32_t id = 0;

  // As the run time prints it: `main.T[int]`, `*bytes.Buffer`,
  // `map[string]interface {}`. Two types can have the same.
  std::string_view name() const;
  // Of a named or predeclared type: `T[int]`, `int`; else empty.
  std::string_view local_name() const;
  // The import path of a named type, else empty.
  std::string_view package_path() const;

  // Of an array, a slice, a pointer, a channel, a map.
  const RunType* elem() const;
  const RunType* key() const;
  // Of an array.
  int64_t length() const;
  types::ChanDirection direction() const;
  // Of a struct.
  std::span<const RunField> fields() const;
  // Of a function.
  std::span<const RunType* const> params() const;
  std::span<const RunType* const> results() const;
  bool is_variadic() const;
  // The method set, or an interface's methods; by name, those of one name by
  // package path.
  std::span<const RunMethod> methods() const;
  const RunType* pointer_to() const;

  bool is_interface() const { return kind == Kind::kInterface; }
  bool is_comparable() const { return equal != EqualKind::kNone; }

  // The method of that name (and package), or null.
  const RunMethod* FindMethod(const RunMethod& wanted) const;
  // The method that implements an interface's declared method, or null. Fast
  // after the first time.
  const RunMethod* FindMethod(const types::Func* interface_method) const;
  // The first method of `interface` that this type lacks (or has with another
  // signature); null if it implements it. Fast after the first time.
  const RunMethod* MissingMethod(const RunType* interface) const;

  // For reflect: the Go value that stands for it, made by the machine.
  mutable void* descriptor = nullptr;

  struct Lazy;
  mutable std::unique_ptr<Lazy> lazy;

  RunType();
  ~RunType();
  RunType(const RunType&) = delete;
  RunType& operator=(const RunType&) = delete;
};

class RunTypes {
 public:
  explicit RunTypes(types::TypeTable& table);
  ~RunTypes();

  // No type parameter and no tuple.
  const RunType* Of(const types::Type* type);
  // Of a predeclared type.
  const RunType* Of(types::BasicKind kind);
  // `interface {}` and `error`.
  const RunType* any() { return any_; }
  const RunType* error() { return error_; }

  Layouts& layouts() { return layouts_; }
  types::TypeTable& type_table() const { return table_; }
  // In the order of making.
  std::span<const std::unique_ptr<RunType>> all() const { return all_; }

 private:
  void Fill(RunType& run_type, const types::Type* type);

  types::TypeTable& table_;
  Layouts layouts_;
  std::vector<std::unique_ptr<RunType>> all_;
  std::unordered_map<const types::Type*, RunType*> by_address_;
  std::unordered_multimap<uint32_t, RunType*> by_hash_;
  const RunType* any_ = nullptr;
  const RunType* error_ = nullptr;
};

}  // namespace gdlint::interp
