// Runs code on a stack deep enough for hostile nesting.

#pragma once

#include <cstddef>
#include <functional>

namespace gdlint {

// Functions take several times as much of a stack where it is instrumented.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool kHasAddressSanitizer = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool kHasAddressSanitizer = true;
#else
inline constexpr bool kHasAddressSanitizer = false;
#endif
#else
inline constexpr bool kHasAddressSanitizer = false;
#endif

// Address space, not memory: pages are only taken when the nesting is really
// there.
inline constexpr size_t kDeepStackSize =
    size_t{kHasAddressSanitizer ? 4096 : 512} << 20;

// Calls `fn` on a thread of its own with kDeepStackSize bytes of stack and
// waits for it. An exception that leaves `fn` is rethrown here.
void RunOnDeepStack(const std::function<void()>& fn);

// The size of the calling thread's stack in bytes, as it was set up.
size_t StackSize();

}  // namespace gdlint
