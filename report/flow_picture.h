// The control flow of a function as a picture in a page.

#pragma once

#include <string>

#include "report/function_page.h"

namespace gdlint::report {

// Appends an <svg>, whose nodes and edges have the classes of the ways that
// they are on (see WayClasses); or a sentence that says why there is none.
void AppendPicture(const FunctionPage& page, std::string& out);

// " w1 s1 x1": on way 1, on each way of it, where it is left. `lists` picks the
// three lists of a Way.
struct WayLists {
  std::vector<uint32_t> Way::* all;
  std::vector<uint32_t> Way::* sure;
  std::vector<uint32_t> Way::* exits = nullptr;
};
std::string WayClasses(const FunctionPage& page, uint32_t item,
                       const WayLists& lists);

}  // namespace gdlint::report
