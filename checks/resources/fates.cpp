#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "checks/knowledge/declared_resources.h"
#include "checks/resources/lifetime.h"
#include "checks/resources/lists.h"
#include "checks/resources/plain_wrappers.h"
#include "checks/resources/ways.h"
#include "dataflow/values.h"
#include "types/method_set.h"
#include "types/package.h"
#include "types/predicates.h"

namespace gdlint::checks::resources {
ssa::Value LocalWhole(const ssa::Function& function, ssa::Value addr) {
  while (addr.is_inst() &&
         function.inst(addr.inst()).op == ssa::Op::kFieldAddr) {
    addr = function.Operands(function.inst(addr.inst()))[0];
    if (addr.is_inst() && function.inst(addr.inst()).op == ssa::Op::kAlloc) {
      return addr;
    }
  }
  return ssa::Value::None();
}

bool IsFunctionValue(const ssa::Function& function, ssa::Value value) {
  const types::Type* const type = function.TypeOf(value);
  return types::UnderAs<types::Signature>(types::Deref(type)) != nullptr;
}

bool IsPlainVariable(const ssa::Function& function, ssa::Value addr) {
  return types::UnderAs<types::Basic>(types::Deref(function.TypeOf(addr))) !=
         nullptr;
}

std::string_view NameOf(const types::Func* func) {
  return func == nullptr || func->name == nullptr ? "" : func->name->text();
}

bool IsStandard(const types::Func& func) { return func.package->is_standard; }

uint32_t ParamGiven(const ssa::Inst& call, size_t operand) {
  return static_cast<uint32_t>(
      ModeOf(call) == ssa::CallMode::kInvoke ? operand : operand - 1);
}

bool MayHold(const types::Type* type) {
  if (type == nullptr) {
    return false;
  }
  const types::Type* const under = types::Under(type);
  switch (under->kind) {
    case types::TypeKind::kPointer: {
      const auto* const elem =
          types::Under(types::As<types::Pointer>(under)->elem);
      return elem->kind != types::TypeKind::kBasic;
    }
    case types::TypeKind::kInterface: {
      const auto* const named =
          types::TryAs<types::Named>(types::Unalias(type));
      // `error`, and the address of a connection.
      return named == nullptr || named->obj == nullptr ||
             (named->obj->package != nullptr &&
              !(named->obj->package->path == "net" &&
                named->obj->name->text() == "Addr"));
    }
    case types::TypeKind::kStruct:
    case types::TypeKind::kSignature:
      return true;
    case types::TypeKind::kTuple: {
      const auto* const tuple = types::As<types::Tuple>(under);
      return std::ranges::any_of(tuple->params, [](const types::Param& param) {
        return MayHold(param.type);
      });
    }
    default:
      return false;
  }
}

Fate Fates::OfParam(const ssa::Function& function, uint32_t param,
                    ResourceKind kind) {
  const std::tuple key(&function, param, kind);
  if (const auto found = fates_.find(key); found != fates_.end()) {
    return found->second;
  }
  if (depth_ >= kMaxDepth || param >= function.params().size()) {
    return Fate::kKept;
  }
  // Meanwhile, for recursion.
  fates_[key] = Fate::kBorrowed;
  ++depth_;
  const Fate fate =
      Flow(function, ssa::Value(ssa::Value::Kind::kParam, param), false, kind);
  --depth_;
  return fates_[key] = fate;
}

const ssa::Function* Fates::ArgumentBody(dataflow::FunctionId target,
                                         uint32_t param, bool is_receiver,
                                         ResourceKind kind) {
  if (!target.has_value()) {
    return nullptr;
  }
  const dataflow::Node& node = program_.node(target);
  const ssa::Function* const body = node.argument_body;
  if (node.body != nullptr || body == nullptr || is_receiver ||
      // A stand-in, perhaps, that does nothing with what it is given.
      body->UsersOf(ssa::Value(ssa::Value::Kind::kParam, param)).empty() ||
      OfParam(*body, param, kind) == Fate::kKept) {
    return node.body;
  }
  return body;
}

Fate Fates::OfFreeVar(const ssa::Function& literal, uint32_t index,
                      ResourceKind kind) {
  if (depth_ >= kMaxDepth) {
    return Fate::kKept;
  }
  ++depth_;
  const Fate fate =
      Flow(literal, ssa::Value(ssa::Value::Kind::kFreeVar, index), true, kind);
  --depth_;
  return fate;
}

namespace {

// Where a closure that is only called or deferred once is so.
void AddCallOf(const ssa::Function& function, ssa::Value closure,
               std::vector<ssa::BlockId>& blocks) {
  const std::span<const ssa::InstId> users = function.UsersOf(closure);
  if (users.size() != 1) {
    return;
  }
  const ssa::Inst& call = function.inst(users[0]);
  if ((call.op == ssa::Op::kCall || call.op == ssa::Op::kDefer) &&
      function.Operands(call)[0] == closure) {
    blocks.push_back(call.block);
  }
}

}  // namespace

namespace {

// It is an argument of a call.
bool IsGiven(const ssa::Function& function, ssa::Value value) {
  return std::ranges::any_of(function.UsersOf(value), [&](ssa::InstId user) {
    const ssa::Inst& inst = function.inst(user);
    return inst.op == ssa::Op::kCall && function.Operands(inst)[0] != value;
  });
}

}  // namespace

// Where a value goes, whatever the path: the gravest of what happens to it,
// with a release above all (a release on some path is taken for care on all).
Fate Fates::Flow(const ssa::Function& function, ssa::Value root,
                 bool is_address, ResourceKind kind, FlowTrace* trace) {
  std::set<std::pair<uint32_t, uint32_t>> seen;
  // Values that hold it, and addresses of variables that do.
  std::vector<ssa::Value> values;
  std::vector<ssa::Value> addresses;
  // Of fields of structs that hold it, and of structs made here that do.
  std::vector<ssa::Value> parts;
  std::vector<ssa::Value> wholes;
  // Those of all these that are no more than what is wrapped around it: their
  // Close leaves it open.
  std::vector<ssa::Value> wrappers;
  const auto add = [&](std::vector<ssa::Value>& list, ssa::Value value) {
    if (std::ranges::find(list, value) == list.end()) {
      list.push_back(value);
      return true;
    }
    return false;
  };
  const auto has = [](const std::vector<ssa::Value>& list, ssa::Value value) {
    return std::ranges::find(list, value) != list.end();
  };
  add(is_address ? addresses : values, root);
  const auto is_wrapper = [&](ssa::Value value) {
    return has(wrappers, value);
  };
  // `to` gets what `from` has.
  const auto pass = [&](std::vector<ssa::Value>& list, ssa::Value from,
                        ssa::Value to) {
    const bool is_new = add(list, to);
    if (is_new && is_wrapper(from)) {
      wrappers.push_back(to);
    } else if (!is_wrapper(from)) {
      return is_new || std::erase(wrappers, to) > 0;
    }
    return is_new;
  };
  bool is_released = false;
  // Where it surely is.
  std::vector<ssa::BlockId> releases;
  bool is_kept = false;
  bool is_returned = false;
  for (bool changed = true; changed;) {
    changed = false;
    for (const ssa::Inst& inst : function.insts()) {
      const std::span<const ssa::Value> operands = function.Operands(inst);
      const ssa::Value self(function.IdOf(inst));
      const auto uses = [&](ssa::Value value) { return has(values, value); };
      const bool was_released = std::exchange(is_released, false);
      switch (inst.op) {
        case ssa::Op::kPhi:
        case ssa::Op::kChangeType:
        case ssa::Op::kConvert:
        case ssa::Op::kChangeInterface:
        case ssa::Op::kMakeInterface:
        case ssa::Op::kTypeAssert:
        case ssa::Op::kExtract:
        case ssa::Op::kField:
          for (const ssa::Value operand : operands) {
            if (uses(operand) && MayHold(inst.type)) {
              changed |= pass(values, operand, self);
            }
          }
          break;
        case ssa::Op::kLoad:
          if (has(addresses, operands[0]) || has(wholes, operands[0]) ||
              (has(parts, operands[0]) && MayHold(inst.type))) {
            changed |= pass(values, operands[0], self);
          }
          break;
        case ssa::Op::kFieldAddr:
          // A part of a struct that was given: its body, its connection.
          if (uses(operands[0]) || has(addresses, operands[0])) {
            changed |= pass(parts, operands[0], self);
          }
          break;
        case ssa::Op::kStore:
          if (uses(operands[1])) {
            const bool is_local =
                operands[0].is_inst() &&
                function.inst(operands[0].inst()).op == ssa::Op::kAlloc;
            const ssa::Value whole = LocalWhole(function, operands[0]);
            const ssa::Value list = WrappedListOf(function, operands[0]);
            if (list.has_value()) {
              if (add(values, list)) {
                wrappers.push_back(list);
                changed = true;
              }
            } else if (is_local) {
              changed |= pass(addresses, operands[1], operands[0]);
            } else if (whole.has_value()) {
              changed |= pass(values, operands[1], whole);
              changed |= add(wholes, whole);
            } else if (std::ranges::any_of(function.result_cells(),
                                           [&](ssa::Value cell) {
                                             return cell == operands[0];
                                           })) {
              is_returned = true;
            } else if (kind == ResourceKind::kTempDir ||
                       !(IsOnlyFormatted(function, operands[0]) ||
                         IsLentToCommand(function, operands[0], operands[1]))) {
              is_kept = true;
            }
          }
          break;
        case ssa::Op::kReturn:
          is_returned |= std::ranges::any_of(operands, uses);
          break;
        case ssa::Op::kSend:
        case ssa::Op::kMapUpdate:
        case ssa::Op::kPanic:
        case ssa::Op::kSelect:
          is_kept |= std::ranges::any_of(operands, uses);
          break;
        case ssa::Op::kMakeClosure: {
          const ssa::Callee& callee = function.callees()[operands[0].index()];
          for (size_t i = 1; i < operands.size(); ++i) {
            if (callee.child != nullptr) {
              if (has(addresses, operands[i])) {
                const Fate fate = OfFreeVar(*callee.child,
                                            static_cast<uint32_t>(i - 1), kind);
                const bool is_it = !is_wrapper(operands[i]);
                is_released |= is_it && fate == Fate::kReleased;
                is_kept |= fate == Fate::kKept || fate == Fate::kReturned;
                const ssa::Value var(ssa::Value::Kind::kFreeVar,
                                     static_cast<uint32_t>(i - 1));
                if (is_it && IsSurelyReleased(*callee.child, var)) {
                  AddCallOf(function, self, releases);
                }
              }
            } else if (uses(operands[i])) {
              // A method value.
              const bool is_release =
                  !is_wrapper(operands[i]) &&
                  knowledge::MayRelease(kind, NameOf(callee.key.func));
              (is_release ? is_released : is_kept) = true;
              // `t.Cleanup(s.Close)`: it is not for the caller to do.
              if (is_release && trace != nullptr && IsGiven(function, self)) {
                trace->is_kept = true;
              }
            }
          }
          break;
        }
        case ssa::Op::kCall:
        case ssa::Op::kDefer:
        case ssa::Op::kGo: {
          if (ModeOf(inst) == ssa::CallMode::kBuiltin) {
            is_kept |= std::ranges::any_of(operands.subspan(1), uses) &&
                       static_cast<types::BuiltinId>(operands[0].index()) ==
                           types::BuiltinId::kAppend;
            break;
          }
          if (trace != nullptr && trace->besides == function.IdOf(inst)) {
            break;
          }
          const types::Func* const named =
              dataflow::NamedCallee(function, inst);
          // A function that stands for the resource is what releases it.
          if (ModeOf(inst) == ssa::CallMode::kDynamic && uses(operands[0])) {
            is_released |= knowledge::IsReleasedByCall(kind) ||
                           IsFunctionValue(function, root);
            releases.push_back(inst.block);
          }
          for (size_t i = 1; i <= operands.size(); ++i) {
            // An interface's receiver is operand 0.
            const bool is_receiver =
                i == operands.size() && ModeOf(inst) == ssa::CallMode::kInvoke;
            if (i == operands.size() && !is_receiver) {
              break;
            }
            const ssa::Value argument = operands[is_receiver ? 0 : i];
            if (has(addresses, argument)) {
              is_kept = true;
              continue;
            }
            if (has(parts, argument) && i == 1 && named != nullptr &&
                named->recv != nullptr &&
                knowledge::Releases(kind, NameOf(named))) {
              // Of what is embedded.
              if (!is_wrapper(argument)) {
                is_released = true;
                releases.push_back(inst.block);
              }
              continue;
            }
            if (!uses(argument)) {
              continue;
            }
            const bool is_method_of_it =
                is_receiver ||
                (i == 1 && named != nullptr && named->recv != nullptr &&
                 ModeOf(inst) == ssa::CallMode::kStatic);
            if (is_method_of_it &&
                (is_receiver ? knowledge::MayRelease(kind, NameOf(named))
                             : knowledge::Releases(kind, NameOf(named)))) {
              if (!is_wrapper(argument)) {
                is_released = true;
                releases.push_back(inst.block);
              }
              continue;
            }
            if (named != nullptr && knowledge::ReleasesArgument(kind, *named)) {
              is_released = true;
              releases.push_back(inst.block);
              continue;
            }
            const dataflow::CallTargets targets =
                program_.TargetsOf(function, inst);
            const ssa::Function* const body =
                is_receiver ? nullptr
                            : ArgumentBody(targets.only(), ParamGiven(inst, i),
                                           is_method_of_it, kind);
            const bool is_stated =
                named != nullptr &&
                knowledge::StatedUseOf(*named, is_method_of_it).has_value();
            if (body != nullptr && !is_receiver && !is_stated) {
              const Fate fate = OfParam(*body, ParamGiven(inst, i), kind);
              const bool is_it = !is_wrapper(argument);
              is_released |= is_it && fate == Fate::kReleased;
              is_kept |= fate == Fate::kKept;
              if (is_it &&
                  IsSurelyReleased(*body, ssa::Value(ssa::Value::Kind::kParam,
                                                     ParamGiven(inst, i)))) {
                releases.push_back(inst.block);
              }
              if (fate == Fate::kReturned && MayHold(inst.type)) {
                if (!LeavesOpen(inst.type, kind)) {
                  changed |= pass(values, argument, self);
                } else if (add(values, self)) {
                  wrappers.push_back(self);
                  changed = true;
                }
              }
            } else if (body == nullptr && !is_method_of_it && !is_stated &&
                       IsOnlyStreamed(*this, function, inst, i, kind)) {
              continue;
            } else if (named != nullptr && named->package != nullptr &&
                       (IsStandard(*named) || !is_method_of_it)) {
              switch (knowledge::UseOfArgument(*named)) {
                case knowledge::ArgumentUse::kBorrows:
                  break;
                case knowledge::ArgumentUse::kTakes:
                  is_kept = true;
                  break;
                case knowledge::ArgumentUse::kWraps:
                  if (MayHold(inst.type) && add(values, self)) {
                    wrappers.push_back(self);
                    changed = true;
                  }
                  break;
                case knowledge::ArgumentUse::kWrapsAndOwns:
                case knowledge::ArgumentUse::kReturns:
                  if (MayHold(inst.type)) {
                    changed |= pass(values, argument, self);
                  }
                  break;
              }
            } else if (!is_method_of_it && !IsOption(function, inst)) {
              is_kept = true;
            }
          }
          if (inst.op == ssa::Op::kGo && std::ranges::any_of(operands, uses)) {
            is_kept = true;
          }
          break;
        }
        default:
          break;
      }
      // What a closure may do later is another matter.
      if (is_released && trace != nullptr && inst.op != ssa::Op::kMakeClosure) {
        trace->released_in.push_back(inst.block);
      }
      is_released |= was_released;
    }
  }
  if (is_released && !releases.empty() &&
      AreOnAllWays(function, releases, values)) {
    sure_.insert({&function, root.kind(), root.index()});
  }
  if (trace != nullptr) {
    trace->is_kept |= is_kept;
  }
  return is_released   ? Fate::kReleased
         : is_kept     ? Fate::kKept
         : is_returned ? Fate::kReturned
                       : Fate::kBorrowed;
}

}  // namespace gdlint::checks::resources
