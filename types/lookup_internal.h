// What the files about lookup, inference and instantiation share. Internal to
// types/.

#pragma once

#include <cstdint>
#include <functional>
#include <memory_resource>
#include <string>
#include <unordered_map>
#include <vector>

#include "types/lookup.h"
#include "types/object.h"
#include "types/type.h"
#include "types/type_set.h"

namespace gdlint::types {

// A type at some depth of a search through embedded fields. Its path is found
// by following the parents.
struct EmbeddedEntry {
  const Type* type = nullptr;
  uint32_t parent = 0;
  // The field of the parent.
  uint32_t field = 0;
  // There is a pointer on the way.
  bool is_indirect = false;
  // The type occurs more than once at its depth.
  bool multiples = false;
};
inline constexpr uint32_t kNoParent = UINT32_MAX;

// What a search may do before it gives up: more than any program needs that is
// not made to be slow.
inline constexpr size_t kMaxEmbedded = size_t{1} << 16;
struct SearchWork {
  static constexpr uint32_t kMaxComparisons = 1 << 17;

  // Of types that are not the same node.
  uint32_t comparisons = 0;

  bool IsTooMuch(size_t entry_count) const {
    return comparisons > kMaxComparisons || entry_count > kMaxEmbedded;
  }
  // Identical, but false once too much has been done.
  bool AreIdentical(const Type* x, const Type* y);
};

using EmbeddedEntries = std::pmr::vector<EmbeddedEntry>;

// Appends the embedded fields of `struct_type`, the type of entry `parent`.
void AppendEmbedded(EmbeddedEntries& entries, uint32_t parent,
                    const Struct* struct_type);
// Merges identical types among those from `first` on.
void MergeMultiples(EmbeddedEntries& entries, size_t first, SearchWork& work);
// The path to entry `index`, and then `last`.
SmallVector<uint32_t, 4> PathTo(const EmbeddedEntries& entries, uint32_t index,
                                uint32_t last);

// Defined types that a search has come across. Identical instances may be
// different nodes.
class SeenNamed {
 public:
  explicit SeenNamed(std::pmr::memory_resource* memory)
      : few_(memory), many_(memory) {}
  // False if it was there.
  bool Insert(const Named* named, SearchWork& work);

 private:
  static constexpr size_t kFew = 16;

  std::pmr::vector<const Named*> few_;
  // By origin; the rest.
  std::pmr::unordered_multimap<const Named*, const Named*> many_;
};

// LookupFieldOrMethod without the rule that a defined pointer type has no
// methods of what it points to.
LookupResult LookupDirectly(const Type* type, bool addressable,
                            const Package* package, const Name* name,
                            bool fold_case = false);

// The type of a method that was found; makes sure that it is known.
const Signature* FoundSignature(TypeContext& context, Func* method,
                                const Named* owner,
                                const ResolveObject& resolve);

// Compares signatures of methods; null stands for Identical.
using EquivalentTypes = std::function<bool(const Type*, const Type*)>;

// FindMissingMethod has none to tell, or nothing can be told as `type` has
// something invalid in it. `cause` may be null.
bool HasAllMethods(TypeContext& context, const Type* type,
                   const Interface* interface, bool static_only,
                   const EquivalentTypes* equivalent,
                   const ResolveObject& resolve, std::string* cause);

// The bound of a type parameter, as the interface that stands for it if it is
// none.
const Type* BoundOf(const TypeParam* type_param);

// `term` contains `type`.
bool TermIncludes(const TypeTerm& term, const Type* type);

// "file.go:12:3", for messages.
std::string PlaceText(const Place& place);

}  // namespace gdlint::types
