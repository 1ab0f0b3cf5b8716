#include "types/lookup.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "types/lookup_internal.h"
#include "types/member_index.h"
#include "types/predicates.h"
#include "types/substitute.h"
#include "types/type_set.h"
#include "types/type_string.h"
#include "types/type_table.h"
#include "types/universe.h"

namespace gdlint::types {
namespace {

// A member that is called `name` for code in `package`. Almost all members are
// told apart by the address of their name.
bool IsCalled(const Object* member, const Package* package, const Name* name,
              bool fold_case) {
  return (fold_case || member->name == name) &&
         SameId(member, package, name, fold_case);
}

// Calls `found` with the place of each member that is called `name`, in order,
// until it returns false. False if it did. `index` is of many members, which
// are not searched for other spellings.
template <typename T, typename Found>
bool ForEachCalled(std::span<T* const> members, std::span<const uint32_t> index,
                   const Package* package, const Name* name, bool fold_case,
                   const Found& found) {
  if (!index.empty()) {
    return std::ranges::all_of(
        PlacesOf(index, members, name), [&](uint32_t place) {
          return !IsCalled(members[place], package, name, fold_case) ||
                 found(place);
        });
  }
  for (uint32_t i = 0; i < members.size(); ++i) {
    if (IsCalled(members[i], package, name, fold_case) && !found(i)) {
      return false;
    }
  }
  return true;
}

// The place of the first member that is called `name`, or -1.
template <typename T>
int FirstCalled(std::span<T* const> members, std::span<const uint32_t> index,
                const Package* package, const Name* name, bool fold_case) {
  int first = -1;
  if (!name->is_blank) {
    ForEachCalled(members, index, package, name, fold_case,
                  [&first](uint32_t place) {
                    first = static_cast<int>(place);
                    return false;
                  });
  }
  return first;
}

// A search through a type and the fields embedded in it, depth by depth.
class Search {
 public:
  Search(const Package* package, const Name* name, bool fold_case)
      : package_(package),
        name_(name),
        fold_case_(fold_case),
        entries_(&memory_),
        seen_(&memory_) {
    entries_.reserve(kFewEntries);
  }

  LookupResult Run(const Type* type, bool is_pointer, bool addressable);

 private:
  static constexpr size_t kFewEntries = 8;
  static constexpr size_t kMemory = 1024;

  // False if the name is not unique at this depth.
  bool Visit(uint32_t entry);
  bool VisitStruct(uint32_t entry, const Struct* type);
  bool VisitInterface(uint32_t entry, const Interface* type);
  bool Match(uint32_t entry, Object* object, uint32_t last, const Named* owner);

  const Package* package_;
  const Name* name_;
  bool fold_case_;
  std::array<std::byte, kMemory> buffer_;
  std::pmr::monotonic_buffer_resource memory_{buffer_.data(), buffer_.size()};
  EmbeddedEntries entries_;
  SeenNamed seen_;
  SearchWork work_;
  LookupResult result_;
};

bool Search::Match(uint32_t entry, Object* object, uint32_t last,
                   const Named* owner) {
  const bool is_unique =
      result_.object == nullptr && !entries_[entry].multiples;
  result_ = {};
  result_.index = PathTo(entries_, entry, last);
  if (!is_unique) {
    result_.is_ambiguous = true;
    return false;
  }
  result_.object = object;
  result_.method_owner = owner;
  result_.is_indirect = entries_[entry].is_indirect;
  return true;
}

bool Search::VisitStruct(uint32_t entry, const Struct* type) {
  bool has_match = false;
  const auto match = [&](uint32_t place) {
    has_match = true;
    return Match(entry, type->fields[place], place, nullptr);
  };
  if (!ForEachCalled(type->fields, type->by_name, package_, name_, fold_case_,
                     match)) {
    return false;
  }
  // A match at this depth hides everything below.
  if (!has_match && result_.object == nullptr) {
    AppendEmbedded(entries_, entry, type);
  }
  return true;
}

bool Search::VisitInterface(uint32_t entry, const Interface* type) {
  uint32_t index = 0;
  Func* const method =
      TypeSetOf(type)->LookupMethod(package_, name_, fold_case_, &index);
  return method == nullptr || Match(entry, method, index, nullptr);
}

bool Search::Visit(uint32_t entry) {
  const Type* const type = entries_[entry].type;
  if (const Named* const named = AsNamed(type)) {
    if (!seen_.Insert(named, work_)) {
      // What is at lesser depth hides this one.
      return true;
    }
    const int method = MethodIndex(named, package_, name_, fold_case_);
    if (method >= 0) {
      const auto index = static_cast<uint32_t>(method);
      return Match(entry, MethodsOf(named)[index], index, named);
    }
  }
  const Type* const under = Under(type);
  if (const Struct* const struct_type = TryAs<Struct>(under)) {
    return VisitStruct(entry, struct_type);
  }
  if (const Interface* const interface = TryAs<Interface>(under)) {
    return VisitInterface(entry, interface);
  }
  return true;
}

LookupResult Search::Run(const Type* type, bool is_pointer, bool addressable) {
  entries_.push_back({type, kNoParent, 0, is_pointer, false});
  size_t begin = 0;
  size_t end = 1;
  while (begin != end) {
    for (size_t i = begin; i < end; ++i) {
      if (!Visit(static_cast<uint32_t>(i))) {
        return std::move(result_);
      }
    }
    if (result_.object != nullptr) {
      const Func* const method = TryAs<Func>(result_.object);
      if (method != nullptr && method->has_pointer_recv &&
          !result_.is_indirect && !addressable) {
        result_ = {};
        result_.needs_pointer = true;
      }
      return std::move(result_);
    }
    MergeMultiples(entries_, end, work_);
    begin = end;
    end = entries_.size();
    if (work_.IsTooMuch(end)) {
      result_.is_too_complex = true;
      return std::move(result_);
    }
  }
  return std::move(result_);
}

}  // namespace

void AppendEmbedded(EmbeddedEntries& entries, uint32_t parent,
                    const Struct* struct_type) {
  for (uint32_t i = 0; i < struct_type->fields.size(); ++i) {
    const Var* const field = struct_type->fields[i];
    if (!field->is_embedded || field->type == nullptr) {
      continue;
    }
    bool is_pointer = false;
    const Type* const type = Deref(field->type, &is_pointer);
    entries.push_back({type, parent, i,
                       entries[parent].is_indirect || is_pointer,
                       entries[parent].multiples});
  }
}

void MergeMultiples(EmbeddedEntries& entries, size_t first, SearchWork& work) {
  constexpr size_t kFew = 16;
  const size_t count = entries.size() - first;
  if (count <= 1) {
    return;
  }
  std::unordered_multimap<uint32_t, size_t> by_hash;
  const auto find = [&](const Type* type, size_t end) {
    if (count <= kFew) {
      for (size_t i = first; i < end; ++i) {
        if (work.AreIdentical(entries[i].type, type)) {
          return i;
        }
      }
      return end;
    }
    const uint32_t hash = IdentityHash(type);
    const auto [begin_same, end_same] = by_hash.equal_range(hash);
    for (auto it = begin_same; it != end_same; ++it) {
      if (work.AreIdentical(entries[it->second].type, type)) {
        return it->second;
      }
    }
    by_hash.emplace(hash, end);
    return end;
  };
  size_t end = first;
  for (size_t i = first; i < entries.size(); ++i) {
    const size_t same = find(entries[i].type, end);
    if (same != end) {
      entries[same].multiples = true;
    } else {
      entries[end++] = entries[i];
    }
  }
  entries.resize(end);
}

bool SearchWork::AreIdentical(const Type* x, const Type* y) {
  return x == y ||
         (comparisons <= kMaxComparisons && (++comparisons, Identical(x, y)));
}

SmallVector<uint32_t, 4> PathTo(const EmbeddedEntries& entries, uint32_t index,
                                uint32_t last) {
  size_t length = 1;
  for (uint32_t i = index; entries[i].parent != kNoParent;
       i = entries[i].parent) {
    ++length;
  }
  SmallVector<uint32_t, 4> path(length);
  path[--length] = last;
  for (uint32_t i = index; length > 0; i = entries[i].parent) {
    path[--length] = entries[i].field;
  }
  return path;
}

bool SeenNamed::Insert(const Named* named, SearchWork& work) {
  const auto is_same = [&](const Named* other) {
    return other == named ||
           (named->is_instance() && other->origin == named->origin &&
            work.AreIdentical(other, named));
  };
  if (std::ranges::any_of(few_, is_same)) {
    return false;
  }
  if (few_.size() < kFew) {
    few_.push_back(named);
    return true;
  }
  const auto [begin, end] = many_.equal_range(named->origin);
  for (auto it = begin; it != end; ++it) {
    if (is_same(it->second)) {
      return false;
    }
  }
  many_.emplace(named->origin, named);
  return true;
}

LookupResult LookupDirectly(const Type* type, bool addressable,
                            const Package* package, const Name* name,
                            bool fold_case) {
  if (name->is_blank) {
    return {};
  }
  // Not the underlying type: a defined pointer type is no pointer here.
  bool is_pointer = false;
  const Type* const base = Deref(type, &is_pointer);
  // A pointer to an interface has no methods.
  if (is_pointer && IsInterface(base)) {
    return {};
  }
  return Search(package, name, fold_case).Run(base, is_pointer, addressable);
}

LookupResult LookupFieldOrMethod(const Type* type, bool addressable,
                                 const Package* package, const Name* name,
                                 bool fold_case) {
  if (const Named* const named = AsNamed(type)) {
    if (const Pointer* const pointer = UnderAs<Pointer>(named)) {
      LookupResult result =
          LookupDirectly(pointer, false, package, name, fold_case);
      if (TryAs<Func>(result.object) != nullptr) {
        return {};
      }
      return result;
    }
  }
  return LookupDirectly(type, addressable, package, name, fold_case);
}

const Signature* MethodSignature(TypeContext& context, const Func* method,
                                 const Named* owner) {
  const Signature* const signature = TryAs<Signature>(method->type);
  if (signature == nullptr) {
    return context.SignatureOf({}, nullptr, nullptr, false);
  }
  // In invalid code the two lists may differ in length.
  if (owner == nullptr || !owner->is_instance() ||
      method->recv_type_params.size() != owner->type_args.size()) {
    return signature;
  }
  const Type* const result = Substitute(
      context, signature, {method->recv_type_params, owner->type_args});
  const Signature* const substituted = TryAs<Signature>(result);
  return substituted != nullptr ? substituted : signature;
}

int FieldIndex(const Struct* struct_type, const Package* package,
               const Name* name, bool fold_case) {
  return FirstCalled(struct_type->fields, struct_type->by_name, package, name,
                     fold_case);
}

int MethodIndex(const Named* named, const Package* package, const Name* name,
                bool fold_case) {
  return FirstCalled(MethodsOf(named), named->origin->methods_by_name, package,
                     name, fold_case);
}

}  // namespace gdlint::types
