// Comparisons, conversions, interfaces, closures, slices.

#include <array>
#include <cmath>
#include <complex>
#include <cstring>

#include "interp/conversion.h"
#include "interp/equal.h"
#include "interp/slice.h"
#include "interp/slow.h"
#include "types/constant.h"

namespace gdlint::interp::slow {

using lexer::TokenKind;

Next Compare(Execution& at, const CodeInst& inst, const Site& site) {
  const Equality answer = Equal(site.type, at.registers + site.operands[0],
                                at.registers + site.operands[1]);
  if (answer.uncomparable != nullptr) {
    return Executor::PanicError(at.machine, at.goroutine,
                                UncomparableText(answer.uncomparable));
  }
  at.Reg<uint8_t>(inst.a) = answer.equal != site.flag;
  return Next::kContinue;
}

Next CompareInterfaces(Execution& at, const CodeInst& inst, const Site& site) {
  const Equality answer =
      EqualInterfaces(at.Reg<InterfaceValue>(site.operands[0]),
                      at.Reg<InterfaceValue>(site.operands[1]));
  if (answer.uncomparable != nullptr) {
    return Executor::PanicError(at.machine, at.goroutine,
                                UncomparableText(answer.uncomparable));
  }
  at.Reg<uint8_t>(inst.a) = answer.equal != site.flag;
  return Next::kContinue;
}

Next Concatenate(Execution& at, const CodeInst& inst, const Site& site) {
  CollectIfWanted(at.machine);
  const StringValue parts[] = {at.Reg<StringValue>(site.operands[0]),
                               at.Reg<StringValue>(site.operands[1])};
  at.Reg<StringValue>(inst.a) = interp::Concatenate(at.heap(), parts);
  return Next::kContinue;
}

namespace {

// As gc's complex128div: C99's annex G in its own way.
std::complex<double> Quotient(std::complex<double> n, std::complex<double> m) {
  const auto is_finite = [](std::complex<double> x) {
    return std::isfinite(x.real()) && std::isfinite(x.imag());
  };
  double e = 0;
  double f = 0;
  if (std::fabs(m.real()) >= std::fabs(m.imag())) {
    const double ratio = m.imag() / m.real();
    const double denominator = m.real() + ratio * m.imag();
    e = (n.real() + n.imag() * ratio) / denominator;
    f = (n.imag() - n.real() * ratio) / denominator;
  } else {
    const double ratio = m.real() / m.imag();
    const double denominator = m.imag() + ratio * m.real();
    e = (n.real() * ratio + n.imag()) / denominator;
    f = (n.imag() * ratio - n.real()) / denominator;
  }
  if (std::isnan(e) || std::isnan(f)) {
    double a = n.real();
    double b = n.imag();
    double c = m.real();
    double d = m.imag();
    const auto box = [](double x) {
      return std::copysign(std::isinf(x) ? 1.0 : 0.0, x);
    };
    if (m == std::complex<double>(0, 0) && (!std::isnan(a) || !std::isnan(b))) {
      e = std::copysign(INFINITY, c) * a;
      f = std::copysign(INFINITY, c) * b;
    } else if ((std::isinf(a) || std::isinf(b)) && is_finite(m)) {
      a = box(a);
      b = box(b);
      e = INFINITY * (a * c + b * d);
      f = INFINITY * (b * c - a * d);
    } else if ((std::isinf(c) || std::isinf(d)) && is_finite(n)) {
      c = box(c);
      d = box(d);
      e = 0 * (a * c + b * d);
      f = 0 * (b * c - a * d);
    }
  }
  return {e, f};
}

// Written out: std::complex repairs products that gc leaves alone.
template <typename T>
bool Calculate(TokenKind op, const T* x, const T* y, T* out, bool* answer) {
  switch (op) {
    case TokenKind::kAdd:
      out[0] = x[0] + y[0];
      out[1] = x[1] + y[1];
      return true;
    case TokenKind::kSub:
      out[0] = x[0] - y[0];
      out[1] = x[1] - y[1];
      return true;
    case TokenKind::kMul: {
      // gc multiplies complex64 in float64.
      const double a = x[0];
      const double b = x[1];
      const double c = y[0];
      const double d = y[1];
      out[0] = static_cast<T>(a * c - b * d);
      out[1] = static_cast<T>(a * d + b * c);
      return true;
    }
    case TokenKind::kQuo: {
      const std::complex<double> quotient =
          Quotient({x[0], x[1]}, {y[0], y[1]});
      out[0] = static_cast<T>(quotient.real());
      out[1] = static_cast<T>(quotient.imag());
      return true;
    }
    case TokenKind::kNot:
      // Negation.
      out[0] = -x[0];
      out[1] = -x[1];
      return true;
    default:
      *answer = (x[0] == y[0] && x[1] == y[1]) == (op == TokenKind::kEql);
      return false;
  }
}

}  // namespace

Next Complex(Execution& at, const CodeInst& inst, const Site& site) {
  const TokenKind op = static_cast<TokenKind>(site.kind);
  bool answer = false;
  const auto calculate = [&]<typename T>(T) {
    T x[2];
    T y[2];
    T out[2];
    std::memcpy(x, at.registers + site.operands[0], sizeof(x));
    std::memcpy(y, at.registers + site.operands[1], sizeof(y));
    if (Calculate(op, x, y, out, &answer)) {
      std::memcpy(at.registers + inst.a, out, sizeof(out));
    } else {
      at.Reg<uint8_t>(inst.a) = answer;
    }
  };
  if (site.size == 8) {
    calculate(float{});
  } else {
    calculate(double{});
  }
  return Next::kContinue;
}

Next Convert(Execution& at, const CodeInst& inst, const Site& site) {
  CollectIfWanted(at.machine);
  site.conversion(at.heap(), at.registers + site.operands[0],
                  at.registers + inst.a);
  return Next::kContinue;
}

Next CheckUnsafe(Execution& at, const CodeInst& inst, const Site& site) {
  void* const pointer = at.Reg<void*>(site.operands[0]);
  if (at.heap().CheckAccess(pointer, site.size) == Heap::Access::kForbidden) {
    return Executor::CannotRun(at.machine,
                               "unsafe: a pointer to memory beyond its object");
  }
  at.Reg<void*>(inst.a) = pointer;
  return Next::kContinue;
}

namespace {

// As gc, what is a number below 256 to the eye of who copies it has one place
// for all interfaces: a crash tells whether a value was raised again.
const uint64_t* SmallValue(const RunType& type, const uint8_t* from) {
  static const auto kValues = [] {
    std::array<uint64_t, 256> values;
    for (size_t i = 0; i < values.size(); ++i) {
      values[i] = i;
    }
    return values;
  }();
  uint64_t value = 0;
  if (type.has_pointers || type.align != type.size ||
      (type.size != 2 && type.size != 4 && type.size != 8)) {
    return nullptr;
  }
  std::memcpy(&value, from, static_cast<size_t>(type.size));
  return value < kValues.size() ? &kValues[value] : nullptr;
}

}  // namespace

Next MakeInterface(Execution& at, const CodeInst& inst, const Site& site) {
  const uint8_t* const from = at.registers + site.operands[0];
  InterfaceValue value;
  value.type = site.type;
  if (site.type->is_direct) {
    std::memcpy(&value.data, from, 8);
  } else if (const uint64_t* const small = SmallValue(*site.type, from)) {
    value.data = const_cast<uint64_t*>(small);
  } else {
    CollectIfWanted(at.machine);
    value.data = at.heap().Allocate(site.type);
    std::memcpy(value.data, from, static_cast<size_t>(site.type->size));
  }
  at.Reg<InterfaceValue>(inst.a) = value;
  return Next::kContinue;
}

namespace {

// The type's method that `interface` wants and that it lacks.
Next AssertionPanic(Execution& at, const Site& site, const RunType* concrete) {
  struct {
    const void* interface_type;
    const void* concrete;
    const void* asserted;
    StringValue missing;
  } args = {site.other_type, concrete, site.type, {}};
  if (site.type->is_interface() && concrete == nullptr) {
    args.interface_type = nullptr;
  }
  if (site.type->is_interface() && concrete != nullptr) {
    if (const RunMethod* const missing = concrete->MissingMethod(site.type);
        missing != nullptr) {
      args.missing = at.heap().Constant(missing->name);
    }
  }
  return Executor::CallRuntime(at.machine, at.goroutine,
                               RuntimeCall::kPanicTypeAssertion, &args,
                               sizeof(args));
}

}  // namespace

Next TypeAssert(Execution& at, const CodeInst& inst, const Site& site) {
  const InterfaceValue value = at.Reg<InterfaceValue>(site.operands[0]);
  bool holds = false;
  if (site.type->is_interface()) {
    if (value.type != nullptr) {
      if (value.type == site.cached_type) {
        holds = site.cached_answer;
      } else {
        holds = value.type->MissingMethod(site.type) == nullptr;
        site.cached_type = value.type;
        site.cached_answer = holds;
      }
    }
  } else {
    holds = value.type == site.type;
  }
  if (!holds && !site.flag) {
    return AssertionPanic(at, site, value.type);
  }
  uint8_t* const to = at.registers + inst.a;
  const size_t size = static_cast<size_t>(site.type->size);
  if (!holds) {
    std::memset(to, 0, size);
  } else if (site.type->is_interface()) {
    std::memcpy(to, &value, sizeof(value));
  } else if (site.type->is_direct) {
    std::memcpy(to, &value.data, sizeof(value.data));
  } else {
    std::memcpy(to, value.data, size);
  }
  if (site.flag) {
    to[site.length] = holds;
  }
  return Next::kContinue;
}

Next MakeClosure(Execution& at, const CodeInst& inst, const Site& site) {
  if (site.flag && at.Reg<const void*>(site.moves[0].from) == nullptr) {
    return Executor::PanicMemory(at.machine, at.goroutine, 0);
  }
  CollectIfWanted(at.machine);
  Closure* const closure = reinterpret_cast<Closure*>(at.heap().Allocate(
      static_cast<int64_t>(sizeof(Closure)) + site.args_size, true));
  closure->callable = site.callee;
  for (const Move& move : site.moves) {
    std::memcpy(closure->captured() + move.to, at.registers + move.from,
                static_cast<size_t>(move.size));
  }
  at.Reg<Closure*>(inst.a) = closure;
  return Next::kContinue;
}

namespace {

Next BoundsPanic(Execution& at, const Site& site,
                 const BoundsProblem& problem) {
  const bool is_signed = (site.other_kind >> problem.which & 1) == 0;
  return Executor::PanicBounds(at.machine, at.goroutine, problem.value,
                               is_signed, problem.limit, problem.code);
}

}  // namespace

Next SliceOp(Execution& at, const CodeInst& inst, const Site& site) {
  Bounds bounds;
  if (site.operands[1] >= 0) {
    bounds.low = at.Reg<int64_t>(site.operands[1]);
  }
  if (site.operands[2] >= 0) {
    bounds.high = at.Reg<int64_t>(site.operands[2]);
    bounds.has_high = true;
  }
  if (site.operands.size() > 3 && site.operands[3] >= 0) {
    bounds.max = at.Reg<int64_t>(site.operands[3]);
    bounds.has_max = true;
  }
  if (site.kind == 0) {
    const SlicedString sliced =
        SliceString(at.Reg<StringValue>(site.operands[0]), bounds);
    if (sliced.problem.exists) {
      return BoundsPanic(at, site, sliced.problem);
    }
    at.Reg<StringValue>(inst.a) = sliced.string;
    return Next::kContinue;
  }
  Sliced sliced;
  if (site.kind == 1) {
    sliced =
        SliceSlice(site.type, at.Reg<SliceValue>(site.operands[0]), bounds);
  } else {
    std::byte* const array = at.Reg<std::byte*>(site.operands[0]);
    if (array == nullptr) {
      return Executor::PanicMemory(at.machine, at.goroutine, 0);
    }
    sliced = SliceArray(site.type, array, site.length, bounds);
  }
  if (sliced.problem.exists) {
    return BoundsPanic(at, site, sliced.problem);
  }
  at.Reg<SliceValue>(inst.a) = sliced.slice;
  return Next::kContinue;
}

Next SliceToArrayPointer(Execution& at, const CodeInst& inst,
                         const Site& site) {
  const SliceValue slice = at.Reg<SliceValue>(site.operands[0]);
  if (slice.size < site.length) {
    return Executor::PanicBounds(at.machine, at.goroutine, slice.size, true,
                                 site.length, BoundsProblem::kConvert);
  }
  at.Reg<std::byte*>(inst.a) = slice.data;
  return Next::kContinue;
}

Next MakeSliceOp(Execution& at, const CodeInst& inst, const Site& site) {
  CollectIfWanted(at.machine);
  SliceValue made;
  const char* const problem =
      MakeSlice(at.heap(), site.type, at.Reg<int64_t>(site.operands[0]),
                at.Reg<int64_t>(site.operands[1]), &made);
  if (problem != nullptr) {
    return Executor::PanicError(at.machine, at.goroutine, problem);
  }
  at.Reg<SliceValue>(inst.a) = made;
  return Next::kContinue;
}

}  // namespace gdlint::interp::slow
