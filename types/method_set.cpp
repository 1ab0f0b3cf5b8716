#include "types/method_set.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "types/lookup_internal.h"
#include "types/package.h"
#include "types/predicates.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

// go/types' Id: what makes the name of a member unique.
struct Id {
  const Name* name;
  // Empty for exported names.
  std::string_view path;
  friend bool operator==(const Id&, const Id&) = default;
};

struct IdHash {
  size_t operator()(const Id& id) const {
    return id.name->chain_hash ^ std::hash<std::string_view>()(id.path);
  }
};

Id IdOf(const Object* member) {
  if (member->name->is_exported) {
    return {member->name, {}};
  }
  // Whatever has no package is of package "_".
  const bool has_path =
      member->package != nullptr && !member->package->path.empty();
  return {member->name,
          has_path ? std::string_view(member->package->path) : "_"};
}

std::string IdText(const Object* member) {
  const Id id = IdOf(member);
  std::string text(id.path);
  if (!text.empty()) {
    text += '.';
  }
  text += id.name->text();
  return text;
}

// The members of one depth, or of all depths so far. A null method stands for
// a name that is taken without being a method.
using Members = std::unordered_map<Id, MethodSetEntry, IdHash>;

class Collector {
 public:
  void Run(const Type* type, bool is_pointer);
  std::vector<MethodSetEntry> Result();

 private:
  void Visit(uint32_t entry);
  void AddMethod(uint32_t entry, Func* method, uint32_t last,
                 const Named* owner, bool is_indirect);
  // Adds what was found at a depth to what was found above.
  void FinishDepth();

  std::pmr::monotonic_buffer_resource memory_;
  EmbeddedEntries entries_{&memory_};
  SeenNamed seen_{&memory_};
  SearchWork work_;
  Members all_;
  Members methods_;
  std::unordered_set<Id, IdHash> fields_;
};

void Collector::AddMethod(uint32_t entry, Func* method, uint32_t last,
                          const Named* owner, bool is_indirect) {
  const auto [it, is_new] = methods_.try_emplace(IdOf(method));
  if (!is_new || entries_[entry].multiples ||
      (method->has_pointer_recv && !is_indirect)) {
    it->second.method = nullptr;
    return;
  }
  const auto path = PathTo(entries_, entry, last);
  it->second = {method, owner, {path.begin(), path.end()}, is_indirect};
}

void Collector::Visit(uint32_t entry) {
  const Type* const type = entries_[entry].type;
  if (const Named* const named = AsNamed(type)) {
    if (!seen_.Insert(named, work_)) {
      return;
    }
    const std::span<Func* const> methods = MethodsOf(named);
    for (uint32_t i = 0; i < methods.size(); ++i) {
      AddMethod(entry, methods[i], i, named, entries_[entry].is_indirect);
    }
  }
  const Type* const under = Under(type);
  if (const Struct* const struct_type = TryAs<Struct>(under)) {
    for (const Var* const field : struct_type->fields) {
      fields_.insert(IdOf(field));
    }
    AppendEmbedded(entries_, entry, struct_type);
  } else if (const Interface* const interface = TryAs<Interface>(under)) {
    const std::span<Func* const> methods = TypeSetOf(interface)->methods;
    for (uint32_t i = 0; i < methods.size(); ++i) {
      AddMethod(entry, methods[i], i, nullptr, true);
    }
  }
}

void Collector::FinishDepth() {
  for (auto& [id, entry] : methods_) {
    if (fields_.contains(id)) {
      entry.method = nullptr;
    }
    all_.try_emplace(id, std::move(entry));
  }
  for (const Id& id : fields_) {
    all_.try_emplace(id);
  }
  methods_.clear();
  fields_.clear();
}

void Collector::Run(const Type* type, bool is_pointer) {
  entries_.push_back({type, kNoParent, 0, is_pointer, false});
  size_t begin = 0;
  size_t end = 1;
  while (begin != end && !work_.IsTooMuch(end)) {
    for (size_t i = begin; i < end; ++i) {
      Visit(static_cast<uint32_t>(i));
    }
    FinishDepth();
    MergeMultiples(entries_, end, work_);
    begin = end;
    end = entries_.size();
  }
}

std::vector<MethodSetEntry> Collector::Result() {
  struct Keyed {
    std::string id;
    MethodSetEntry entry;
  };
  std::vector<Keyed> keyed;
  for (auto& [id, entry] : all_) {
    if (entry.method != nullptr) {
      keyed.push_back({IdText(entry.method), std::move(entry)});
    }
  }
  std::ranges::sort(keyed, {}, &Keyed::id);
  std::vector<MethodSetEntry> result;
  result.reserve(keyed.size());
  for (Keyed& item : keyed) {
    result.push_back(std::move(item.entry));
  }
  return result;
}

}  // namespace

std::vector<MethodSetEntry> MethodSetOf(const Type* type) {
  const Named* const named = AsNamed(type);
  if (named != nullptr && UnderAs<Pointer>(named) != nullptr) {
    return {};
  }
  bool is_pointer = false;
  const Type* const base = Deref(type, &is_pointer);
  if (is_pointer && IsInterface(base)) {
    return {};
  }
  Collector collector;
  collector.Run(base, is_pointer);
  return collector.Result();
}

}  // namespace gdlint::types
