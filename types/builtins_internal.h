// What the files that check calls of built-in functions share. Internal to
// types/.

#pragma once

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "types/call_internal.h"
#include "types/checker.h"

namespace gdlint::types {

struct BuiltinFacts {
  std::string_view name;
  // The least number of arguments, and the greatest unless variadic.
  size_t arg_count;
  bool is_variadic;
  ExprKind kind;
};
const BuiltinFacts& FactsOf(BuiltinId id);

// A call of a built-in while it is checked. Functions that check one return
// false after an error; else the result is in `x`.
struct BuiltinCall {
  Checker& checker;
  // The first argument, if arguments are evaluated before the call is checked,
  // then the result.
  Operand& x;
  ast::Ref<ast::CallExpr> ref;
  const ast::CallExpr& call;
  BuiltinId id;
  std::span<const ast::ExprId> exprs;
  // The arguments, where they are evaluated first.
  OperandList args;
  // Their number, in either case.
  size_t arg_count = 0;

  std::string_view name() const { return FactsOf(id).name; }
  // Reports at an operand; false, for use in a return.
  bool Fail(const Operand& at, Code code, std::string message) const;
  // Makes the result a `mode` of `type`.
  void Give(Mode mode, const Type* type) const {
    x.mode = mode;
    x.type = type;
  }
  void GiveConstant(const Type* type, Value value) const {
    Give(Mode::kConstant, type);
    x.value = value;
  }
  // Records what the built-in is a function of, here; `result` may be null.
  // Untyped arguments have their default types.
  const Signature* MakeSignature(const Type* result,
                                 std::span<const Type* const> params,
                                 bool is_variadic = false) const;
  void RecordSignature(const Type* result,
                       std::span<const Type* const> params) const;
  void RecordSignature(const Type* result,
                       std::initializer_list<const Type*> params) const {
    RecordSignature(result, std::span(params.begin(), params.size()));
  }
};

// The element type of a slice, or of all slices in a type set; null if there is
// none, and `cause` says why.
const Type* SliceElem(const Checker& checker, const Operand& x,
                      std::string& cause);
// Whether a `type` may be treated as bytes: it or all of its type set are
// strings or byte slices. `has_string` is set if there is a string.
bool IsBytesOrString(const Type* type, bool* has_string);

// builtins_numeric.cpp
bool CheckComplex(BuiltinCall& b);
bool CheckRealOrImag(BuiltinCall& b);
bool CheckMinOrMax(BuiltinCall& b);
// builtins_unsafe.cpp
bool CheckUnsafeAdd(BuiltinCall& b);
bool CheckAlignof(BuiltinCall& b);
bool CheckOffsetof(BuiltinCall& b);
bool CheckSizeof(BuiltinCall& b);
bool CheckUnsafeSlice(BuiltinCall& b);
bool CheckSliceData(BuiltinCall& b);
bool CheckUnsafeString(BuiltinCall& b);
bool CheckStringData(BuiltinCall& b);

}  // namespace gdlint::types
