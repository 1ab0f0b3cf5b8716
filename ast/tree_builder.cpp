#include "ast/tree_builder.h"

#include <cstddef>
#include <cstring>

#include "ast/span.h"

namespace gdlint::ast {
namespace {

// Every table is a multiple of this, so that each begins aligned.
constexpr size_t kAlignment = 4;

#define AST_NODE(Name, Category) \
  static_assert(alignof(Name) <= kAlignment && sizeof(Name) % kAlignment == 0);
#include "ast/node_kind.def"

// Memory that one unusually large file made grow is not kept for the next.
constexpr size_t kKeptBytes = size_t{1} << 20;

template <typename T>
void Empty(PodVector<T>& table) {
  table.clear();
  if (table.capacity() * sizeof(T) > kKeptBytes) {
    table.reset();
  }
}

}  // namespace

source::Pos TreeBuilder::Begin(NodeId id) const {
  return FollowSteps<BeginStep>(*this, id);
}

source::Pos TreeBuilder::End(NodeId id) const {
  return FollowSteps<EndStep>(*this, id);
}

Tree TreeBuilder::Finish() {
  Tree tree;
  size_t bytes = pool_.size() * sizeof(NodeId);
#define AST_NODE(Name, Category) bytes += All<Name>().size() * sizeof(Name);
#include "ast/node_kind.def"

  tree.block_ = std::make_unique_for_overwrite<std::byte[]>(bytes);
  tree.byte_size_ = bytes;
  std::byte* next = tree.block_.get();
  // The tables are trivially copyable: copying their bytes starts the lifetime
  // of the copies.
  const auto copy = [&next]<typename T>(const PodVector<T>& from) {
    const size_t size = from.size() * sizeof(T);
    if (size != 0) {
      std::memcpy(next, from.data(), size);
    }
    const std::span<const T> to(reinterpret_cast<const T*>(next), from.size());
    next += size;
    return to;
  };

  uint32_t count = 0;
#define AST_NODE(Name, Category)                               \
  tree.first_[static_cast<size_t>(NodeKind::k##Name)] = count; \
  count += static_cast<uint32_t>(All<Name>().size());          \
  std::get<std::span<const Name>>(tree.tables_) = copy(Table<Name>());
#include "ast/node_kind.def"
  tree.pool_ = copy(pool_);
  tree.node_count_ = count;
  tree.package_pos_ = package_pos_;
  tree.package_name_ = package_name_;
  tree.decls_ = decls_;
  Clear();
  return tree;
}

void TreeBuilder::Clear() {
#define AST_NODE(Name, Category) Empty(Table<Name>());
#include "ast/node_kind.def"
  Empty(pool_);
  overflowed_ = false;
  package_pos_ = source::Pos();
  package_name_ = Ref<Ident>();
  decls_ = List<DeclId>();
}

}  // namespace gdlint::ast
