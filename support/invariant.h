// What must hold whatever the input. A broken invariant is a bug in this
// program.

#pragma once

#include <stdexcept>
#include <string_view>

namespace gdlint {

// What a broken invariant becomes in a release build. Nothing but the boundary
// round one file in the driver catches it.
class InvariantError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

// While it lives, a broken invariant on this thread is reported as having
// happened "while DOING WHAT". Nests. The views must outlive it.
class InvariantScope {
 public:
  InvariantScope(std::string_view doing, std::string_view what);
  ~InvariantScope();
  InvariantScope(const InvariantScope&) = delete;
  InvariantScope& operator=(const InvariantScope&) = delete;

  std::string_view doing() const { return doing_; }
  std::string_view what() const { return what_; }
  const InvariantScope* outer() const { return outer_; }

 private:
  std::string_view doing_;
  std::string_view what_;
  const InvariantScope* outer_;
};

// Stops the program in a debug build; throws InvariantError in a release build.
[[noreturn]] void InvariantBroken(const char* condition, const char* file,
                                  int line);

}  // namespace gdlint

// Checked in every build: what is cheap and guards the bounds of something.
#define GDLINT_ASSERT(condition) \
  ((condition) ? void()          \
               : ::gdlint::InvariantBroken(#condition, __FILE__, __LINE__))
