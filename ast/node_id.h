// Handles to AST nodes.

#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace gdlint::ast {

enum class NodeKind : uint8_t {
  kNone,
#define AST_NODE(Name, Category) k##Name,
#include "ast/node_kind.def"
};

inline constexpr size_t kNodeKindCount = [] {
  size_t count = 1;
#define AST_NODE(Name, Category) ++count;
#include "ast/node_kind.def"
  return count;
}();

// The struct's name, which is also go/ast's: "CallExpr".
const char* NodeKindName(NodeKind kind);

enum class Category : uint8_t {
  kExpr,
  kStmt,
  kDecl,
  kSpec,
  kField,
  kFieldList
};

// Names one node of one Tree: the kind in the top 8 bits, the index in that
// kind's table below. Switching on the kind therefore touches no memory.
class NodeId {
 public:
  // So many nodes of one kind fit into a Tree.
  static constexpr uint32_t kMaxNodes = 1u << 24;

  constexpr NodeId() = default;
  constexpr NodeId(NodeKind kind, uint32_t index)
      : raw_(static_cast<uint32_t>(kind) << 24 | index) {}

  constexpr NodeKind kind() const { return static_cast<NodeKind>(raw_ >> 24); }
  constexpr uint32_t index() const { return raw_ & 0x00ff'ffff; }
  constexpr bool has_value() const { return raw_ != 0; }
  constexpr uint32_t raw() const { return raw_; }
  friend constexpr auto operator<=>(NodeId, NodeId) = default;

 private:
  uint32_t raw_ = 0;
};

// A handle to a node known to be a `NodeT`, or none.
template <typename NodeT>
class Ref : public NodeId {
 public:
  constexpr Ref() = default;
  constexpr explicit Ref(uint32_t index) : NodeId(NodeT::kKind, index) {}
  // `id` must name a `NodeT` or nothing.
  static constexpr Ref FromNode(NodeId id) {
    Ref ref;
    static_cast<NodeId&>(ref) = id;
    return ref;
  }
};

// A handle to any node of one category, or none. A `Ref` of that category
// converts to it; nothing else does.
template <Category kCategory>
class AnyOf : public NodeId {
 public:
  constexpr AnyOf() = default;
  template <typename NodeT>
    requires(NodeT::kCategory == kCategory)
  constexpr AnyOf(Ref<NodeT> ref) : NodeId(ref) {}  // NOLINT: widening.
  // `id` must name a node of this category or nothing.
  static constexpr AnyOf FromNode(NodeId id) {
    AnyOf any;
    static_cast<NodeId&>(any) = id;
    return any;
  }
};

using ExprId = AnyOf<Category::kExpr>;
using StmtId = AnyOf<Category::kStmt>;
using DeclId = AnyOf<Category::kDecl>;
using SpecId = AnyOf<Category::kSpec>;

// A run of handles in a Tree's list pool.
template <typename IdT>
struct List {
  uint32_t begin = 0;
  uint32_t size = 0;

  constexpr bool empty() const { return size == 0; }
};

}  // namespace gdlint::ast
