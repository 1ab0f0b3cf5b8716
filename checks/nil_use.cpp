#include "checks/nil_use.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "checks/deferred_work.h"
#include "checks/knowledge/nil_receivers.h"
#include "dataflow/standard.h"
#include "dataflow/values.h"
#include "types/predicates.h"
#include "types/type_set.h"

namespace gdlint::checks {
namespace {

using dataflow::Origin;
using ssa::BlockId;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

constexpr std::string_view kReleases[] = {
    "Cleanup", "Close",   "CloseNow", "Destroy",  "Disconnect", "Dispose",
    "Free",    "Release", "Rollback", "Shutdown", "Stop",       "Unlock",
};

bool IsRelease(const types::Func* method) {
  return std::ranges::count(kReleases, method->name->text()) > 0;
}

bool HasRelease(const types::Type* type, int depth) {
  const types::Type* const elem = types::Deref(types::Unalias(type));
  if (const auto* const interface = types::UnderAs<types::Interface>(elem)) {
    return std::ranges::any_of(types::TypeSetOf(interface)->methods, IsRelease);
  }
  if (const types::Named* const named = types::AsNamed(elem)) {
    if (std::ranges::any_of(types::MethodsOf(named), IsRelease)) {
      return true;
    }
    if (named->obj->package != nullptr &&
        named->obj->package->path == "net/http" &&
        named->obj->name->text() == "Response") {
      return true;
    }
  }
  const auto* const fields = types::UnderAs<types::Struct>(elem);
  return depth > 0 && fields != nullptr &&
         std::ranges::any_of(fields->fields, [&](const types::Var* field) {
           return field->is_embedded && HasRelease(field->type, depth - 1);
         });
}

// The call whose value and error are both returned: `value` is the one, and all
// of `errors` are the other.
std::optional<dataflow::FallibleCall> ForwardedCall(
    const Function& body, const Origin& value,
    const dataflow::Origins& errors) {
  const auto tuple_of = [&](const Origin& origin) -> Value {
    if (origin.function != &body || !origin.value.is_inst()) {
      return Value::None();
    }
    const Inst& extract = body.inst(origin.value.inst());
    return extract.op == Op::kExtract ? body.Operands(extract)[0]
                                      : Value::None();
  };
  const Value tuple = tuple_of(value);
  if (!tuple.is_inst() || body.inst(tuple.inst()).op != Op::kCall ||
      !std::ranges::all_of(errors.values, [&](const Origin& error) {
        return tuple_of(error) == tuple;
      })) {
    return std::nullopt;
  }
  return dataflow::FallibleCall{.function = &body,
                                .call = tuple.inst(),
                                .value = value.value.inst(),
                                .index = body.inst(value.value.inst()).aux,
                                .error = {}};
}

// The gravest that is sure to happen; kGuarded is less than all else.
NilFate Worse(NilFate a, NilFate b) { return std::max(a, b); }

}  // namespace

bool IsReleasable(const types::Type* type) {
  if (const auto* const signature = types::UnderAs<types::Signature>(type)) {
    return signature->params->params.empty();
  }
  return HasRelease(type, 3);
}

NilFate NilUse::OfReceiver(const types::Func& method) const {
  const types::Func& origin =
      method.origin != nullptr ? *method.origin : method;
  if (!origin.has_pointer_recv) {
    // Of an interface, or of a value that is copied.
    return NilFate::kPanics;
  }
  if (knowledge::ToleratesNil(dataflow::FullName(origin))) {
    return NilFate::kHarmless;
  }
  const dataflow::FunctionId id = program_.Find(&origin);
  const dataflow::Summary& summary =
      id.has_value() ? program_.SummaryOf(id) : program_.SummaryOf(&origin);
  if (id.has_value() && program_.node(id).body != nullptr && summary.is_known &&
      !summary.params.empty()) {
    return summary.params[0].nil_may_panic ? NilFate::kPanics
                                           : NilFate::kHarmless;
  }
  return dataflow::IsStandard(program_, origin) ? NilFate::kPanics
                                                : NilFate::kUnknown;
}

const Function* NilUse::BodyOf(const Function& caller, const Inst& call) const {
  const dataflow::FunctionId id = program_.TargetsOf(caller, call).only();
  return id.has_value() ? program_.node(id).body : nullptr;
}

NilFate NilUse::OfOperand(const Function& function, const Inst& call,
                          uint32_t operand) const {
  return OfOperand(function, call, operand, kMaxDepth);
}
NilFate NilUse::OfValue(const Function& function, Value value) const {
  return OfValue(function, value, kMaxDepth);
}
NilFate NilUse::OfFreeVar(const Function& literal, uint32_t index) const {
  return OfFreeVar(literal, index, kMaxDepth);
}

NilFate NilUse::OfOperand(const Function& function, const Inst& call,
                          uint32_t operand, int depth) const {
  switch (ModeOf(call)) {
    case ssa::CallMode::kBuiltin:
      return NilFate::kHarmless;
    case ssa::CallMode::kInvoke:
      if (operand == 0) {
        // A nil pointer in an interface is not a nil interface.
        const Value value = function.Operands(call)[0];
        const bool is_boxed =
            value.is_inst() &&
            function.inst(value.inst()).op == Op::kMakeInterface;
        return is_boxed || types::IsTypeParam(function.TypeOf(value))
                   ? NilFate::kUnknown
                   : NilFate::kPanics;
      }
      break;
    case ssa::CallMode::kDynamic:
      if (operand == 0) {
        return NilFate::kPanics;
      }
      break;
    case ssa::CallMode::kStatic: {
      const types::Func* const callee = dataflow::NamedCallee(function, call);
      if (operand == 1 && callee != nullptr && callee->is_method()) {
        return OfReceiver(*callee);
      }
      break;
    }
  }
  const Function* const body = BodyOf(function, call);
  if (body == nullptr || operand == 0 || operand - 1 >= body->params().size() ||
      depth == 0) {
    return NilFate::kUnknown;
  }
  return OfValue(*body, Value(Value::Kind::kParam, operand - 1), depth - 1);
}

NilFate NilUse::OfUser(const Function& function, Value value, const Inst& user,
                       int depth) const {
  const auto operands = function.Operands(user);
  switch (user.op) {
    case Op::kFieldAddr:
    case Op::kLoad:
      return NilFate::kPanics;
    case Op::kStore:
      // A parameter's own variable.
      if (operands[0] != value && operands[0].is_inst() &&
          function.inst(operands[0].inst()).op == Op::kAlloc) {
        NilFate worst = NilFate::kGuarded;
        for (const InstId load : function.UsersOf(operands[0])) {
          if (function.inst(load).op == Op::kLoad &&
              IsOnEveryWay(function, function.inst(load).block)) {
            worst = Worse(worst, OfValue(function, load, depth));
          }
        }
        return worst;
      }
      return NilFate::kUnknown;
    case Op::kChangeType:
    case Op::kChangeInterface:
    case Op::kMakeInterface:
      return OfValue(function, Value(function.IdOf(user)), depth);
    case Op::kCall:
    case Op::kDefer:
    case Op::kGo: {
      NilFate worst = NilFate::kGuarded;
      for (uint32_t i = 0; i < operands.size(); ++i) {
        if (operands[i] == value) {
          worst = Worse(worst, OfOperand(function, user, i, depth));
        }
      }
      return worst;
    }
    case Op::kBinOp:
      return NilFate::kGuarded;
    default:
      return NilFate::kUnknown;
  }
}

NilFate NilUse::OfValue(const Function& function, Value value,
                        int depth) const {
  if (depth == 0) {
    return NilFate::kUnknown;
  }
  NilFate worst = NilFate::kGuarded;
  for (const InstId id : function.UsersOf(value)) {
    const Inst& user = function.inst(id);
    if (IsOnEveryWay(function, user.block)) {
      worst = Worse(worst, OfUser(function, value, user, depth));
    }
  }
  return worst;
}

NilFate NilUse::OfFreeVar(const Function& literal, uint32_t index,
                          int depth) const {
  const Value variable(Value::Kind::kFreeVar, index);
  NilFate worst = NilFate::kGuarded;
  for (const InstId id : literal.UsersOf(variable)) {
    const Inst& user = literal.inst(id);
    if (user.op == Op::kLoad && IsOnEveryWay(literal, user.block)) {
      worst = Worse(worst, OfValue(literal, id, depth));
    }
  }
  return worst;
}

// Whatever the arguments, and whether it fails or not.
bool NilUse::IsNeverNil(const Function& caller, const Inst& call,
                        uint32_t index) const {
  const dataflow::Summary& summary = program_.SummaryOfCall(caller, call);
  return summary.is_known && index < summary.results.size() &&
         (summary.results[index].nilness & dataflow::kMayBeNil) == 0;
}

bool NilUse::IsNeverNil(const Origin& origin) const {
  if (!origin.value.is_inst()) {
    return false;
  }
  const Inst& extract = origin.function->inst(origin.value.inst());
  if (extract.op != Op::kExtract) {
    return false;
  }
  const Value tuple = origin.function->Operands(extract)[0];
  return tuple.is_inst() &&
         origin.function->inst(tuple.inst()).op == Op::kCall &&
         IsNeverNil(*origin.function, origin.function->inst(tuple.inst()),
                    extract.aux);
}

NilUse::OnError NilUse::ValueOnError(const Function& body, uint32_t index,
                                     int depth) const {
  if (depth == 0) {
    return OnError::kUnknown;
  }
  bool is_nil = true;
  bool is_not_nil = true;
  bool is_seen = false;
  for (const Inst& inst : body.insts()) {
    if (inst.op != Op::kReturn || inst.block == body.recover_block()) {
      continue;
    }
    const auto operands = body.Operands(inst);
    const auto errors = dataflow::OriginsOf(body, operands.back());
    if (errors.is_complete && !errors.may_be_zero &&
        std::ranges::all_of(errors.values, [](const Origin& origin) {
          return dataflow::IsNilConst(*origin.function, origin.value);
        })) {
      continue;
    }
    is_seen = true;
    const auto values = dataflow::OriginsOf(body, operands[index]);
    is_not_nil &= values.is_complete && !values.may_be_zero;
    for (const Origin& origin : values.values) {
      if (dataflow::IsNilConst(*origin.function, origin.value)) {
        is_not_nil = false;
        continue;
      }
      const Op op = origin.value.is_inst()
                        ? origin.function->inst(origin.value.inst()).op
                        : Op::kPhi;
      if (op == Op::kAlloc || op == Op::kMakeClosure ||
          op == Op::kMakeInterface ||
          origin.value.kind() == Value::Kind::kFunction) {
        is_nil = false;
        continue;
      }
      if (IsNeverNil(origin)) {
        is_nil = false;
        continue;
      }
      is_not_nil = false;
      // `return open(name)`.
      const auto forwarded = ForwardedCall(body, origin, errors);
      is_nil &= forwarded.has_value() &&
                ValueOnError(*forwarded, depth - 1) == OnError::kNil;
    }
  }
  if (!is_seen || (is_nil && is_not_nil)) {
    return OnError::kUnknown;
  }
  return is_nil       ? OnError::kNil
         : is_not_nil ? OnError::kNotNil
                      : OnError::kUnknown;
}

NilUse::OnError NilUse::ValueOnError(const dataflow::FallibleCall& call) const {
  return ValueOnError(call, kMaxDepth);
}

NilUse::OnError NilUse::ValueOnError(const dataflow::FallibleCall& call,
                                     int depth) const {
  const Inst& inst = call.function->inst(call.call);
  if (IsNeverNil(*call.function, inst, call.index)) {
    return OnError::kNotNil;
  }
  if (const Function* const body = BodyOf(*call.function, inst)) {
    return ValueOnError(*body, call.index, depth);
  }
  // Of an interface's method: what those say that are known.
  bool is_nil = false;
  bool is_not_nil = false;
  for (const dataflow::FunctionId id :
       program_.TargetsOf(*call.function, inst).functions) {
    const Function* const body = program_.node(id).body;
    if (body != nullptr && call.index < body->result_types().size()) {
      const OnError one = ValueOnError(*body, call.index, depth);
      is_nil |= one == OnError::kNil;
      is_not_nil |= one == OnError::kNotNil;
    }
  }
  if (is_not_nil && !is_nil) {
    return OnError::kNotNil;
  }
  const types::Func* const callee = dataflow::NamedCallee(*call.function, inst);
  return callee != nullptr && dataflow::IsStandard(program_, *callee)
             ? OnError::kNil
             : OnError::kUnknown;
}

bool NilUse::NeverFails(const dataflow::FallibleCall& call) const {
  const Function* const body =
      BodyOf(*call.function, call.function->inst(call.call));
  if (body == nullptr) {
    return false;
  }
  return std::ranges::all_of(body->insts(), [&](const Inst& inst) {
    if (inst.op != Op::kReturn || inst.block == body->recover_block()) {
      return true;
    }
    const auto errors = dataflow::OriginsOf(*body, body->Operands(inst).back());
    return errors.is_complete &&
           std::ranges::all_of(errors.values, [](const Origin& origin) {
             return dataflow::IsNilConst(*origin.function, origin.value);
           });
  });
}

}  // namespace gdlint::checks
