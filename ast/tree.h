// The AST of one file: one table per node kind.

#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

#include "ast/node_id.h"
#include "ast/nodes.h"
#include "source/pos.h"

namespace gdlint::ast {

// The handles of a List, as `IdT`s.
template <typename IdT>
class ListView {
 public:
  class Iterator {
   public:
    using value_type = IdT;
    using difference_type = std::ptrdiff_t;

    Iterator() = default;
    explicit Iterator(const NodeId* at) : at_(at) {}
    IdT operator*() const { return IdT::FromNode(*at_); }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) { return Iterator(at_++); }
    friend bool operator==(Iterator, Iterator) = default;

   private:
    const NodeId* at_ = nullptr;
  };

  explicit ListView(std::span<const NodeId> ids) : ids_(ids) {}
  size_t size() const { return ids_.size(); }
  bool empty() const { return ids_.empty(); }
  IdT operator[](size_t i) const { return IdT::FromNode(ids_[i]); }
  IdT front() const { return (*this)[0]; }
  IdT back() const { return (*this)[ids_.size() - 1]; }
  Iterator begin() const { return Iterator(ids_.data()); }
  Iterator end() const { return Iterator(ids_.data() + ids_.size()); }

 private:
  std::span<const NodeId> ids_;
};

// Made by a TreeBuilder, never modified. All tables lie in one block, so that
// destroying a Tree frees once and recurses nowhere, however deep the source
// nests.
class Tree {
 public:
  Tree() = default;

  // The package clause's name; none if the file has no package clause.
  Ref<Ident> package_name() const { return package_name_; }
  // The keyword `package`; invalid if there is none.
  source::Pos package_pos() const { return package_pos_; }
  // Imports first, then all others, in source order.
  ListView<DeclId> decls() const { return Items(decls_); }

  template <typename NodeT>
  const NodeT& Get(Ref<NodeT> ref) const {
    assert(ref.has_value());
    return All<NodeT>()[ref.index()];
  }

  // The node `id` names if it is a `NodeT`, else null.
  template <typename NodeT>
  const NodeT* TryGet(NodeId id) const {
    return id.kind() == NodeT::kKind ? &All<NodeT>()[id.index()] : nullptr;
  }

  // Every node of one kind, in the order the parser finished them. Most
  // syntactic checks are a loop over this, and need no visitor.
  template <typename NodeT>
  std::span<const NodeT> All() const {
    return std::get<std::span<const NodeT>>(tables_);
  }

  template <typename IdT>
  ListView<IdT> Items(List<IdT> list) const {
    return ListView<IdT>(pool_.subspan(list.begin, list.size));
  }

  // A number for each node, dense from 0 to node_count()-1: the index of side
  // tables. Nodes of one kind follow each other.
  uint32_t DenseIndex(NodeId id) const {
    return first_[static_cast<size_t>(id.kind())] + id.index();
  }
  uint32_t node_count() const { return node_count_; }
  // The bytes that nodes and lists take.
  size_t byte_size() const { return byte_size_; }

 private:
  friend class TreeBuilder;

  template <typename... NodeT>
  struct Tables {
    using Type = std::tuple<std::span<const NodeT>...>;
  };
  // The trailing element only absorbs the last comma.
  struct Absorb {};

  std::unique_ptr<std::byte[]> block_;
  Tables<
#define AST_NODE(Name, Category) Name,
#include "ast/node_kind.def"
      Absorb>::Type tables_;
  std::span<const NodeId> pool_;
  std::array<uint32_t, kNodeKindCount> first_ = {};
  uint32_t node_count_ = 0;
  size_t byte_size_ = 0;
  Ref<Ident> package_name_;
  source::Pos package_pos_;
  List<DeclId> decls_;
};

// Calls `fn` with the node `id` names, as its own type. `fn` must accept every
// node type: a missing case is a compile error, not a default branch.
// `Store` is a Tree or a TreeBuilder.
template <typename Store, typename Fn>
decltype(auto) Visit(const Store& tree, NodeId id, Fn&& fn) {
  switch (id.kind()) {
#define AST_NODE(Name, Category) \
  case NodeKind::k##Name:        \
    return fn(tree.template All<Name>()[id.index()]);
#include "ast/node_kind.def"
    case NodeKind::kNone:
      break;
  }
  assert(false && "visiting a missing node");
  __builtin_unreachable();
}

// Calls `fn` with the handle of each child of `node`, in source order.
template <typename NodeT, typename Fn>
void ForEachChild(const Tree& tree, const NodeT& node, Fn&& fn) {
  const auto visit_field = [&]<typename FieldT>(const FieldT& value) {
    if constexpr (std::is_base_of_v<NodeId, FieldT>) {
      if (value.has_value()) {
        fn(NodeId(value));
      }
    } else {
      for (const NodeId child : tree.Items(value)) {
        fn(child);
      }
    }
  };
  std::apply(
      [&](const auto&... field) { (visit_field(node.*(field.member)), ...); },
      NodeT::Fields());
}

// As above, for a node of any kind.
template <typename Fn>
void ForEachChild(const Tree& tree, NodeId id, Fn&& fn) {
  Visit(tree, id, [&](const auto& node) { ForEachChild(tree, node, fn); });
}

// The first byte of a node, and the byte behind its last: go/ast's Pos() and
// End(). Both follow at most one chain of children, without recursion.
source::Pos Begin(const Tree& tree, NodeId id);
source::Pos End(const Tree& tree, NodeId id);
inline source::Span SpanOf(const Tree& tree, NodeId id) {
  return {Begin(tree, id), End(tree, id)};
}

}  // namespace gdlint::ast
