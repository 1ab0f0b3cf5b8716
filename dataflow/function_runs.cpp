#include "dataflow/function_runs.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "dataflow/summary.h"
#include "dataflow/values.h"
#include "types/object.h"
#include "types/package.h"
#include "types/type.h"

namespace gdlint::dataflow {
namespace {

using ssa::CallMode;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// Variables that hold a closure, one after the other.
constexpr size_t kMaxFlows = 200;

bool IsCall(const Inst& inst) {
  return inst.op == Op::kCall || inst.op == Op::kDefer || inst.op == Op::kGo;
}

RunKind KindOf(const Inst& call) {
  switch (call.op) {
    case Op::kDefer:
      return RunKind::kDeferred;
    case Op::kGo:
      return RunKind::kSpawned;
    default:
      return RunKind::kCalled;
  }
}

// Follows the value of a literal to all that is done with it.
class ValueFlow {
 public:
  explicit ValueFlow(const Program& program) : program_(program) {}

  void Follow(const ssa::Function& function, Value value) {
    pending_.push_back({&function, value});
    while (!pending_.empty() && seen_.size() < kMaxFlows) {
      const Origin next = pending_.back();
      pending_.pop_back();
      if (std::ranges::count(seen_, next) == 0) {
        seen_.push_back(next);
        FollowUses(*next.function, next.value);
      }
    }
    may_be_more_ |= !pending_.empty();
  }

  std::vector<RunSite> TakeSites() { return std::move(sites_); }
  bool may_be_more() const { return may_be_more_; }

 private:
  void FollowUses(const ssa::Function& function, Value value) {
    for (const InstId user : function.UsersOf(value)) {
      const Inst& inst = function.inst(user);
      const auto operands = function.Operands(inst);
      for (size_t n = 0; n < operands.size(); ++n) {
        if (operands[n] == value) {
          FollowUse(function, inst, n);
        }
      }
    }
  }

  void FollowUse(const ssa::Function& function, const Inst& inst, size_t n) {
    const InstId id = function.IdOf(inst);
    if (IsCall(inst)) {
      if (n == 0 && ModeOf(inst) != CallMode::kInvoke) {
        sites_.push_back({&function, id, KindOf(inst)});
      } else {
        FollowArgument(function, inst, n);
      }
      return;
    }
    switch (inst.op) {
      case Op::kMakeClosure:
        if (n == 0) {
          pending_.push_back({&function, id});
        } else {
          may_be_more_ = true;
        }
        return;
      case Op::kChangeType:
      case Op::kPhi:
        pending_.push_back({&function, id});
        return;
      case Op::kStore:
        FollowStore(function, inst);
        return;
      case Op::kBinOp:
        // A comparison with nil.
        return;
      case Op::kMakeInterface:
        FollowInterface(function, id);
        return;
      default:
        may_be_more_ = true;
    }
  }

  // `reflect.ValueOf(f)`: whoever calls that calls it from within reflect.
  void FollowInterface(const ssa::Function& function, InstId made) {
    for (const InstId user : function.UsersOf(made)) {
      const Inst& inst = function.inst(user);
      const types::Func* const named =
          inst.op == Op::kCall ? NamedCallee(function, inst) : nullptr;
      if (named == nullptr || FullName(*named) != "reflect.ValueOf") {
        may_be_more_ = true;
        return;
      }
      sites_.push_back({&function, user, RunKind::kPassed});
    }
  }

  void FollowStore(const ssa::Function& function, const Inst& store) {
    const Origin variable = VariableOf(function, function.Operands(store)[0]);
    const bool is_local =
        variable.value.is_inst() &&
        variable.function->inst(variable.value.inst()).op == Op::kAlloc;
    if (!is_local) {
      may_be_more_ = true;
      return;
    }
    const VariableUses uses = UsesOf(variable);
    if (uses.escapes || !uses.parts.empty()) {
      may_be_more_ = true;
      return;
    }
    for (const VariableUse& load : uses.loads) {
      pending_.push_back({load.function, load.inst});
    }
  }

  // The function is an argument: what the callee does with it.
  void FollowArgument(const ssa::Function& function, const Inst& call,
                      size_t n) {
    const InstId id = function.IdOf(call);
    const CallTargets targets = program_.TargetsOf(function, call);
    const types::Func* const named = NamedCallee(function, call);
    const bool is_invoke = ModeOf(call) == CallMode::kInvoke;
    // Operand 0 is the callee; of an interface's method it is the receiver,
    // which the parameters of what it leads to begin with.
    const size_t param = is_invoke ? n : n - 1;
    if (FollowInto(targets, param)) {
      return;
    }
    std::optional<uint16_t> use;
    if (targets.is_complete && !targets.functions.empty()) {
      use = 0;
      for (const FunctionId target : targets.functions) {
        use = Join(use, program_.SummaryOf(target), param);
      }
    } else if (named != nullptr) {
      use = Join(0, program_.SummaryOf(named), param);
    }
    if (use && (*use & (kDeferred | kKept)) == 0 && *use != kUsedNot) {
      const bool is_spawned = (*use & kCalled) == 0;
      sites_.push_back(
          {&function, id,
           is_spawned ? RunKind::kPassedToSpawn : RunKind::kPassed});
      return;
    }
    // Functions of the standard library defer nothing that they are given, but
    // for reflection, whose stubs do not even count as frames.
    if (named != nullptr && named->package != nullptr &&
        named->package->path != "reflect" && named->package->is_standard) {
      sites_.push_back({&function, id, RunKind::kPassed});
      return;
    }
    may_be_more_ = true;
  }

  // What bodies that are under analysis do with their parameter.
  bool FollowInto(const CallTargets& targets, size_t param) {
    if (!targets.is_complete || targets.functions.empty() ||
        !std::ranges::all_of(targets.functions, [&](FunctionId target) {
          const ssa::Function* const body = program_.node(target).body;
          return body != nullptr && param < body->params().size();
        })) {
      return false;
    }
    for (const FunctionId target : targets.functions) {
      pending_.push_back(
          {program_.node(target).body,
           Value(Value::Kind::kParam, static_cast<uint32_t>(param))});
    }
    return true;
  }

  static std::optional<uint16_t> Join(std::optional<uint16_t> use,
                                      const Summary& summary, size_t param) {
    if (!use || !summary.is_known || param >= summary.params.size()) {
      return std::nullopt;
    }
    return static_cast<uint16_t>(*use | summary.params[param].func_use);
  }

  const Program& program_;
  std::vector<Origin> pending_;
  std::vector<Origin> seen_;
  std::vector<RunSite> sites_;
  bool may_be_more_ = false;
};

bool StartsTest(std::string_view name) {
  return name.starts_with("Test") || name.starts_with("Benchmark") ||
         name.starts_with("Fuzz") || name.starts_with("Example");
}

// The value of a literal in the function around it, if something uses it.
std::optional<Value> ValueOf(const ssa::Function& literal) {
  const auto callees = literal.parent()->callees();
  for (uint32_t n = 0; n < callees.size(); ++n) {
    if (callees[n].child == &literal) {
      return Value(Value::Kind::kFunction, n);
    }
  }
  return std::nullopt;
}

// `//go:linkname f` and `//export f`, of files: a long one is read once, not
// for each function in it.
class DirectiveNames {
 public:
  explicit DirectiveNames(const Program&) {}

  bool Has(const source::SourceFile& file, std::string_view name) {
    const auto [found, is_new] = names_.try_emplace(&file);
    if (is_new) {
      for (const std::string_view directive : {"//go:linkname ", "//export "}) {
        Add(file.text(), directive, found->second);
      }
    }
    return found->second.contains(name);
  }

 private:
  static void Add(std::string_view text, std::string_view directive,
                  std::unordered_set<std::string_view>& names) {
    for (size_t at = text.find(directive); at != text.npos;
         at = text.find(directive, at)) {
      at += directive.size();
      names.insert(text.substr(at, text.find_first_of(" \t\r\n", at) - at));
    }
  }

  std::unordered_map<const source::SourceFile*,
                     std::unordered_set<std::string_view>>
      names_;
};

bool IsNamedByDirective(const ssa::Function& function, Analyses& analyses) {
  const types::Func* const func = function.key().func;
  return func != nullptr && func->name != nullptr &&
         func->place.file != nullptr && func->place.file->source != nullptr &&
         analyses.Shared<DirectiveNames>().Has(*func->place.file->source,
                                               func->name->text());
}

}  // namespace

bool IsEntryFunction(const ssa::Function& function) {
  const types::Func* const func = function.key().func;
  if (function.kind() == ssa::FunctionKind::kVarInit) {
    return true;
  }
  if (function.kind() != ssa::FunctionKind::kDeclared || func == nullptr ||
      func->is_method() || func->name == nullptr) {
    return false;
  }
  const std::string_view name = func->name->text();
  if (name == "init") {
    return true;
  }
  if (name == "main") {
    return func->package != nullptr && func->package->name == "main";
  }
  return StartsTest(name) && func->place.file != nullptr &&
         func->place.file->display_name.ends_with("_test.go");
}

FunctionRuns::FunctionRuns(const ssa::Function& function, Analyses& analyses)
    : is_entry_(IsEntryFunction(function)) {
  const Program& program = analyses.program();
  if (function.kind() == ssa::FunctionKind::kLiteral &&
      function.parent() != nullptr) {
    ValueFlow flow(program);
    if (const auto value = ValueOf(function)) {
      flow.Follow(*function.parent(), *value);
    }
    sites_ = flow.TakeSites();
    may_be_more_ = flow.may_be_more();
    return;
  }
  const FunctionId id = program.Find(&function);
  if (!id.has_value()) {
    may_be_more_ = true;
    return;
  }
  for (const CallSite& site : program.CallersOf(id)) {
    const ssa::Function* const caller = program.node(site.caller).body;
    if (caller != nullptr) {
      sites_.push_back({caller, site.inst, KindOf(caller->inst(site.inst))});
    }
  }
  may_be_more_ =
      program.MayHaveOtherCallers(id) || IsNamedByDirective(function, analyses);
}

bool FunctionRuns::Has(RunKind kind) const {
  return std::ranges::any_of(
      sites_, [&](const RunSite& site) { return site.kind == kind; });
}

bool FunctionRuns::is_only_deferred() const {
  return !sites_.empty() && std::ranges::all_of(sites_, [](const RunSite& s) {
    return s.kind == RunKind::kDeferred;
  });
}

}  // namespace gdlint::dataflow
