#include "checks/resources/sure_release.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "dataflow/access_path.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "types/method_set.h"
#include "types/package.h"
#include "types/predicates.h"

namespace gdlint::checks::resources {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::Op;
using ssa::Value;

constexpr int kMaxDepth = 4;

bool HasMethod(const types::Type* type, std::string_view name) {
  return std::ranges::any_of(types::MethodSetOf(type), [&](const auto& entry) {
    return entry.method->name->text() == name;
  });
}

// Something of type `held` may be a resource of type `type`.
bool MayBe(const types::Type* held, const types::Type* type) {
  if (held == nullptr || types::Identical(held, type)) {
    return true;
  }
  return types::TryAs<types::Interface>(types::Under(held)) != nullptr &&
         std::ranges::all_of(types::MethodSetOf(held), [&](const auto& entry) {
           return HasMethod(type, entry.method->name->text());
         });
}

class Search {
 public:
  Search(const dataflow::Program& program, const types::Type* type)
      : program_(program), type_(type) {}

  bool IsRelease(const Function& function, const Inst& call, int depth) {
    const std::span<const Value> operands = function.Operands(call);
    if (call.op != Op::kCall && call.op != Op::kDefer) {
      return true;
    }
    switch (ModeOf(call)) {
      case ssa::CallMode::kInvoke:
        return MayBe(function.TypeOf(operands[0]), type_) ||
               TakesIt(function, call, 1, depth);
      case ssa::CallMode::kStatic:
        break;
      default:
        return true;
    }
    const types::Func* const named = dataflow::NamedCallee(function, call);
    const bool is_method = named != nullptr && named->recv != nullptr;
    if (is_method && operands.size() > 1 &&
        (MayBe(function.TypeOf(operands[1]), type_) ||
         (IsPromoted(*named) && IsPartOfIt(function, operands[1])))) {
      return true;
    }
    if (is_method && named->package != nullptr && named->package->is_standard) {
      // By the tables: the end of a command, a connection over another one. But
      // rows are not their database.
      return named->name->text() != "Close" ||
             types::TryAs<types::Interface>(types::Under(type_)) != nullptr;
    }
    return TakesIt(function, call, is_method ? 2 : 1, depth) ||
           (is_method && ClosesPart(function, call, depth));
  }

 private:
  // The type has the method from what it embeds.
  bool IsPromoted(const types::Func& method) const {
    return std::ranges::any_of(
        types::MethodSetOf(type_), [&](const auto& entry) {
          return entry.method == &method && entry.index.size() > 1;
        });
  }

  bool IsPartOfIt(const Function& function, Value value) const {
    while (value.is_inst() &&
           (function.inst(value.inst()).op == Op::kLoad ||
            function.inst(value.inst()).op == Op::kField ||
            function.inst(value.inst()).op == Op::kFieldAddr)) {
      value = function.Operands(function.inst(value.inst()))[0];
      if (MayBe(function.TypeOf(value), type_)) {
        return true;
      }
    }
    return false;
  }

  const Function* BodyOf(const Function& function, const Inst& call) const {
    const dataflow::FunctionId id = program_.TargetsOf(function, call).only();
    return id.has_value() ? program_.node(id).body : nullptr;
  }

  // It is an argument of what releases that.
  bool TakesIt(const Function& function, const Inst& call, size_t first,
               int depth) {
    const std::span<const Value> operands = function.Operands(call);
    for (size_t i = first; i < operands.size(); ++i) {
      const Value value = dataflow::StripConversions(function, operands[i]);
      if (!value.has_value() || !MayBe(function.TypeOf(value), type_)) {
        continue;
      }
      const Function* const body = BodyOf(function, call);
      if (body == nullptr ||
          ReleasesParam(*body, *body, static_cast<uint32_t>(i - 1), depth)) {
        return true;
      }
    }
    return false;
  }

  // `function`, or a literal within, which is `body` at first.
  bool ReleasesParam(const Function& function, const Function& body,
                     uint32_t param, int depth) {
    if (depth == 0) {
      return false;
    }
    const auto is_param = [&](Value value) {
      const dataflow::AccessPath path = dataflow::PathOf(body, value);
      return path.function == &function && path.steps.empty() &&
             path.root == Value(Value::Kind::kParam, param);
    };
    const bool here = std::ranges::any_of(body.insts(), [&](const Inst& inst) {
      if (inst.op != Op::kCall && inst.op != Op::kDefer) {
        return false;
      }
      const std::span<const Value> operands = body.Operands(inst);
      const bool is_invoke = ModeOf(inst) == ssa::CallMode::kInvoke;
      if (is_invoke && is_param(operands[0])) {
        return true;
      }
      for (size_t i = 1; i < operands.size(); ++i) {
        if (!operands[i].has_value() ||
            !is_param(dataflow::StripConversions(body, operands[i]))) {
          continue;
        }
        const types::Func* const named = dataflow::NamedCallee(body, inst);
        const Function* const callee = BodyOf(body, inst);
        if ((i == 1 && named != nullptr && named->recv != nullptr &&
             !is_invoke) ||
            (callee != nullptr &&
             ReleasesParam(*callee, *callee, static_cast<uint32_t>(i - 1),
                           depth - 1))) {
          return true;
        }
      }
      return false;
    });
    return here || std::ranges::any_of(body.children(), [&](const auto& child) {
             return ReleasesParam(function, *child, param, depth - 1);
           });
  }

  // `func (w *writer) Close() error { …; return w.file.Close() }`: a field that
  // may be the resource is what it calls a method without arguments of.
  bool ClosesPart(const Function& function, const Inst& call, int depth) {
    const Function* const body = BodyOf(function, call);
    return body != nullptr && ClosesPartIn(*body, *body, depth);
  }

  bool ClosesPartIn(const Function& method, const Function& body, int depth) {
    if (depth == 0) {
      return false;
    }
    const auto is_part = [&](Value value) {
      const dataflow::AccessPath path = dataflow::PathOf(body, value);
      return path.function == &method && !path.steps.empty() &&
             path.root == Value(Value::Kind::kParam, 0);
    };
    const bool here = std::ranges::any_of(body.insts(), [&](const Inst& inst) {
      if (inst.op != Op::kCall && inst.op != Op::kDefer) {
        return false;
      }
      const std::span<const Value> operands = body.Operands(inst);
      const size_t at = ModeOf(inst) == ssa::CallMode::kInvoke ? 0 : 1;
      if (ModeOf(inst) == ssa::CallMode::kBuiltin || operands.size() <= at ||
          !operands[at].has_value()) {
        return false;
      }
      const Function* const callee = BodyOf(body, inst);
      if (operands[at] == Value(Value::Kind::kParam, 0)) {
        return callee != nullptr && ClosesPartIn(*callee, *callee, depth - 1);
      }
      return is_part(operands[at]) &&
             (MayBe(body.TypeOf(operands[at]), type_) ||
              (callee != nullptr && at == 1 &&
               ClosesPartIn(*callee, *callee, depth - 1)));
    });
    return here || std::ranges::any_of(body.children(), [&](const auto& child) {
             return ClosesPartIn(method, *child, depth - 1);
           });
  }

  const dataflow::Program& program_;
  const types::Type* type_;
};

}  // namespace

bool IsSureRelease(const dataflow::Program& program, const Function& function,
                   const Inst& release, const types::Type* type) {
  return Search(program, type).IsRelease(function, release, kMaxDepth);
}

}  // namespace gdlint::checks::resources
