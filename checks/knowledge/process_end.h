// What is left undone when the process ends before a function is called.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gdlint::checks::knowledge {

// In order of gravity.
enum class Undone : uint8_t {
  // Nothing: it only looks, or changes what dies with the process.
  kNothing,
  // Something that the kernel or the peer does by itself then.
  kDoneAnyway,
  // Not known.
  kUnknown,
  // A message that nobody gets to see.
  kMessage,
  // Files stay, data is not written, a lock outside of the process is held.
  kWork,
};

// Of a function by its full name, "os.Remove" or "(*bufio.Writer).Flush".
// Nothing if that is not in the table.
std::optional<Undone> UndoneBy(std::string_view full_name);

// By its name alone, for a method or function of which nothing else is known.
Undone UndoneByName(std::string_view name);

}  // namespace gdlint::checks::knowledge
