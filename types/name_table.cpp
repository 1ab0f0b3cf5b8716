#include "types/name_table.h"

#include <cstring>

#include "support/unicode.h"
#include "support/utf8.h"

namespace gdlint::types {
namespace {

// Kubernetes with all that it imports has about 400,000 names.
constexpr unsigned kBucketBits = 18;

uint64_t Mix(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * 0x9e37'79b9'7f4a'7c15;
  return hash ^ hash >> 32;
}

// Every identifier of every file is hashed, and few are longer than 16 bytes.
uint32_t HashText(std::string_view text) {
  const char* at = text.data();
  size_t left = text.size();
  uint64_t hash = left;
  uint64_t word = 0;
  for (; left > sizeof(word); left -= sizeof(word), at += sizeof(word)) {
    std::memcpy(&word, at, sizeof(word));
    hash = Mix(hash, word);
  }
  word = 0;
  if (left >= sizeof(uint32_t)) {
    // Two halves, which may overlap.
    uint32_t half = 0;
    std::memcpy(&half, at, sizeof(half));
    word = half;
    std::memcpy(&half, at + left - sizeof(half), sizeof(half));
    word = word << 32 | half;
  } else if (left > 0) {
    word = static_cast<uint64_t>(static_cast<unsigned char>(at[0])) << 16 |
           static_cast<uint64_t>(static_cast<unsigned char>(at[left / 2]))
               << 8 |
           static_cast<unsigned char>(at[left - 1]);
  }
  hash = Mix(Mix(hash, word), 0);
  return static_cast<uint32_t>(hash);
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
