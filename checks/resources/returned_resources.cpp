// What a call gives the caller to release. See lifetime.h.

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checks/knowledge/declared_resources.h"
#include "checks/resources/commands.h"
#include "checks/resources/held.h"
#include "checks/resources/holders.h"
#include "checks/resources/lifetime.h"
#include "checks/resources/lists.h"
#include "checks/resources/returned_error.h"
#include "checks/resources/spans.h"
#include "checks/resources/writable.h"
#include "dataflow/values.h"
#include "lexer/token.h"
#include "types/method_set.h"
#include "types/package.h"
#include "types/predicates.h"

namespace gdlint::checks::resources {
namespace {

bool IsEmptyString(const ssa::Function& function, ssa::Value value) {
  const auto constant = dataflow::ConstantOf(function, value);
  return constant && constant->kind() == types::ConstantKind::kString &&
         types::constant::StringSize(*constant) == 0;
}

// There is nothing that the caller must release.
bool IsHeldForNothing(const ssa::Function& function, const ssa::Inst& call,
                      ResourceKind kind) {
  switch (kind) {
    case ResourceKind::kTempDir:
      // What lies in a folder goes with that.
      return !IsEmptyString(function, function.Operands(call)[1]);
    case ResourceKind::kDecoder:
      // Without a stream it is memory: `zstd.NewReader(nil)` for DecodeAll.
      return dataflow::IsNilConst(function, function.Operands(call)[1]);
    case ResourceKind::kProcessPipe:
      return !OwnCommandOf(function, call).has_value();
    default:
      return false;
  }
}

// Of what is called through an interface or a variable.
std::optional<Acquisition> DeclaredAcquisition(const ssa::Function& caller,
                                               const ssa::Inst& call) {
  if (ModeOf(call) == ssa::CallMode::kInvoke) {
    const types::Func* const method = dataflow::NamedCallee(caller, call);
    if (method == nullptr || method->signature() == nullptr) {
      return std::nullopt;
    }
    const auto declared = knowledge::AcquisitionByDeclaration(
        NameOf(method), *method->signature());
    return declared ? declared : knowledge::AcquisitionLike(*method);
  }
  if (ModeOf(call) != ssa::CallMode::kDynamic) {
    return std::nullopt;
  }
  const auto* const signature = types::TryAs<types::Signature>(
      types::Under(caller.TypeOf(caller.Operands(call)[0])));
  return signature == nullptr
             ? std::nullopt
             : knowledge::AcquisitionByDeclaration("", *signature);
}

// Rows as a single one, which nobody can close: its Scan does.
bool IsOneRow(const ssa::Inst& call, const Acquisition& given) {
  const auto* const tuple = types::TryAs<types::Tuple>(call.type);
  const types::Type* const type =
      tuple == nullptr ? call.type : tuple->params[given.result].type;
  return given.kind == ResourceKind::kSqlRows && given.cleanup < 0 &&
         !HasMethodToRelease(type, given.kind) &&
         std::ranges::any_of(
             types::MethodSetOf(type),
             [](const auto& entry) {
               return entry.method->name->text() == "Scan";
             });
}

}  // namespace

std::optional<Acquisition> Fates::AcquiredBy(const ssa::Function& caller,
                                             const ssa::Inst& call) {
  std::optional<Acquisition> acquired = FindAcquisition(caller, call);
  if (acquired && acquired->kind == ResourceKind::kFile) {
    acquired->is_writable |= IsWritable(caller, call);
  }
  if (acquired && acquired->kind == ResourceKind::kSpan &&
      IsLeftToContext(caller, call, *acquired)) {
    if (!ends_spans_of_contexts_) {
      ends_spans_of_contexts_ = EndsSpansOfContexts(program_);
    }
    if (*ends_spans_of_contexts_) {
      return std::nullopt;
    }
  }
  return acquired;
}

std::optional<Acquisition> Fates::FindAcquisition(const ssa::Function& caller,
                                                  const ssa::Inst& call) {
  if (const types::Func* const named = dataflow::NamedCallee(caller, call)) {
    const types::Func& origin =
        named->origin != nullptr ? *named->origin : *named;
    if (auto known =
            knowledge::AcquisitionOf(origin, caller.package()->version)) {
      return IsHeldForNothing(caller, call, known->kind) ? std::nullopt : known;
    }
  }
  if (!MayHold(call.type)) {
    return std::nullopt;
  }
  const dataflow::FunctionId target = program_.TargetsOf(caller, call).only();
  const ssa::Function* const body =
      target.has_value() ? program_.node(target).body : nullptr;
  if (body != nullptr) {
    std::optional<Acquisition> given = ReturnedBy(*body);
    if (!given) {
      given = GivenBackBy(caller, call, *body);
    }
    return given && IsOneRow(call, *given) ? std::nullopt : given;
  }
  const auto declared = DeclaredAcquisition(caller, call);
  return declared ? declared : ReturnedByOneOf(caller, call);
}

// Of a method of an interface: what one of the methods that it may be gives,
// if the caller can give it back whatever it is.
std::optional<Acquisition> Fates::ReturnedByOneOf(const ssa::Function& caller,
                                                  const ssa::Inst& call) {
  const types::Func* const method = dataflow::NamedCallee(caller, call);
  if (ModeOf(call) != ssa::CallMode::kInvoke || method == nullptr ||
      method->signature() == nullptr) {
    return std::nullopt;
  }
  const auto& results = method->signature()->results->params;
  for (const dataflow::FunctionId id :
       program_.TargetsOf(caller, call).functions) {
    const ssa::Function* const body = program_.node(id).body;
    const auto given = body == nullptr ? std::nullopt : ReturnedBy(*body);
    if (given && given->cleanup < 0 && given->result < results.size() &&
        types::IsInterface(results[given->result].type) &&
        HasMethodToRelease(results[given->result].type, given->kind)) {
      return given;
    }
  }
  return std::nullopt;
}

namespace {

bool IsOnlyCalledHere(const ssa::Function& function, ssa::Value closure) {
  return std::ranges::all_of(function.UsersOf(closure), [&](ssa::InstId user) {
    const ssa::Inst& inst = function.inst(user);
    return (inst.op == ssa::Op::kCall || inst.op == ssa::Op::kDefer) &&
           function.Operands(inst)[0] == closure;
  });
}

// A result of a function with deferred calls, which no closure changes.
bool IsPlainResult(const ssa::Function& function, ssa::Value addr) {
  return std::ranges::find(function.result_cells(), addr) !=
             function.result_cells().end() &&
         std::ranges::all_of(function.UsersOf(addr), [&](ssa::InstId user) {
           const ssa::Op op = function.inst(user).op;
           return op == ssa::Op::kLoad || op == ssa::Op::kStore;
         });
}

bool IsCallOrReturn(const ssa::Function& function, ssa::InstId user,
                    ssa::Value closure) {
  const ssa::Inst& inst = function.inst(user);
  const std::span<const ssa::Value> operands = function.Operands(inst);
  switch (inst.op) {
    case ssa::Op::kCall:
    case ssa::Op::kDefer:
      return operands[0] == closure &&
             std::ranges::count(operands, closure) == 1;
    case ssa::Op::kStore:
      return IsPlainResult(function, operands[0]);
    case ssa::Op::kReturn:
    case ssa::Op::kPhi:
    case ssa::Op::kChangeType:
      return true;
    default:
      return false;
  }
}

bool IsTuple(const ssa::Inst& call) {
  return call.type != nullptr && call.type->kind == types::TypeKind::kTuple;
}

// What the caller gets of a function that returns, as one of its results, a
// function that releases it.
Acquisition WithCleanup(const ssa::Function& function, uint32_t cleanup,
                        std::optional<Acquisition> returned,
                        ResourceKind kind) {
  const size_t last = function.result_types().size() - 1;
  if (!returned) {
    returned = Acquisition{kind, cleanup, static_cast<int32_t>(last)};
  }
  returned->cleanup = static_cast<int32_t>(cleanup);
  if (cleanup == last) {
    returned->error = -1;
  }
  return *returned;
}

}  // namespace

// A call whose first result, when it is released, releases one of `values`:
// `smtp.NewClient(conn, host)`.
bool Fates::OwnsOneOf(const ssa::Function& function, ssa::Value call,
                      const std::vector<ssa::Value>& values,
                      ResourceKind kind) {
  if (!call.is_inst() || function.inst(call.inst()).op != ssa::Op::kCall) {
    return false;
  }
  const ssa::Inst& inst = function.inst(call.inst());
  const types::Func* const named = dataflow::NamedCallee(function, inst);
  if (named == nullptr || named->signature()->results->params.empty()) {
    return false;
  }
  const types::Type* const type = named->signature()->results->params[0].type;
  if (!HasMethodToRelease(type, kind)) {
    return false;
  }
  const std::span<const ssa::Value> operands = function.Operands(inst);
  for (size_t i = 1; i < operands.size(); ++i) {
    if (std::ranges::find(values, operands[i]) == values.end()) {
      continue;
    }
    if (knowledge::UseOfArgument(*named) ==
        knowledge::ArgumentUse::kWrapsAndOwns) {
      return true;
    }
    const uint32_t param = ParamGiven(inst, i);
    const ssa::Function* const body =
        ArgumentBody(program_.TargetsOf(function, inst).only(), param,
                     i == 1 && named->recv != nullptr, kind);
    if (body != nullptr && OfParam(*body, param, kind) == Fate::kReturned &&
        !LeavesOpen(type, kind)) {
      return true;
    }
  }
  return false;
}

// The copies of a closure that does nothing but release it, if all that is done
// with them is to call and to return them.
std::optional<std::vector<ssa::Value>> Fates::CleanupIn(
    const ssa::Function& function, const ssa::Inst& closure,
    const std::vector<ssa::Value>& cells, const std::vector<ssa::Value>& values,
    ResourceKind kind) {
  const std::span<const ssa::Value> operands = function.Operands(closure);
  const ssa::Callee& callee = function.callees()[operands[0].index()];
  for (uint32_t i = 1; i < operands.size(); ++i) {
    if (std::ranges::find(cells, operands[i]) == cells.end() &&
        std::ranges::find(values, operands[i]) == values.end()) {
      continue;
    }
    const uint32_t var = i - 1;
    const bool releases =
        callee.child == nullptr
            ? knowledge::MayRelease(kind, NameOf(callee.key.func))
            : OfFreeVar(*callee.child, var, kind) == Fate::kReleased &&
                  IsSurelyReleased(*callee.child,
                                   ssa::Value(ssa::Value::Kind::kFreeVar, var));
    if (!releases) {
      return std::nullopt;
    }
  }
  std::vector<ssa::Value> copies =
      CopiesOf(function, ssa::Value(function.IdOf(closure)));
  const bool stays = std::ranges::all_of(copies, [&](ssa::Value copy) {
    return std::ranges::all_of(function.UsersOf(copy), [&](ssa::InstId user) {
      const ssa::Inst& inst = function.inst(user);
      return IsCallOrReturn(function, user, copy) ||
             (inst.op == ssa::Op::kStore &&
              FunctionHolderOf(function, function.Operands(inst)[0]));
    });
  });
  return stays ? std::optional(std::move(copies)) : std::nullopt;
}

namespace {

// From one of `from`, without another acquisition, control comes to a Return
// that `is_meant`.
template <typename Fn>
bool ComesToReturn(const ssa::Function& function,
                   std::vector<ssa::BlockId> from, ssa::BlockId acquired_in,
                   const Fn& is_meant) {
  std::vector<bool> seen(function.blocks().size());
  while (!from.empty()) {
    const ssa::BlockId block = from.back();
    from.pop_back();
    if (seen[block.index]) {
      continue;
    }
    seen[block.index] = true;
    const ssa::Inst& last = function.Terminator(block);
    if (last.op == ssa::Op::kReturn && is_meant(last)) {
      return true;
    }
    // The next turn of a loop acquires another one.
    std::ranges::copy_if(
        function.Succs(block), std::back_inserter(from),
        [&](ssa::BlockId next) { return next != acquired_in; });
  }
  return false;
}

}  // namespace

// On some way one of `values` is released and then returned, as by a client
// that reads the body of what it returns.
bool Fates::IsReturnedReleased(const ssa::Function& function,
                               ssa::BlockId acquired_in,
                               const std::vector<ssa::Value>& values,
                               ResourceKind kind, ssa::InstId besides) {
  FlowTrace trace;
  trace.besides = besides;
  for (const ssa::Value value : values) {
    if (Flow(function, value, false, kind, &trace) == Fate::kKept) {
      // Who knows whose it is then.
      return true;
    }
  }
  return ComesToReturn(
      function, trace.released_in, acquired_in, [&](const ssa::Inst& last) {
        return std::ranges::any_of(
            function.Operands(last), [&](ssa::Value operand) {
              const ssa::Value stored = StoredBefore(function, operand);
              return std::ranges::find(values, stored) != values.end();
            });
      });
}

// A struct with it is the result, and on the way there, where all went well, it
// is released: `resp.Body.Close()` of `&Response{Response: resp}`.
bool Fates::IsReleasedInHolder(const ssa::Function& function,
                               ssa::BlockId acquired_in,
                               const std::vector<ssa::Value>& values,
                               const Acquisition& wrapped) {
  FlowTrace trace;
  for (const ssa::Value value : values) {
    static_cast<void>(Flow(function, value, false, wrapped.kind, &trace));
  }
  return ComesToReturn(
      function, trace.released_in, acquired_in, [&](const ssa::Inst& last) {
        const std::span<const ssa::Value> operands = function.Operands(last);
        return wrapped.result < operands.size() &&
               !dataflow::IsNilConst(
                   function,
                   StoredBefore(function, operands[wrapped.result])) &&
               !ReturnsFoundError(function, last);
      });
}

namespace {

// `struct { *http.Response }`, or a pointer to one: its Body is the response's.
bool EmbedsResponse(const types::Type* type, ResourceKind kind) {
  if (kind != ResourceKind::kHttpBody) {
    return false;
  }
  type = types::Under(type);
  if (const auto* const pointer = types::TryAs<types::Pointer>(type)) {
    type = types::Under(pointer->elem);
  }
  const auto* const whole = types::TryAs<types::Struct>(type);
  return whole != nullptr &&
         std::ranges::any_of(whole->fields, [](const types::Var* field) {
           return field->is_embedded && field->name != nullptr &&
                  field->name->text() == "Response";
         });
}

// The last result tells of failure by a number that is no error: which one,
// nobody knows here.
bool TellsByNumber(const ssa::Function& function, uint32_t result) {
  const auto& results = function.result_types();
  const auto* const last = types::UnderAs<types::Basic>(results.back());
  return result + 1 < results.size() && last != nullptr &&
         last->basic != types::BasicKind::kBool &&
         std::ranges::none_of(
             types::MethodSetOf(results.back()),
             [](const auto& entry) { return NameOf(entry.method) == "Error"; });
}

// The last result, where the returned one tells nothing of failure.
int32_t ErrorBeside(const ssa::Function& function, uint32_t result) {
  const size_t count = function.result_types().size();
  return result + 1 < count ? static_cast<int32_t>(count - 1) : -1;
}

// `for _, c := range []io.Closer{w.buf, w.f} { c.Close() }`.
bool ReleasesSomething(const ssa::Function& function, ResourceKind kind) {
  return std::ranges::any_of(function.insts(), [&](const ssa::Inst& inst) {
    return inst.op == ssa::Op::kCall &&
           ModeOf(inst) == ssa::CallMode::kInvoke &&
           knowledge::Releases(kind,
                               NameOf(dataflow::NamedCallee(function, inst)));
  });
}

}  // namespace

bool Fates::LeavesOpen(const types::Type* type, ResourceKind kind) {
  const std::pair key(type, kind);
  if (const auto found = leaves_open_.find(key); found != leaves_open_.end()) {
    return found->second;
  }
  // Meanwhile, for recursion.
  leaves_open_[key] = false;
  const bool leaves = FindLeavesOpen(type, kind);
  return leaves_open_[key] = leaves;
}

bool Fates::FindLeavesOpen(const types::Type* type, ResourceKind kind) {
  if (type != nullptr && type->kind == types::TypeKind::kTuple) {
    const auto params = types::As<types::Tuple>(type)->params;
    const auto held = std::ranges::find_if(
        params, [](const types::Param& param) { return MayHold(param.type); });
    type = held != params.end() ? held->type : nullptr;
  }
  if (type == nullptr) {
    return false;
  }
  bool has_method = false;
  for (const auto& entry : types::MethodSetOf(type)) {
    if (!knowledge::Releases(kind, NameOf(entry.method))) {
      continue;
    }
    const dataflow::FunctionId id = program_.Find(entry.method);
    const ssa::Function* const body =
        id.has_value() ? program_.node(id).body : nullptr;
    if (entry.index.size() > 1 || body == nullptr ||
        OfParam(*body, 0, kind) != Fate::kBorrowed) {
      return false;
    }
    has_method = true;
  }
  return has_method;
}

// Its method by the usual name releases what it holds, or one by a name such as
// `Stop` or `Discard` surely does.
bool Fates::HasReleasingMethod(const types::Type* type, ResourceKind kind) {
  if (type == nullptr) {
    return false;
  }
  return std::ranges::any_of(types::MethodSetOf(type), [&](const auto& entry) {
    const types::Func& method = *entry.method;
    const bool is_usual = knowledge::Releases(kind, NameOf(&method));
    if (!is_usual && !knowledge::MayRelease(kind, NameOf(&method))) {
      return false;
    }
    if (is_usual && entry.index.size() > 1) {
      // Of what is embedded.
      return true;
    }
    const dataflow::FunctionId id = program_.Find(&method);
    const ssa::Function* const body =
        id.has_value() ? program_.node(id).body : nullptr;
    if (body == nullptr) {
      return false;
    }
    const Fate fate = OfParam(*body, 0, kind);
    return fate == Fate::kReleased ||
           (fate == Fate::kKept && ReleasesSomething(*body, kind));
  });
}

// A call of a method that releases what it is called on, by its name or by what
// it does: `s.close()`.
bool Fates::IsReleaseOfReceiver(const ssa::Function& function,
                                const ssa::Inst& call, ResourceKind kind) {
  const types::Func* const named = dataflow::NamedCallee(function, call);
  if (knowledge::Releases(kind, NameOf(named))) {
    return true;
  }
  const std::span<const ssa::Value> operands = function.Operands(call);
  const ssa::Function* const body =
      operands.size() < 2 ? nullptr : MethodOn(function, call, operands[1]);
  return body != nullptr && OfParam(*body, 0, kind) == Fate::kReleased;
}

// Its method by the usual name releases the elements of the list in a field.
bool Fates::ReleasesList(const types::Type* type, uint32_t field,
                         ResourceKind kind) {
  return std::ranges::any_of(types::MethodSetOf(type), [&](const auto& entry) {
    const dataflow::FunctionId id =
        entry.index.size() == 1 &&
                knowledge::Releases(kind, NameOf(entry.method))
            ? program_.Find(entry.method)
            : dataflow::FunctionId{};
    const ssa::Function* const body =
        id.has_value() ? program_.node(id).body : nullptr;
    return body != nullptr &&
           std::ranges::any_of(
               CallsOnElements(*body, field), [&](ssa::InstId call) {
                 return IsReleaseOfReceiver(*body, body->inst(call), kind);
               });
  });
}

// Releasing the outermost struct releases what is in the innermost.
bool Fates::IsReleasedByHolder(const ssa::Function& function,
                               const Holder& holder, ResourceKind kind) {
  const types::Type* const inner = function.inst(holder.inner.inst()).type;
  const types::Type* const outer = function.inst(holder.outer.inst()).type;
  if (holder.inner != holder.outer && !HasReleasingMethod(outer, kind)) {
    return false;
  }
  if (holder.function) {
    return CallsHeldFunction(inner, holder, kind);
  }
  return holder.list
             ? ReleasesList(inner, *holder.list, kind)
             : EmbedsResponse(inner, kind) || HasReleasingMethod(inner, kind);
}

// A function that returns one of `holders`, which nothing else keeps: what
// their Close releases.
std::optional<Acquisition> Fates::WrappedIn(const ssa::Function& function,
                                            const std::vector<Holder>& holders,
                                            ResourceKind kind,
                                            ssa::InstId besides) {
  if (!IsHeldByStructs(kind)) {
    return std::nullopt;
  }
  std::optional<uint32_t> result;
  for (const Holder& holder : holders) {
    // The resource may lie in two fields of it.
    if (std::ranges::none_of(holders, [&](const Holder& other) {
          return other.inner == holder.inner &&
                 IsReleasedByHolder(function, other, kind);
        })) {
      return std::nullopt;
    }
    FlowTrace trace;
    trace.besides = besides;
    static_cast<void>(Flow(function, holder.inner, false, kind, &trace));
    const std::vector<ssa::Value> copies = CopiesOf(function, holder.outer);
    if (trace.is_kept ||
        IsReturnedReleased(function, function.inst(holder.outer.inst()).block,
                           copies, kind, besides)) {
      return std::nullopt;
    }
    for (const ssa::Inst& inst : function.insts()) {
      const std::span<const ssa::Value> operands = function.Operands(inst);
      for (uint32_t i = 0; inst.op == ssa::Op::kReturn && i < operands.size();
           ++i) {
        if (std::ranges::find(copies, operands[i]) == copies.end()) {
          continue;
        }
        const types::Type* const given = function.result_types()[i];
        if (!EmbedsResponse(given, kind) && !HasMethodToRelease(given, kind)) {
          return std::nullopt;
        }
        result = i;
      }
    }
  }
  if (!result) {
    return std::nullopt;
  }
  return Acquisition{kind, *result, ErrorBeside(function, *result)};
}

// What a function gives back of what `root`, a call or a parameter of it, is.
std::optional<Acquisition> Fates::ReturnedOf(const ssa::Function& function,
                                             ssa::Value root,
                                             const Acquisition& acquired) {
  // The values that are just it.
  std::vector<ssa::Value> values;
  if (!root.is_inst() || !IsTuple(function.inst(root.inst()))) {
    values.push_back(root);
  }
  const ssa::BlockId block =
      root.is_inst() ? function.inst(root.inst()).block : ssa::BlockId{0};
  std::vector<ssa::Value> cells;
  // A cache, for instance: it is not the caller's.
  bool is_kept = false;
  std::vector<Holder> holders;
  std::optional<Acquisition> returned;
  // Functions that release it, and which result is one of them.
  std::vector<ssa::Value> cleanups;
  std::optional<uint32_t> cleanup;
  for (int round = 0; round < 3; ++round) {
    for (const ssa::Inst& use : function.insts()) {
      const std::span<const ssa::Value> operands = function.Operands(use);
      const auto is_it = [&](ssa::Value value) {
        return std::ranges::find(values, value) != values.end();
      };
      const ssa::Value self(function.IdOf(use));
      if (is_it(self)) {
        continue;
      }
      switch (use.op) {
        case ssa::Op::kExtract:
          if (operands[0] == root && use.aux == acquired.result) {
            values.push_back(self);
          } else if (operands[0] == root &&
                     static_cast<int32_t>(use.aux) == acquired.cleanup) {
            cleanups.push_back(self);
          } else if (use.aux == 0 && operands[0].is_inst() &&
                     function.inst(operands[0].inst()).op ==
                         ssa::Op::kTypeAssert &&
                     is_it(operands[0])) {
            // `c, ok := conn.(*net.TCPConn)`.
            values.push_back(self);
          } else if (use.aux == 0 && operands[0] != root &&
                     (OwnsOneOf(function, operands[0], values, acquired.kind) ||
                      IsBuiltAround(function, operands[0], values,
                                    acquired.kind))) {
            values.push_back(self);
          }
          break;
        case ssa::Op::kCall:
          if (!IsTuple(use) &&
              (OwnsOneOf(function, self, values, acquired.kind) ||
               IsBuiltAround(function, self, values, acquired.kind))) {
            values.push_back(self);
          }
          break;
        case ssa::Op::kPhi:
        case ssa::Op::kChangeType:
        case ssa::Op::kTypeAssert:
        case ssa::Op::kMakeInterface:
        case ssa::Op::kChangeInterface:
          if (std::ranges::any_of(operands, is_it)) {
            values.push_back(self);
          }
          break;
        case ssa::Op::kStore:
          if (is_it(operands[1])) {
            if (const auto holder = HolderOf(function, operands[0])) {
              holders.push_back(*holder);
              break;
            }
            if (WrappedListOf(function, operands[0]).has_value()) {
              break;
            }
            cells.push_back(operands[0]);
            is_kept |= !operands[0].is_inst() ||
                       function.inst(operands[0].inst()).op != ssa::Op::kAlloc;
          } else if (std::ranges::find(cleanups, operands[1]) !=
                     cleanups.end()) {
            if (const auto holder = FunctionHolderOf(function, operands[0])) {
              holders.push_back(*holder);
            }
          }
          break;
        case ssa::Op::kMapUpdate:
        case ssa::Op::kSend:
          is_kept |= std::ranges::any_of(operands, is_it);
          break;
        case ssa::Op::kMakeClosure: {
          const bool has_it =
              std::ranges::any_of(operands, [&](ssa::Value value) {
                return is_it(value) ||
                       std::ranges::find(cells, value) != cells.end();
              });
          if (!has_it || IsOnlyCalledHere(function, self)) {
            break;
          }
          // For the caller, it may be.
          if (const auto copies =
                  CleanupIn(function, use, cells, values, acquired.kind)) {
            std::ranges::copy(*copies, std::back_inserter(cleanups));
          } else {
            is_kept = true;
          }
          break;
        }
        case ssa::Op::kFieldAddr:
          // The response's body is as good as the response.
          if (acquired.kind == ResourceKind::kHttpBody && is_it(operands[0]) &&
              IsField(function, function.IdOf(use), "Body")) {
            cells.push_back(self);
          }
          break;
        case ssa::Op::kLoad:
          if (std::ranges::find(cells, operands[0]) != cells.end()) {
            values.push_back(self);
          }
          break;
        case ssa::Op::kReturn:
          // A connection beside what was made over it: closing either will
          // do.
          is_kept |= std::ranges::count_if(operands, is_it) > 1;
          for (uint32_t i = 0; i < operands.size(); ++i) {
            if (std::ranges::find(cleanups, operands[i]) != cleanups.end() ||
                (acquired.cleanup >= 0 && is_it(operands[i]) &&
                 IsFunctionValue(function, operands[i]))) {
              cleanup = i;
            } else if (is_it(operands[i])) {
              returned =
                  Acquisition{acquired.kind, i, ErrorBeside(function, i)};
            }
          }
          break;
        default:
          break;
      }
    }
  }
  if (!holders.empty()) {
    // On other ways it may be returned as it is.
    if (is_kept || (returned && IsReturnedReleased(function, block, values,
                                                   acquired.kind))) {
      return std::nullopt;
    }
    auto wrapped = WrappedIn(function, holders, acquired.kind);
    if (!wrapped || (returned && returned->result != wrapped->result) ||
        IsReleasedInHolder(function, block, values, *wrapped)) {
      return std::nullopt;
    }
    wrapped->is_writable = acquired.is_writable;
    return cleanup ? WithCleanup(function, *cleanup, wrapped, acquired.kind)
                   : wrapped;
  }
  if (cleanup) {
    returned = WithCleanup(function, *cleanup, returned, acquired.kind);
  }
  if (!returned || is_kept ||
      IsReturnedReleased(function, block, values, acquired.kind)) {
    return std::nullopt;
  }
  returned->is_writable = acquired.is_writable;
  return returned;
}

// A function that returns, as one of its results, what it acquires and nothing
// else keeps.
std::optional<Acquisition> Fates::ReturnedBy(const ssa::Function& function) {
  if (const auto found = returned_.find(&function); found != returned_.end()) {
    return found->second;
  }
  returned_[&function] = std::nullopt;
  if (depth_ >= kMaxDepth) {
    return std::nullopt;
  }
  ++depth_;
  std::optional<Acquisition> result;
  for (const ssa::Inst& inst : function.insts()) {
    if (inst.op != ssa::Op::kCall) {
      continue;
    }
    if (auto with_kept = ReturnedWithKept(function, inst)) {
      result = with_kept;
      continue;
    }
    const auto acquired = AcquiredBy(function, inst);
    // Who has only the pipe of a command cannot wait for that.
    if (!acquired || acquired->kind == ResourceKind::kProcessPipe) {
      continue;
    }
    const ssa::Value call(function.IdOf(inst));
    if (auto returned = ReturnedOf(function, call, *acquired)) {
      result = returned;
    }
  }
  if (!result) {
    result = ReturnedByLiteral(function);
  }
  --depth_;
  if (result && TellsByNumber(function, result->result)) {
    result.reset();
  }
  return returned_[&function] = result;
}

}  // namespace gdlint::checks::resources
