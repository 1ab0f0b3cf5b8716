// Values of constants, exact where the language wants them exact. What an
// operation is not defined for gives an unknown value, and a comparison that is
// not defined is false. What is made in one arena may be an operand in another,
// and may be read by several threads at a time.
//
// The operations and their limits are those of go/constant: integers and
// rationals of any size, and beyond 4,096 bits of exponent binary floating
// point with 512 bits of mantissa, rounded to nearest even.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lexer/token.h"
#include "support/arena.h"

namespace gdlint::types {

enum class ConstantKind : uint8_t {
  // A value that an error made unknown. Operations on it give it again.
  kUnknown,
  kBool,
  kString,
  kInt,
  kFloat,
  kComplex,
};

// An immutable constant. What does not fit into its 16 bytes lies in the arena
// that the operation was given, which must outlive it. Kinds are ordered: an
// operation on two numbers first brings both to the greater kind; Int, Float
// and Complex values are not normalised (a Float may be integral).
class Value {
 public:
  // Unknown.
  constexpr Value() = default;

  ConstantKind kind() const { return kKinds[static_cast<size_t>(form_)]; }
  bool is_unknown() const { return form_ == Form::kUnknown; }
  // An integer in the range of int64: almost all constants are.
  bool is_int64() const { return form_ == Form::kInt64; }
  // Of one that is_int64.
  int64_t int64() const { return small_; }

 private:
  friend struct ValueAccess;
  friend class TypeAndValue;

  // How a value is stored; several representations make one kind.
  enum class Form : uint8_t {
    kUnknown,
    kBool,
    kString,
    kConcatenation,
    kInt64,
    kBigInt,
    kRational,
    kBigFloat,
    kComplex,
  };

  // By form.
  static constexpr ConstantKind kKinds[] = {
      ConstantKind::kUnknown, ConstantKind::kBool,  ConstantKind::kString,
      ConstantKind::kString,  ConstantKind::kInt,   ConstantKind::kInt,
      ConstantKind::kFloat,   ConstantKind::kFloat, ConstantKind::kComplex,
  };

  Form form_ = Form::kUnknown;
  union {
    int64_t small_ = 0;
    const void* big_;
  };
};
static_assert(sizeof(Value) == 16);

// No integer constant may be longer; longer ones are overflows, as for gc.
inline constexpr int kMaxConstantBits = 512;
// gc's greatest shift count for constants: 1023 - 1 + 52.
inline constexpr uint64_t kMaxConstantShift = 1074;
// Longer number literals are errors.
inline constexpr size_t kMaxNumberLiteral = 10'000;
// A longer string constant becomes unknown, so that doublings end.
inline constexpr size_t kMaxConstantString = size_t{256} << 20;

namespace constant {

Value MakeBool(bool value);
Value MakeString(Arena& arena, std::string_view text);
Value MakeInt64(int64_t value);
Value MakeUint64(Arena& arena, uint64_t value);
// Infinities and NaN give an unknown value, and -0 gives 0.
Value MakeFloat64(Arena& arena, double value);
// The imaginary number `x`i.
Value MakeImag(Arena& arena, Value x);
// The value of a BasicLit, `token` being kInt to kString. Unknown for a literal
// that is ill-formed, a number longer than kMaxNumberLiteral, and one whose
// exponent exceeds what go/constant takes.
Value MakeFromLiteral(Arena& arena, lexer::TokenKind token,
                      std::string_view literal);

// The kind must be kBool.
bool BoolValue(Value x);
// The bytes of a kString; no bytes if it is unknown. They are joined in `arena`
// when first asked for. If another arena owns `x`, that is done again each time
// until its owner has asked.
std::string_view StringValue(Arena& arena, Value x);
// Its length in bytes, in constant time.
size_t StringSize(Value x);
// Nothing if `x` is not a kInt in that range.
inline std::optional<int64_t> Int64Value(Value x) {
  return x.is_int64() ? std::optional(x.int64()) : std::nullopt;
}
std::optional<uint64_t> Uint64Value(Value x);
// The nearest float64 (float32) of a kInt or kFloat; may be infinite.
double Float64Value(Value x);
float Float32Value(Value x);

// -1, 0 or 1; for a complex number 0 only if both parts are zero. 1 for
// unknown.
int Sign(Value x);
// The number of bits of |x|; `x` is a kInt.
int BitLength(Value x);
inline bool IsInt64(Value x) { return x.is_int64(); }

// Parts of a number; an unknown value has unknown parts.
Value Real(Value x);
Value Imag(Value x);

// The number as another kind, or unknown if it cannot be exactly that. As
// go/constant, ToInt rounds a kBigFloat that is off an integer only by its
// last bits.
Value ToInt(Arena& arena, Value x);
Value ToFloat(Arena& arena, Value x);
Value ToComplex(Arena& arena, Value x);

// The nearest float32, float64, complex64 or complex128, as a constant; unknown
// where it would be infinite. A result that underflows is 0.
Value RoundToFloat32(Arena& arena, Value x);
Value RoundToFloat64(Arena& arena, Value x);

// `op x` for op kAdd, kSub, kXor, kNot. `unsigned_bits`, if not 0, limits the
// result of kXor to so many bits.
Value UnaryOp(Arena& arena, lexer::TokenKind op, Value x,
              unsigned unsigned_bits);
// `x op y`; both strings, both booleans or both numbers. `integer_division`
// makes kQuo of two kInt values truncate (go/token's QUO_ASSIGN). Division by
// zero should be excluded before; it gives unknown.
Value BinaryOp(Arena& arena, Value x, lexer::TokenKind op, Value y,
               bool integer_division = false);
// `x << count` or `x >> count` of a kInt. Unknown if `count` exceeds
// kMaxConstantShift for kShl.
Value Shift(Arena& arena, Value x, lexer::TokenKind op, uint64_t count);
// `x op y` for a comparison operator. False if one is unknown.
bool Compare(Arena& arena, Value x, lexer::TokenKind op, Value y);

// Equal constants of equal kinds have equal hashes.
size_t Hash(Arena& arena, Value x);

// go/constant's ExactString: exact, strings quoted, rationals as "1/3".
std::string ExactString(Value x);
// go/constant's String: short, for people; long strings are cut.
std::string ShortString(Value x);

}  // namespace constant
}  // namespace gdlint::types
