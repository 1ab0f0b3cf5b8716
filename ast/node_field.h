// What the AST node types are declared with.

#pragma once

#include <cstdint>

#include "ast/node_id.h"

namespace gdlint::ast {

template <typename NodeT, typename FieldT>
struct ChildField {
  const char* name;
  FieldT NodeT::* member;
};
template <typename NodeT, typename FieldT>
ChildField(const char*, FieldT NodeT::*) -> ChildField<NodeT, FieldT>;

enum class ChanDir : uint8_t { kBoth, kSend, kReceive };

#define AST_NODE(Name, Category) struct Name;
#include "ast/node_kind.def"

}  // namespace gdlint::ast
