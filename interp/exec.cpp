// The loop. Each operation ends with a jump of its own to the next one, which
// processors predict far better than one jump for all.

#include <cstdint>
#include <cstring>

#include "interp/execution.h"

// Labels as values are an extension of g++ and clang++.
#pragma GCC diagnostic ignored "-Wpedantic"

namespace gdlint::interp {
namespace {

// Addresses below are no objects: gc takes accesses there for nil dereferences.
constexpr uintptr_t kFirstPage = 4096;

inline bool IsNil(const uint8_t* pointer) {
  return reinterpret_cast<uintptr_t>(pointer) < kFirstPage;
}

inline void CopyMove(const Move& move, uint8_t* to, const uint8_t* from) {
  if (move.size == 8) {
    std::memcpy(to + move.to, from + move.from, 8);
  } else if (move.size == 16) {
    std::memcpy(to + move.to, from + move.from, 16);
  } else {
    std::memcpy(to + move.to, from + move.from, static_cast<size_t>(move.size));
  }
}

inline int CompareStrings(const StringValue& x, const StringValue& y) {
  const int64_t common = x.size < y.size ? x.size : y.size;
  if (common != 0) {
    if (const int order =
            std::memcmp(x.data, y.data, static_cast<size_t>(common));
        order != 0) {
      return order;
    }
  }
  return x.size < y.size ? -1 : x.size > y.size ? 1 : 0;
}

inline bool EqualStrings(const StringValue& x, const StringValue& y) {
  return x.size == y.size &&
         (x.data == y.data || x.size == 0 ||
          std::memcmp(x.data, y.data, static_cast<size_t>(x.size)) == 0);
}

// gc's error codes of bounds.
constexpr uint8_t kIndexCode = 0;

template <typename T>
T Divide(T x, T y) {
  if constexpr (std::is_signed_v<T>) {
    if (y == -1) {
      using U = std::make_unsigned_t<T>;
      return static_cast<T>(U{0} - static_cast<U>(x));
    }
  }
  return static_cast<T>(x / y);
}

template <typename T>
T Remainder(T x, T y) {
  if constexpr (std::is_signed_v<T>) {
    if (y == -1) {
      return 0;
    }
  }
  return static_cast<T>(x % y);
}

// The lower half of a product never depends on signs; wide enough, so that
// small types are not promoted to int.
template <typename T>
T Multiply(T x, T y) {
  return static_cast<T>(static_cast<uint64_t>(x) * static_cast<uint64_t>(y));
}

}  // namespace

int64_t Executor::Execute(Machine& machine, Goroutine& goroutine,
                          int64_t budget) {
  static const void* const kLabels[] = {
#define CODE_OP(Name) &&Op##Name,
#include "interp/code_op.def"
  };

  Frame* frame = nullptr;
  uint8_t* fp = nullptr;
  const CodeInst* pc = nullptr;
  // Of the call that is being made.
  const Site* site = nullptr;
  Closure* closure = nullptr;
  Callable* callee = nullptr;
  Frame* entered = nullptr;

  if (goroutine.panic_on_wake != nullptr) [[unlikely]] {
    const char* const text = goroutine.panic_on_wake;
    goroutine.panic_on_wake = nullptr;
    if (PanicPlain(machine, goroutine, text) == Next::kLeave) {
      return budget;
    }
  }

#define REG(T, offset) (*reinterpret_cast<T*>(fp + (offset)))
#define DISPATCH() goto* kLabels[static_cast<size_t>(pc->op)]
#define OP(Name) Op##Name:
#define NEXT()  \
  do {          \
    ++pc;       \
    DISPATCH(); \
  } while (false)
  // The goroutine's frames are as others may see them.
#define SAVE()             \
  do {                     \
    frame->pc = pc + 1;    \
    goroutine.top = frame; \
  } while (false)
#define JUMP()   \
  do {           \
    pc += pc->a; \
    DISPATCH();  \
  } while (false)

reload:
  frame = goroutine.top;
  fp = frame->registers();
  pc = frame->pc;
  DISPATCH();

#include "interp/exec_arithmetic.inc"
#include "interp/exec_call.inc"
#include "interp/exec_memory.inc"

panic_memory:
  SAVE();
  if (PanicMemory(machine, goroutine, 0) == Next::kLeave) {
    return budget;
  }
  goto reload;

panic_divide:
  SAVE();
  if (PanicError(machine, goroutine, "integer divide by zero") ==
      Next::kLeave) {
    return budget;
  }
  goto reload;

  // An element of a slice, an array or a string: the index is in `c`, and the
  // slice, string or ArraySite tells the length.
panic_index: {
  int64_t length = 0;
  switch (pc->op) {
    case CodeOp::kArrayElem:
    case CodeOp::kArrayElemAddr:
      length = static_cast<const ArraySite*>(pc->ptr)->length;
      break;
    default:
      // The length of slices and strings is the second word.
      length = REG(int64_t, pc->b + 8);
      break;
  }
  SAVE();
  if (PanicBounds(machine, goroutine, REG(int64_t, pc->c), pc->n == 0, length,
                  kIndexCode) == Next::kLeave) {
    return budget;
  }
  goto reload;
}
}

}  // namespace gdlint::interp
