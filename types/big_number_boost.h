// Big numbers as Boost has them. Only the big_number*.cpp include this: the
// headers of Boost take seconds.

#pragma once

// GCC cannot see that Boost reads only those limbs that it has written.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <boost/multiprecision/cpp_int.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

#include <cstdint>

#include "types/big_number.h"

namespace gdlint::types::big {

using Integer =
    boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>,
                                  boost::multiprecision::et_off>;

Integer Load(BigInt x);
BigInt Store(Arena& arena, const Integer& x);

// Of the magnitude.
int64_t BitLength(const Integer& x);
// The magnitude `digits`; see ParseDigits.
Integer FromDigits(std::string_view digits, int base);
// Of two integers that are not negative.
Integer Gcd(Integer a, Integer b);

// Exactly `numerator / denominator`, in lowest terms. The denominator is
// positive.
BigRational StoreReduced(Arena& arena, const Integer& numerator,
                         const Integer& denominator);

// The denominator must not be zero.
BigFloat FloatQuotient(Arena& arena, const Integer& numerator,
                       const Integer& denominator);

}  // namespace gdlint::types::big
