// "Did you mean …?"

#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gdlint::driver {

// The candidate that `word` is most likely a slip of, or an empty text if none
// is near.
std::string_view Nearest(std::string_view word,
                         std::span<const std::string_view> candidates);

// "; did you mean `X`?" for the nearest candidate, or an empty text.
std::string DidYouMean(std::string_view word,
                       std::span<const std::string_view> candidates);

}  // namespace gdlint::driver
