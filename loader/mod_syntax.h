// The line syntax that go.mod and go.work share.

#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace gdlint::loader {

// Calls `fn` for each directive: `require a v1` and, in `require (…)`, each
// line. `arguments` are the words behind the verb, without quotes and comments;
// there is at least one. A line that cannot be understood is passed over.
void ForEachDirective(
    std::string_view text,
    const std::function<void(std::string_view verb,
                             std::span<const std::string> arguments)>& fn);

}  // namespace gdlint::loader
