#include "checks/resources/spans.h"

#include <algorithm>
#include <string_view>

#include "dataflow/values.h"
#include "types/object.h"

namespace gdlint::checks::resources {
namespace {

std::string_view NameOf(const types::Func* func) {
  return func == nullptr ? std::string_view() : func->name->text();
}

bool IsEnded(const ssa::Function& function, ssa::Value span) {
  return std::ranges::any_of(function.UsersOf(span), [&](ssa::InstId user) {
    const ssa::Inst& inst = function.inst(user);
    if (inst.op != ssa::Op::kCall && inst.op != ssa::Op::kDefer) {
      return false;
    }
    return knowledge::Releases(knowledge::ResourceKind::kSpan,
                               NameOf(dataflow::NamedCallee(function, inst)));
  });
}

bool EndsSpanOfContext(const ssa::Function& function) {
  return std::ranges::any_of(function.insts(), [&](const ssa::Inst& inst) {
    if (inst.op != ssa::Op::kCall) {
      return false;
    }
    const std::string_view name = NameOf(dataflow::NamedCallee(function, inst));
    return (name == "SpanFromContext" || name == "FromContext") &&
           IsEnded(function, ssa::Value(function.IdOf(inst)));
  });
}

}  // namespace

bool IsLeftToContext(const ssa::Function& caller, const ssa::Inst& call,
                     const knowledge::Acquisition& span) {
  bool has_context = false;
  for (const ssa::InstId user : caller.UsersOf(ssa::Value(caller.IdOf(call)))) {
    const ssa::Inst& extract = caller.inst(user);
    if (extract.op != ssa::Op::kExtract) {
      return false;
    }
    const bool is_used = !caller.UsersOf(ssa::Value(user)).empty();
    if (extract.aux == span.result && is_used) {
      return false;
    }
    has_context |= extract.aux != span.result && is_used;
  }
  return has_context;
}

bool EndsSpansOfContexts(const dataflow::Program& program) {
  return std::ranges::any_of(program.nodes(), [](const dataflow::Node& node) {
    return node.body != nullptr && EndsSpanOfContext(*node.body);
  });
}

}  // namespace gdlint::checks::resources
