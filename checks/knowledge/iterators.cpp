#include "checks/knowledge/iterators.h"

#include <algorithm>

namespace gdlint::checks::knowledge {
namespace {

struct PackageFunction {
  std::string_view import_path;
  std::string_view name;
  friend bool operator==(const PackageFunction&,
                         const PackageFunction&) = default;
};

constexpr PackageFunction kFunctions[] = {
    {"bytes", "FieldsFuncSeq"},
    {"bytes", "FieldsSeq"},
    {"bytes", "Lines"},
    {"bytes", "SplitAfterSeq"},
    {"bytes", "SplitSeq"},
    {"maps", "All"},
    {"maps", "Keys"},
    {"maps", "Values"},
    {"slices", "All"},
    {"slices", "Backward"},
    {"slices", "Chunk"},
    {"slices", "Values"},
    {"strings", "FieldsFuncSeq"},
    {"strings", "FieldsSeq"},
    {"strings", "Lines"},
    {"strings", "SplitAfterSeq"},
    {"strings", "SplitSeq"},
};

}  // namespace

bool ReturnsIterator(std::string_view import_path, std::string_view name) {
  return std::ranges::count(kFunctions, PackageFunction{import_path, name}) > 0;
}

}  // namespace gdlint::checks::knowledge
