#include "ast/tree.h"

#include "ast/span.h"

namespace gdlint::ast {

const char* NodeKindName(NodeKind kind) {
  static constexpr const char* kNames[] = {
      "None",
#define AST_NODE(Name, Category) #Name,
#include "ast/node_kind.def"
  };
  return kNames[static_cast<size_t>(kind)];
}

source::Pos Begin(const Tree& tree, NodeId id) {
  return FollowSteps<BeginStep>(tree, id);
}

source::Pos End(const Tree& tree, NodeId id) {
  return FollowSteps<EndStep>(tree, id);
}

}  // namespace gdlint::ast
