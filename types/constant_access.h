// How values are stored, for the constant*.cpp alone.

#pragma once

#include <atomic>
#include <string_view>

#include "types/big_number.h"
#include "types/constant.h"

namespace gdlint::types {

// Two strings one after the other. Chains of `a + b + c ...` would otherwise
// take time and memory quadratic in their length.
struct Concatenation {
  Value left;
  Value right;
  size_t size;
  // The bytes, once someone has asked for them. Only an arena that owns this
  // node keeps them here, so that both live equally long.
  mutable std::atomic<const char*> joined;
};

// Neither is unknown or complex.
struct ComplexParts {
  Value real;
  Value imag;
};

struct ValueAccess {
  using Form = Value::Form;

  static Form FormOf(Value x) { return x.form_; }
  static int64_t Small(Value x) { return x.small_; }
  // kString: std::string_view. kConcatenation: Concatenation. kBigInt: BigInt.
  // kRational: BigRational. kBigFloat: BigFloat. kComplex: ComplexParts.
  template <typename T>
  static const T& Big(Value x) {
    return *static_cast<const T*>(x.big_);
  }

  static Value Make(Form form, int64_t small) {
    Value result;
    result.form_ = form;
    result.small_ = small;
    return result;
  }
  static Value Make(Form form, const void* big) {
    Value result;
    result.form_ = form;
    result.big_ = big;
    return result;
  }
};

namespace constant {

using Form = ValueAccess::Form;

inline Form FormOf(Value x) { return ValueAccess::FormOf(x); }
inline bool IsReal(Value x) {
  return Form::kInt64 <= FormOf(x) && FormOf(x) <= Form::kBigFloat;
}

// An int64 is stored as such.
Value MakeInt(Arena& arena, BigInt x);
Value MakeRational(Arena& arena, const BigRational& x);
Value MakeReal(Arena& arena, const BigReal& x);
// Unknown if one part is.
Value MakeComplex(Arena& arena, Value real, Value imag);

// A kInt as a BigInt, while this lives.
class IntOperand {
 public:
  explicit IntOperand(Value x)
      : small_(FormOf(x) == Form::kInt64 ? ValueAccess::Small(x) : 0),
        big_(FormOf(x) == Form::kInt64 ? small_.view()
                                       : ValueAccess::Big<BigInt>(x)) {}

  BigInt get() const { return big_; }

 private:
  Int64AsBig small_;
  BigInt big_;
};

// A kInt or a fraction as a fraction, while this lives.
class RationalOperand {
 public:
  explicit RationalOperand(Value x)
      : numerator_(FormOf(x) == Form::kRational
                       ? ValueAccess::Make(Form::kInt64, int64_t{0})
                       : x),
        one_(1),
        value_(FormOf(x) == Form::kRational
                   ? ValueAccess::Big<BigRational>(x)
                   : BigRational{numerator_.get(), one_.view()}) {}

  const BigRational& get() const { return value_; }

 private:
  IntOperand numerator_;
  Int64AsBig one_;
  BigRational value_;
};

// A real number in floating point, rounded if need be.
BigFloat FloatOperand(Arena& arena, Value x);
// Any number as a complex one.
ComplexParts ComplexOperand(Value x);

// `left + right` of two strings.
Value Concatenate(Arena& arena, Value left, Value right);
// The first bytes of a string, at most `limit`.
std::string Prefix(Value x, size_t limit);

}  // namespace constant
}  // namespace gdlint::types
