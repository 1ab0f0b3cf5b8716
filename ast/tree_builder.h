// Builds Trees. Used by the parser alone.

#pragma once

#include <cassert>
#include <cstdint>
#include <span>
#include <tuple>

#include "ast/tree.h"
#include "support/pod_vector.h"

namespace gdlint::ast {

// Collects nodes in growing tables, which are kept from file to file, and
// copies them at the end into one block of the exact size.
class TreeBuilder {
 public:
  template <typename NodeT>
  Ref<NodeT> Add(const NodeT& node) {
    PodVector<NodeT>& table = Table<NodeT>();
    const uint32_t index = table.size();
    if (index >= NodeId::kMaxNodes - 1) [[unlikely]] {
      overflowed_ = true;
      return Ref<NodeT>(index - 1);
    }
    table.push_back(node);
    return Ref<NodeT>(index);
  }

  template <typename IdT>
  List<IdT> AddList(std::span<const NodeId> ids) {
    const uint32_t begin = pool_.size();
    pool_.append(ids);
    return {.begin = begin, .size = static_cast<uint32_t>(ids.size())};
  }

  // A node still being built. The reference ends with the next Add.
  template <typename NodeT>
  NodeT& Get(Ref<NodeT> ref) {
    return Table<NodeT>()[ref.index()];
  }
  template <typename NodeT>
  NodeT* TryGet(NodeId id) {
    return id.kind() == NodeT::kKind ? &Table<NodeT>()[id.index()] : nullptr;
  }
  template <typename NodeT>
  const PodVector<NodeT>& All() const {
    return std::get<PodVector<NodeT>>(tables_);
  }
  template <typename IdT>
  ListView<IdT> Items(List<IdT> list) const {
    return ListView<IdT>(
        std::span<const NodeId>(pool_).subspan(list.begin, list.size));
  }

  // As for a Tree.
  source::Pos Begin(NodeId id) const;
  source::Pos End(NodeId id) const;

  void SetPackage(source::Pos pos, Ref<Ident> name) {
    package_pos_ = pos;
    package_name_ = name;
  }
  void SetDecls(List<DeclId> decls) { decls_ = decls; }

  // True if a kind had more nodes than a handle can number; the tree is then
  // incomplete and must not be used.
  bool overflowed() const { return overflowed_; }

  // Everything added since the last call, as a Tree; the builder is empty then.
  Tree Finish();
  // Forgets everything added since the last Finish.
  void Clear();

 private:
  template <typename NodeT>
  PodVector<NodeT>& Table() {
    return std::get<PodVector<NodeT>>(tables_);
  }

  struct Absorb {};
  template <typename... NodeT>
  struct Tables {
    using Type = std::tuple<PodVector<NodeT>...>;
  };
  Tables<
#define AST_NODE(Name, Category) Name,
#include "ast/node_kind.def"
      Absorb>::Type tables_;
  PodVector<NodeId> pool_;
  bool overflowed_ = false;
  source::Pos package_pos_;
  Ref<Ident> package_name_;
  List<DeclId> decls_;
};

}  // namespace gdlint::ast
