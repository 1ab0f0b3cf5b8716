// Numbers as other kinds of numbers.

#include <functional>

#include "types/constant.h"
#include "types/constant_access.h"

namespace gdlint::types::constant {
namespace {

template <typename T>
T Native(Value x) {
  switch (FormOf(x)) {
    case Form::kInt64:
      return static_cast<T>(ValueAccess::Small(x));
    case Form::kBigInt: {
      // math/big rounds an integer to its own precision first.
      Arena scratch;
      return big::ToNative<T>(
          big::ToFloat(scratch, ValueAccess::Big<BigInt>(x)));
    }
    case Form::kRational:
      return big::ToNative<T>(ValueAccess::Big<BigRational>(x));
    case Form::kBigFloat:
      return big::ToNative<T>(ValueAccess::Big<BigFloat>(x));
    default:
      return 0;
  }
}

template <typename T>
Value RoundTo(Arena& arena, Value x) {
  if (FormOf(x) == Form::kComplex) {
    return MakeComplex(arena, RoundTo<T>(arena, Real(x)),
                       RoundTo<T>(arena, Imag(x)));
  }
  return IsReal(x) ? MakeFloat64(arena, double{Native<T>(x)}) : Value();
}

// A fraction that lives in the arena.
Value IntAsRational(Arena& arena, BigInt x) {
  const uint64_t one = 1;
  const auto copy = [&](std::span<const uint64_t> limbs) {
    return arena.Copy(limbs);
  };
  return MakeRational(arena,
                      {{copy(x.limbs), x.negative}, {copy({&one, 1}), false}});
}

size_t Mix(size_t hash, uint64_t value) {
  // The multiplier of splitmix64.
  hash = (hash ^ value) * 0xbf58476d1ce4e5b9U;
  return hash ^ (hash >> 31);
}

size_t HashOf(BigInt x) {
  size_t hash = Mix(1, x.negative ? 1 : 0);
  for (const uint64_t limb : x.limbs) {
    hash = Mix(hash, limb);
  }
  return hash;
}

// Fractions and floats are compared as floats, and an integer may be the part
// of a complex number that is elsewhere a fraction.
size_t HashAsFloat(Value x) {
  Arena scratch;
  const BigFloat value = FloatOperand(scratch, x);
  return Mix(HashOf(value.mantissa), static_cast<uint64_t>(value.exponent));
}

}  // namespace

BigFloat FloatOperand(Arena& arena, Value x) {
  switch (FormOf(x)) {
    case Form::kBigFloat:
      return ValueAccess::Big<BigFloat>(x);
    case Form::kRational:
      return big::ToFloat(arena, ValueAccess::Big<BigRational>(x));
    default:
      return big::ToFloat(arena, IntOperand(x).get());
  }
}

ComplexParts ComplexOperand(Value x) {
  return FormOf(x) == Form::kComplex ? ValueAccess::Big<ComplexParts>(x)
                                     : ComplexParts{x, MakeInt64(0)};
}

double Float64Value(Value x) { return Native<double>(x); }

float Float32Value(Value x) { return Native<float>(x); }

Value RoundToFloat32(Arena& arena, Value x) { return RoundTo<float>(arena, x); }

Value RoundToFloat64(Arena& arena, Value x) {
  return RoundTo<double>(arena, x);
}

Value ToInt(Arena& arena, Value x) {
  switch (FormOf(x)) {
    case Form::kInt64:
    case Form::kBigInt:
      return x;
    case Form::kRational: {
      const BigRational& rational = ValueAccess::Big<BigRational>(x);
      return rational.is_integer() ? MakeInt(arena, rational.numerator)
                                   : Value();
    }
    case Form::kBigFloat: {
      const auto integer = big::ToInteger(arena, ValueAccess::Big<BigFloat>(x));
      return integer ? MakeInt(arena, *integer) : Value();
    }
    case Form::kComplex:
      return Sign(Imag(x)) == 0 ? ToInt(arena, ToFloat(arena, Real(x)))
                                : Value();
    default:
      return {};
  }
}

Value ToFloat(Arena& arena, Value x) {
  switch (FormOf(x)) {
    case Form::kInt64:
      return IntAsRational(arena, IntOperand(x).get());
    case Form::kBigInt: {
      const BigInt& big = ValueAccess::Big<BigInt>(x);
      return big.bit_length() < kMaxRationalBits
                 ? IntAsRational(arena, big)
                 : MakeReal(arena, big::ToFloat(arena, big));
    }
    case Form::kRational:
    case Form::kBigFloat:
      return x;
    case Form::kComplex:
      return Sign(Imag(x)) == 0 ? ToFloat(arena, Real(x)) : Value();
    default:
      return {};
  }
}

Value ToComplex(Arena& arena, Value x) {
  if (FormOf(x) == Form::kComplex) {
    return x;
  }
  return IsReal(x) ? MakeComplex(arena, x, MakeInt64(0)) : Value();
}

size_t Hash(Arena& arena, Value x) {
  size_t hash = 0;
  switch (x.kind()) {
    case ConstantKind::kUnknown:
      break;
    case ConstantKind::kBool:
      hash = BoolValue(x) ? 1 : 0;
      break;
    case ConstantKind::kString:
      hash = std::hash<std::string_view>()(StringValue(arena, x));
      break;
    case ConstantKind::kInt:
      hash = HashOf(IntOperand(x).get());
      break;
    case ConstantKind::kFloat:
      hash = HashAsFloat(x);
      break;
    case ConstantKind::kComplex:
      hash = Mix(HashAsFloat(Real(x)), HashAsFloat(Imag(x)));
      break;
  }
  return Mix(static_cast<size_t>(x.kind()), hash);
}

}  // namespace gdlint::types::constant
