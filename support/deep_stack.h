// Runs code on a stack deep enough for hostile nesting.

#pragma once

#include <cstddef>
#include <functional>

namespace gdlint {

// Address space, not memory: pages are only taken when the nesting is really
// there.
inline constexpr size_t kDeepStackSize = size_t{512} << 20;

// Calls `fn` on a thread of its own with kDeepStackSize bytes of stack and
// waits for it. An exception that leaves `fn` is rethrown here.
void RunOnDeepStack(const std::function<void()>& fn);

// The size of the calling thread's stack in bytes, as it was set up.
size_t StackSize();

}  // namespace gdlint
