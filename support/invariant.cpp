#include "support/invariant.h"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace gdlint {
namespace {

// The one piece of state outside of any object: where this thread is, for a
// message that is only ever printed when the program is already wrong.
thread_local const InvariantScope* innermost_scope = nullptr;

std::string Describe(const char* condition, const char* file, int line) {
  std::string text = "broken invariant `";
  text += condition;
  text += "` at ";
  text += file;
  text += ':';
  text += std::to_string(line);
  for (const InvariantScope* scope = innermost_scope; scope != nullptr;
       scope = scope->outer()) {
    text += ", while ";
    text += scope->doing();
    text += ' ';
    text += scope->what();
  }
  return text;
}

}  // namespace

InvariantScope::InvariantScope(std::string_view doing, std::string_view what)
    : doing_(doing), what_(what), outer_(innermost_scope) {
  innermost_scope = this;
}

InvariantScope::~InvariantScope() { innermost_scope = outer_; }

void InvariantBroken(const char* condition, const char* file, int line) {
  const std::string text = Describe(condition, file, line);
#ifdef NDEBUG
  throw InvariantError(text);
#else
  std::fprintf(stderr, "gdlint: %s\n", text.c_str());
  std::abort();
#endif
}

}  // namespace gdlint
