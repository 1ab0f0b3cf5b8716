#include "types/object.h"

#include <string_view>

#include "support/utf8.h"
#include "types/package.h"

namespace gdlint::types {
namespace {

std::string_view PathOf(const Package* package) {
  return package != nullptr ? std::string_view(package->path)
                            : std::string_view();
}

// Two variants of a package, such as with and without its tests, are the same.
bool IsSamePackage(const Package* a, const Package* b) {
  if (a == nullptr || b == nullptr) {
    return a == b;
  }
  return a == b || a->path == b->path;
}

// The spelling without the difference between upper and lower case, for the
// scripts that identifiers with case are mostly written in: Latin, Greek and
// Cyrillic.
char32_t Folded(char32_t c) {
  const auto is_in = [c](char32_t first, char32_t last) {
    return first <= c && c <= last;
  };
  if (is_in('A', 'Z') || (is_in(0xc0, 0xde) && c != 0xd7) ||
      (is_in(0x391, 0x3a9) && c != 0x3a2) || is_in(0x410, 0x42f)) {
    return c + 0x20;
  }
  if (is_in(0x400, 0x40f)) {
    return c + 0x50;
  }
  if ((is_in(0x100, 0x137) && c != 0x130 && c != 0x131) ||
      is_in(0x14a, 0x177) || is_in(0x460, 0x481) || is_in(0x48a, 0x4bf) ||
      is_in(0x1e00, 0x1e95)) {
    return c | 1;
  }
  if (is_in(0x139, 0x148) || is_in(0x179, 0x17e)) {
    return c + (c & 1);
  }
  return c;
}

bool EqualFold(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const Utf8Character x = DecodeUtf8(a);
    const Utf8Character y = DecodeUtf8(b);
    if (x.value != y.value && Folded(x.value) != Folded(y.value)) {
      return false;
    }
    a.remove_prefix(x.length);
    b.remove_prefix(y.length);
  }
  return a.empty() && b.empty();
}

}  // namespace

bool SameId(const Object* object, const Package* package, const Name* name,
            bool fold_case) {
  if (object->name == name && name != nullptr) {
    return fold_case || name->is_exported ||
           IsSamePackage(object->package, package);
  }
  return fold_case && name != nullptr && object->name != nullptr &&
         EqualFold(object->name->text(), name->text());
}

int CompareIds(const Object* a, const Object* b) {
  if (a == b) {
    return 0;
  }
  if (a->name == b->name) {
    return a->name->is_exported || a->package == b->package
               ? 0
               : PathOf(a->package).compare(PathOf(b->package));
  }
  if (a->name->is_exported != b->name->is_exported) {
    return a->name->is_exported ? -1 : 1;
  }
  return a->name->text().compare(b->name->text());
}

}  // namespace gdlint::types
