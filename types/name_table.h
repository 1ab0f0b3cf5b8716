// Names, each stored once.

#pragma once

#include <cstdint>
#include <mutex>
#include <string_view>

#include "support/arena.h"
#include "support/chain_table.h"

namespace gdlint::types {

// An identifier's spelling. Of one NameTable there is one Name per spelling, so
// that names are equal exactly if their addresses are.
struct Name {
  const char* data;
  uint32_t size;
  // The spec's "exported identifiers": begins with an upper-case letter.
  bool is_exported;
  bool is_blank;
  uint32_t chain_hash;
  Name* next_in_chain;

  std::string_view text() const { return {data, size}; }
};

// All names of a run. Threads may share it; looking up a name that is there
// takes no lock.
class NameTable {
 public:
  NameTable();

  const Name* Intern(std::string_view text);
  // "_"
  const Name* blank() const { return blank_; }

 private:
  ChainTable<Name> table_;
  std::mutex mutex_;
  // Guarded by mutex_.
  Arena arena_;
  const Name* blank_;
};

}  // namespace gdlint::types
