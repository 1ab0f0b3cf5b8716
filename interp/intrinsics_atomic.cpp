// sync/atomic.

#include <cstdint>

#include "interp/intrinsics.h"

namespace gdlint::interp {
namespace {

template <typename T, typename Change>
Outcome Update(const Call& call, bool returns_old, const Change& change) {
  auto* const place = call.Arg<T*>(0);
  if (place == nullptr) {
    return call.PanicMemory();
  }
  const T old = *place;
  *place = change(old, call.Arg<T>(1));
  call.Return(0, returns_old ? old : *place);
  return Outcome::kDone;
}

template <typename T>
Outcome Cas(const Call& call) {
  auto* const place = call.Arg<T*>(0);
  if (place == nullptr) {
    return call.PanicMemory();
  }
  const bool is_equal = *place == call.Arg<T>(1);
  if (is_equal) {
    *place = call.Arg<T>(2);
  }
  call.Return(0, static_cast<uint8_t>(is_equal));
  return Outcome::kDone;
}

template <typename T>
Outcome Load(const Call& call) {
  const auto* const place = call.Arg<T*>(0);
  if (place == nullptr) {
    return call.PanicMemory();
  }
  call.Return(0, *place);
  return Outcome::kDone;
}

template <typename T>
Outcome Store(const Call& call) {
  auto* const place = call.Arg<T*>(0);
  if (place == nullptr) {
    return call.PanicMemory();
  }
  *place = call.Arg<T>(1);
  return Outcome::kDone;
}

}  // namespace

#define ATOMIC_FUNCTIONS(Size)                                                \
  Outcome AtomicSwap##Size(Call& call) {                                      \
    return Update<uint##Size##_t>(call, true,                                 \
                                  [](auto, auto value) { return value; });    \
  }                                                                           \
  Outcome AtomicAdd##Size(Call& call) {                                       \
    return Update<uint##Size##_t>(                                            \
        call, false, [](auto old, auto value) { return old + value; });       \
  }                                                                           \
  Outcome AtomicAnd##Size(Call& call) {                                       \
    return Update<uint##Size##_t>(                                            \
        call, true, [](auto old, auto value) { return old & value; });        \
  }                                                                           \
  Outcome AtomicOr##Size(Call& call) {                                        \
    return Update<uint##Size##_t>(                                            \
        call, true, [](auto old, auto value) { return old | value; });        \
  }                                                                           \
  Outcome AtomicCas##Size(Call& call) { return Cas<uint##Size##_t>(call); }   \
  Outcome AtomicLoad##Size(Call& call) { return Load<uint##Size##_t>(call); } \
  Outcome AtomicStore##Size(Call& call) { return Store<uint##Size##_t>(call); }

ATOMIC_FUNCTIONS(32)
ATOMIC_FUNCTIONS(64)

#undef ATOMIC_FUNCTIONS

}  // namespace gdlint::interp
