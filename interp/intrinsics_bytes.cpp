// internal/bytealg, and the parts of math that are assembly.

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string_view>

#include "interp/intrinsics.h"

namespace gdlint::interp {
namespace {

std::string_view StringArg(const Call& call, size_t slot) {
  return call.Arg<StringValue>(slot).view();
}

std::string_view BytesArg(const Call& call, size_t slot) {
  const auto& slice = call.Arg<SliceValue>(slot);
  return {reinterpret_cast<const char*>(slice.data),
          static_cast<size_t>(slice.size)};
}

template <typename T>
Outcome Done(const Call& call, const T& value) {
  call.Return(0, value);
  return Outcome::kDone;
}

Outcome Compare(const Call& call, std::string_view a, std::string_view b) {
  const int order = a.compare(b);
  return Done(call, int64_t{order > 0} - int64_t{order < 0});
}

Outcome Count(const Call& call, std::string_view text, char c) {
  return Done(call, int64_t{std::ranges::count(text, c)});
}

Outcome Found(const Call& call, size_t place) {
  return Done(call, place == std::string_view::npos
                        ? int64_t{-1}
                        : static_cast<int64_t>(place));
}

template <typename Function>
Outcome Math(const Call& call, const Function& function) {
  return Done(call, double{function(call.Arg<double>(0))});
}

}  // namespace

Outcome BytesMake(Call& call) {
  const auto size = call.Arg<int64_t>(0);
  if (size < 0 || size > (int64_t{1} << 47)) {
    return call.PanicError("makeslice: len out of range");
  }
  return Done(
      call, SliceValue{call.machine.heap().Allocate(size, false), size, size});
}

Outcome BytesCompare(Call& call) {
  return Compare(call, BytesArg(call, 0), BytesArg(call, 3));
}

Outcome StringsCompare(Call& call) {
  return Compare(call, StringArg(call, 0), StringArg(call, 2));
}

Outcome BytesEqual(Call& call) {
  return Done(call,
              static_cast<uint8_t>(BytesArg(call, 0) == BytesArg(call, 3)));
}

Outcome BytesCount(Call& call) {
  return Count(call, BytesArg(call, 0), call.Arg<char>(3));
}

Outcome StringsCount(Call& call) {
  return Count(call, StringArg(call, 0), call.Arg<char>(2));
}

Outcome BytesIndex(Call& call) {
  return Found(call, BytesArg(call, 0).find(BytesArg(call, 3)));
}

Outcome StringsIndex(Call& call) {
  return Found(call, StringArg(call, 0).find(StringArg(call, 2)));
}

Outcome BytesIndexByte(Call& call) {
  return Found(call, BytesArg(call, 0).find(call.Arg<char>(3)));
}

Outcome StringsIndexByte(Call& call) {
  return Found(call, StringArg(call, 0).find(call.Arg<char>(2)));
}

Outcome Copy32(Call& call) { return Done(call, call.Arg<uint32_t>(0)); }
Outcome Copy64(Call& call) { return Done(call, call.Arg<uint64_t>(0)); }

Outcome MathSqrt(Call& call) {
  return Math(call, [](double x) { return std::sqrt(x); });
}
Outcome MathFloor(Call& call) {
  return Math(call, [](double x) { return std::floor(x); });
}
Outcome MathCeil(Call& call) {
  return Math(call, [](double x) { return std::ceil(x); });
}
Outcome MathTrunc(Call& call) {
  return Math(call, [](double x) { return std::trunc(x); });
}
Outcome MathExp(Call& call) {
  return Math(call, [](double x) { return std::exp(x); });
}
Outcome MathLog(Call& call) {
  return Math(call, [](double x) { return std::log(x); });
}

Outcome MathHypot(Call& call) {
  return Done(call, std::hypot(call.Arg<double>(0), call.Arg<double>(1)));
}

Outcome MathFma(Call& call) {
  return Done(call, std::fma(call.Arg<double>(0), call.Arg<double>(1),
                             call.Arg<double>(2)));
}

// NaN wins over all but the infinity that is asked for, and -0 is less than 0.
Outcome MathMax(Call& call) {
  const double x = call.Arg<double>(0);
  const double y = call.Arg<double>(1);
  if (std::isinf(x) && x > 0) {
    return Done(call, x);
  }
  if ((std::isinf(y) && y > 0) || std::isnan(y)) {
    return Done(call, y);
  }
  if (std::isnan(x)) {
    return Done(call, x);
  }
  if (x == 0 && y == 0) {
    return Done(call, std::signbit(x) ? y : x);
  }
  return Done(call, x > y ? x : y);
}

Outcome MathMin(Call& call) {
  const double x = call.Arg<double>(0);
  const double y = call.Arg<double>(1);
  if (std::isinf(x) && x < 0) {
    return Done(call, x);
  }
  if ((std::isinf(y) && y < 0) || std::isnan(y)) {
    return Done(call, y);
  }
  if (std::isnan(x)) {
    return Done(call, x);
  }
  if (x == 0 && y == 0) {
    return Done(call, std::signbit(x) ? x : y);
  }
  return Done(call, x < y ? x : y);
}

}  // namespace gdlint::interp
