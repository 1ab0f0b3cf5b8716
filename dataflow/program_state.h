// What a Program holds. Internal to the stage.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "dataflow/program.h"
#include "dataflow/program_builder.h"
#include "dataflow/summary.h"
#include "dataflow/values.h"
#include "ssa/function.h"
#include "types/object.h"
#include "types/package.h"

namespace gdlint::dataflow {

// A declaration by its place in a file: the same for a package and its test
// variant, which have objects of their own for it.
struct DeclKey {
  // The SourceFile, or the object itself if it has no place.
  const void* where = nullptr;
  uint32_t pos = 0;
  friend bool operator==(const DeclKey&, const DeclKey&) = default;
};
DeclKey KeyOf(const types::Object& object);
// Of an instance, the generic function or method.
inline const types::Func& OriginOf(const types::Func& func) {
  return func.origin != nullptr ? *func.origin : func;
}

struct DeclKeyHash {
  size_t operator()(const DeclKey& key) const {
    return std::hash<const void*>()(key.where) ^
           (size_t{key.pos} * 0x9e37'79b9'7f4a'7c15);
  }
};
template <typename T>
using DeclMap = std::unordered_map<DeclKey, T, DeclKeyHash>;

// A call in the body of a node.
struct CallRecord {
  ssa::InstId inst;
  CallKind kind;
  bool is_complete;
  // In State::targets.
  uint32_t targets_begin;
  uint32_t targets_size;
};

// A package-level variable of a function type: what is stored to it.
struct FunctionVariable {
  // Outside of tests; in tests alone if there is nothing else.
  std::vector<FunctionId> functions;
  bool is_complete = true;
};

// A named interface of a package under analysis: the types that values of it
// may have.
struct InterfaceTypes {
  std::vector<const types::Type*> types;
  bool is_complete = true;
};

struct ProgramState {
  std::vector<Node> nodes;
  std::vector<Summary> summaries;
  // All summaries are made. Until then a literal must not ask for those of what
  // the functions around it call.
  bool is_summarised = false;
  // The bodies, by node, until Finish is done.
  std::vector<const ssa::Function*> bodies;
  std::vector<std::unique_ptr<ssa::Function>> owned;
  // Declarations that came twice.
  std::vector<std::unique_ptr<ssa::Function>> repeated;

  DeclMap<FunctionId> by_declaration;
  DeclMap<FunctionVariable> function_variables;
  DeclMap<InterfaceTypes> interfaces;

  // Calls of node n: from calls_begin[n] to calls_begin[n + 1].
  std::vector<uint32_t> calls_begin;
  std::vector<CallRecord> calls;
  std::vector<FunctionId> targets;

  // Likewise, of roots alone.
  std::vector<uint32_t> callers_begin;
  std::vector<CallSite> callers;
  std::vector<bool> has_other_callers;

  ModelFn models;

  FunctionId Find(const types::Func& func) const;
  // None if it is not, or not any more, the body of a node.
  FunctionId Find(const ssa::Function* body) const {
    if (body == nullptr || body->number() >= nodes.size()) {
      return {};
    }
    const Node& node = nodes[body->number()];
    return node.body == body || node.argument_body == body
               ? FunctionId{body->number()}
               : FunctionId{};
  }
  std::span<const CallRecord> CallsOf(FunctionId id) const {
    return std::span(calls).subspan(
        calls_begin[id.index],
        calls_begin[id.index + 1] - calls_begin[id.index]);
  }
  std::span<const FunctionId> TargetsOf(const CallRecord& call) const {
    return std::span(targets).subspan(call.targets_begin, call.targets_size);
  }
  // Null if `call` is not of a node.
  const CallRecord* RecordOf(const ssa::Function& caller,
                             const ssa::Inst& call) const;
};

inline bool IsCall(ssa::Op op) {
  return op == ssa::Op::kCall || op == ssa::Op::kDefer || op == ssa::Op::kGo;
}
// A method of an interface type, which has no body.
bool IsInterfaceMethod(const types::Func& func);

}  // namespace gdlint::dataflow
