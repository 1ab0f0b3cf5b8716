#include "types/name_table.h"

#include <functional>

#include "support/unicode.h"
#include "support/utf8.h"

namespace gdlint::types {
namespace {

// Kubernetes with all that it imports has about 400,000 names.
constexpr unsigned kBucketBits = 18;

uint32_t HashText(std::string_view text) {
  const size_t hash = std::hash<std::string_view>()(text);
  return static_cast<uint32_t>(hash ^ hash >> 32);
}

}  // namespace

NameTable::NameTable() : table_(kBucketBits), blank_(Intern("_")) {}

const Name* NameTable::Intern(std::string_view text) {
  const uint32_t hash = HashText(text);
  const auto equals = [text](const Name& name) { return name.text() == text; };
  if (const Name* const found = table_.Find(hash, equals)) {
    return found;
  }
  const std::lock_guard lock(mutex_);
  const std::string_view copy = arena_.Copy(text);
  Name* const name = arena_.New<Name>(
      Name{.data = copy.data(),
           .size = static_cast<uint32_t>(copy.size()),
           .is_exported = IsUnicodeUpper(DecodeUtf8(text).value),
           .is_blank = text == "_",
           .chain_hash = hash,
           .next_in_chain = nullptr});
  return table_.Insert(hash, name, equals);
}

}  // namespace gdlint::types
