#include "driver/keep.h"

#include <utility>
#include <vector>

namespace gdlint::driver {

void KeepToEnd(std::shared_ptr<const void> object) {
  // Never destroyed, but found by those who look for leaks.
  static auto* const kept = new std::vector<std::shared_ptr<const void>>();
  kept->push_back(std::move(object));
}

}  // namespace gdlint::driver
