#include <algorithm>
#include <string_view>
#include <vector>

#include "checks/carried_contexts.h"
#include "checks/check.h"
#include "checks/collections.h"
#include "checks/package_pass.h"
#include "checks/places.h"
#include "checks/quick_calls.h"
#include "checks/read_responses.h"
#include "checks/resources/package_lifetimes.h"
#include "checks/syntax/file_index.h"
#include "dataflow/access_path.h"
#include "dataflow/cycle.h"
#include "dataflow/flow_order.h"
#include "dataflow/value_flow.h"

namespace gdlint::checks {
namespace {

using knowledge::ResourceKind;
using resources::Lifetime;
using resources::Outlived;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// The function, or something that it defers or calls where it stands, waits for
// others: receives, selects, or calls what is named so.
bool Waits(const Function& function) {
  const bool here =
      std::ranges::any_of(function.insts(), [&](const Inst& inst) {
        switch (inst.op) {
          case Op::kRecv:
          case Op::kSelect:
            return true;
          case Op::kCall:
          case Op::kDefer: {
            const std::string_view name = CalleeNameOf(function, inst);
            return name.find("Wait") != std::string_view::npos ||
                   name.find("wait") != std::string_view::npos ||
                   name.find("Join") != std::string_view::npos ||
                   name.find("Serve") != std::string_view::npos ||
                   name.find("Sleep") != std::string_view::npos ||
                   name == "Run" || name == "Copy";
          }
          default:
            return false;
        }
      });
  return here ||
         std::ranges::any_of(function.children(),
                             [](const auto& child) { return Waits(*child); });
}

// As Waits, without what only the goroutine does that is started at `go`.
bool WaitsBeside(const dataflow::Program& program, const Function& function,
                 InstId go) {
  const std::span<const Value> operands = function.Operands(function.inst(go));
  const Function* spawned = nullptr;
  if (operands[0].is_inst() &&
      function.inst(operands[0].inst()).op == Op::kMakeClosure) {
    const Inst& closure = function.inst(operands[0].inst());
    spawned = function.callees()[function.Operands(closure)[0].index()].child;
  }
  const bool in_children =
      std::ranges::any_of(function.children(), [&](const auto& child) {
        return child.get() != spawned && Waits(*child);
      });
  if (in_children) {
    return true;
  }
  return std::ranges::any_of(function.insts(), [&](const Inst& inst) {
    if (inst.op == Op::kRecv || inst.op == Op::kSelect) {
      return true;
    }
    // Anything that goes on behind the statement may take as long as it likes.
    return (inst.op == Op::kCall && !IsQuick(program, function, inst) &&
            inst.pos.offset() > function.inst(go).pos.offset()) ||
           (inst.op == Op::kDefer &&
            CalleeNameOf(function, inst).find("Wait") !=
                std::string_view::npos);
  });
}

// The struct made here that is stored to is what the function returns.
bool IsStoredInResult(const Function& function, const Inst& store) {
  Value addr = function.Operands(store)[0];
  while (addr.is_inst() && function.inst(addr.inst()).op == Op::kFieldAddr) {
    addr = function.Operands(function.inst(addr.inst()))[0];
  }
  if (!addr.is_inst() || function.inst(addr.inst()).op != Op::kAlloc) {
    return false;
  }
  std::vector<Value> values = {addr};
  for (size_t i = 0; i < values.size() && i < 20; ++i) {
    for (const InstId user : function.UsersOf(values[i])) {
      const Inst& inst = function.inst(user);
      switch (inst.op) {
        case Op::kReturn:
          return true;
        case Op::kMakeInterface:
        case Op::kChangeType:
          values.push_back(user);
          break;
        case Op::kLoad:
          if (values[i] == addr) {
            values.push_back(user);
          }
          break;
        case Op::kStore:
          if (function.Operands(inst)[1] == values[i] &&
              std::ranges::find(function.result_cells(),
                                function.Operands(inst)[0]) !=
                  function.result_cells().end()) {
            return true;
          }
          break;
        default:
          break;
      }
    }
  }
  return false;
}

// A result on its way to the caller, and what a deferred call has to do with.
bool IsResultStore(const Function& function, const Inst& inst) {
  return inst.op == Op::kStore &&
         std::ranges::find(function.result_cells(),
                           function.Operands(inst)[0]) !=
             function.result_cells().end();
}

bool IsDeferred(const Function& function, const Inst& inst) {
  const InstId id = function.IdOf(inst);
  return inst.op == Op::kMakeClosure &&
         std::ranges::all_of(function.UsersOf(id), [&](InstId user) {
           return function.inst(user).op == Op::kDefer ||
                  function.inst(user).op == Op::kGo;
         });
}

// Nothing behind the instruction takes time or works for others.
bool EndsSoonBehind(PackagePass& pass, const Function& function, InstId id) {
  const auto& paths = pass.Get<dataflow::Paths>(function);
  const dataflow::BlockSet behind = paths.Behind(id, paths.AllBlocks());
  return std::ranges::none_of(function.insts(), [&](const Inst& inst) {
    const InstId other = function.IdOf(inst);
    const bool follows =
        behind[inst.block.index] ||
        (inst.block == function.inst(id).block && other.index > id.index);
    return follows &&
           (inst.op == Op::kRecv || inst.op == Op::kSelect ||
            inst.op == Op::kSend || inst.op == Op::kStore ||
            inst.op == Op::kMakeClosure ||
            (inst.op == Op::kCall &&
             !IsQuick(pass.program(), function, inst))) &&
           !IsResultStore(function, inst) && !IsDeferred(function, inst);
  });
}

// All that is deferred, but for `release`, is the unlocking of something.
bool OnlyReleases(const Function& function, InstId release) {
  return std::ranges::all_of(function.insts(), [&](const Inst& inst) {
    if (inst.op != Op::kDefer || function.IdOf(inst) == release) {
      return true;
    }
    const std::string_view name = CalleeNameOf(function, inst);
    return name == "Unlock" || name == "RUnlock" || name == "Done";
  });
}

// The Store or MapUpdate puts it where others find it: a field of what the
// function was given, a global, a map that is either.
bool IsForOthers(const Function& function, const Inst& inst) {
  const dataflow::AccessPath path =
      dataflow::PathOf(function, function.Operands(inst)[0]);
  if (path.global != nullptr) {
    return true;
  }
  return path.function == &function &&
         path.root.kind() == Value::Kind::kParam &&
         (!path.steps.empty() || inst.op == Op::kMapUpdate);
}

// The Defer that releases what is stored, behind the Store; none if there is
// none.
InstId ReleaseBehind(const Function& function, const Inst& store) {
  const std::span<const Value> operands = function.Operands(store);
  const dataflow::AccessPath value =
      dataflow::PathOf(function, operands.back());
  dataflow::AccessPath place = dataflow::PathOf(function, operands[0]);
  place.steps.push_back(dataflow::AccessPath::kPointer);
  for (const Inst& inst : function.insts()) {
    if (inst.op != Op::kDefer || CalleeNameOf(function, inst) != "Close" ||
        inst.block != store.block ||
        function.IdOf(inst).index < function.IdOf(store).index) {
      continue;
    }
    const size_t at = ModeOf(inst) == ssa::CallMode::kInvoke ? 0 : 1;
    const dataflow::AccessPath path =
        dataflow::PathOf(function, function.Operands(inst)[at]);
    if (path == value || (store.op == Op::kStore && path == place)) {
      return function.IdOf(inst);
    }
  }
  return {};
}

// Its boundary, which a request needs, is asked for when all is written.
bool IsMultipartWriter(const Function& function, const Lifetime& lifetime) {
  const types::Func* const maker =
      dataflow::NamedCallee(function, function.inst(lifetime.acquisition));
  return maker != nullptr &&
         dataflow::FullName(*maker) == "mime/multipart.NewWriter";
}

// What the resource is on its way to when the deferred release comes; "" if
// that may be right.
std::string_view FateOf(PackagePass& pass, const Function& function,
                        const Lifetime& lifetime, const Outlived& outlived) {
  const Inst& inst = function.inst(outlived.at);
  const auto is_left = [&] {
    return outlived.release.has_value() && IsForOthers(function, inst) &&
           EndsSoonBehind(pass, function, outlived.at) &&
           OnlyReleases(function, outlived.release);
  };
  switch (inst.op) {
    case Op::kReturn:
      if (lifetime.what.kind == ResourceKind::kHttpBody &&
          (ReturnsResponse(function) || !ReturnsReader(function)) &&
          ReadsBody(function)) {
        return "";
      }
      return MayCarry(function) && !IsMultipartWriter(function, lifetime)
                 ? "is returned"
                 : "";
    case Op::kGo:
      return WaitsBeside(pass.program(), function, outlived.at)
                 ? ""
                 : "is used by a goroutine that nothing here waits for";
    case Op::kStore:
      if (lifetime.what.kind == ResourceKind::kHttpBody &&
          StoresResponse(function, inst) && ReadsBody(function)) {
        return "";
      }
      if (outlived.release.has_value() && IsStoredInResult(function, inst)) {
        return "is in what is returned";
      }
      return is_left() ? "is kept in what lives on" : "";
    case Op::kMapUpdate:
      return is_left() ? "is kept in a map" : "";
    case Op::kSend:
      return Waits(function) ? "" : "is sent to someone else";
    default:
      return "";
  }
}

// What a Return gives back: of a result's variable, what was stored there last;
// none if that depends on the way.
Value ReturnedBy(const Function& function, const Inst& exit, Value operand) {
  if (!operand.is_inst() || function.inst(operand.inst()).op != Op::kLoad) {
    return operand;
  }
  const Value cell = function.Operands(function.inst(operand.inst()))[0];
  if (std::ranges::find(function.result_cells(), cell) ==
      function.result_cells().end()) {
    return operand;
  }
  ssa::BlockId block = exit.block;
  for (size_t i = 0; i < function.blocks().size(); ++i) {
    Value last;
    for (const Inst& inst : function.InstsOf(block)) {
      if (inst.op == Op::kStore && function.Operands(inst)[0] == cell) {
        last = function.Operands(inst)[1];
      }
    }
    if (last.has_value() || function.Preds(block).size() != 1) {
      return last;
    }
    block = function.Preds(block)[0];
  }
  return {};
}

// `for { job, err := next(); …; go run(ctx, job) }`: the goroutines are to end
// with whoever starts them.
bool IsOfEndlessLoop(PackagePass& pass, const Function& function,
                     const Inst& inst, InstId release) {
  const syntax::FileIndex& index = pass.IndexOf(function);
  for (ast::NodeId at = inst.node; at.has_value() && at != function.syntax();
       at = index.Parent(at)) {
    const auto* const loop = at.kind() == ast::NodeKind::kForStmt
                                 ? index.tree().TryGet<ast::ForStmt>(at)
                                 : nullptr;
    if (loop != nullptr && !loop->cond.has_value() &&
        function.inst(release).pos.offset() < loop->pos.offset()) {
      return true;
    }
  }
  return false;
}

// What the context of a cancel function is on its way to when that is called by
// the defer; "" if that may be right.
std::string_view FateOfContext(PackagePass& pass, const Function& function,
                               const std::vector<Value>& carriers,
                               InstId release, InstId exit, const Inst& inst) {
  const auto carries = [&](Value value) {
    return std::ranges::find(carriers, value) != carriers.end();
  };
  const std::span<const Value> operands = function.Operands(inst);
  const InstId id = function.IdOf(inst);
  switch (inst.op) {
    case Op::kReturn:
      return id == exit &&
                     std::ranges::any_of(
                         operands,
                         [&](Value operand) {
                           // An error tells what was asked for.
                           return !dataflow::IsErrorType(
                                      function.TypeOf(operand)) &&
                                  carries(ReturnedBy(function, inst, operand));
                         }) &&
                     !(ReturnsResponse(function) && ReadsBody(function))
                 ? "what is returned"
                 : "";
    case Op::kGo: {
      const bool has_closure =
          operands[0].is_inst() &&
          function.inst(operands[0].inst()).op == Op::kMakeClosure;
      const bool gets_it =
          std::ranges::any_of(operands.subspan(1), carries) ||
          (has_closure &&
           std::ranges::any_of(
               function.Operands(function.inst(operands[0].inst())).subspan(1),
               carries));
      return gets_it && !WaitsBeside(pass.program(), function, id) &&
                     !IsOfEndlessLoop(pass, function, inst, release)
                 ? "the goroutine, for which nothing here waits,"
                 : "";
    }
    case Op::kStore:
    case Op::kMapUpdate:
      return carries(operands.back()) && IsForOthers(function, inst) &&
                     EndsSoonBehind(pass, function, id) &&
                     OnlyReleases(function, release)
                 ? "what is kept"
                 : "";
    default:
      return "";
  }
}

// `defer cancel()` of a context that lives on.
void ExamineContext(PackagePass& pass, const Function& function,
                    const Lifetime& lifetime) {
  const types::Func* const maker =
      dataflow::NamedCallee(function, function.inst(lifetime.acquisition));
  if (maker == nullptr || maker->package == nullptr ||
      !resources::IsStandard(*maker)) {
    return;
  }
  const auto release = std::ranges::find_if(
      lifetime.unchecked, [&](const resources::UncheckedClose& close) {
        return function.inst(close.release).op == Op::kDefer;
      });
  if (release == lifetime.unchecked.end()) {
    return;
  }
  std::vector<Value> roots;
  for (const InstId user : function.UsersOf(lifetime.acquisition)) {
    const Inst& inst = function.inst(user);
    if (inst.op == Op::kExtract && inst.aux == 0) {
      roots.emplace_back(user);
    }
  }
  const std::vector<Value> carriers =
      CarriersOf(function, roots, pass.program());
  for (const Inst& inst : function.insts()) {
    const bool comes_before =
        inst.pos.offset() < function.inst(lifetime.acquisition).pos.offset();
    for (const resources::UncheckedClose& close : lifetime.unchecked) {
      const std::string_view fate =
          comes_before || close.release != release->release
              ? ""
              : FateOfContext(pass, function, carriers, close.release,
                              close.exit, inst);
      if (fate.empty()) {
        continue;
      }
      pass.Report(function, DeferSpanOf(pass, function, close.release),
                  "{} at line {} lives only as long as the context that this "
                  "cancels when {} returns: whoever has it then finds it "
                  "cancelled; leave that to them, or wait",
                  fate, LineOf(function, inst.pos),
                  resources::FunctionPhrase(function))
          .Note(SpanOfInst(pass, function, function.IdOf(inst)),
                "it is handed on here");
      return;
    }
  }
}

// The Go is given the parameter, or its literal captures it.
bool GetsParam(const Function& function, const Inst& go, Value param) {
  const auto is_it = [&](Value value) {
    if (value == param) {
      return true;
    }
    if (!value.is_inst()) {
      return false;
    }
    const dataflow::AccessPath path = dataflow::PathOf(function, value);
    if (path.function == &function && path.root == param &&
        path.steps.empty()) {
      return true;
    }
    return function.inst(value.inst()).op == Op::kAlloc &&
           std::ranges::any_of(function.UsersOf(value), [&](InstId user) {
             const Inst& inst = function.inst(user);
             return inst.op == Op::kStore &&
                    function.Operands(inst)[0] == value &&
                    function.Operands(inst)[1] == param;
           });
  };
  const std::span<const Value> operands = function.Operands(go);
  if (std::ranges::any_of(operands.subspan(1), is_it)) {
    return true;
  }
  return operands[0].is_inst() &&
         function.inst(operands[0].inst()).op == Op::kMakeClosure &&
         std::ranges::any_of(
             function.Operands(function.inst(operands[0].inst())).subspan(1),
             is_it);
}

// One activation may come to both.
bool AreOnOneWay(PackagePass& pass, const Function& function, InstId a,
                 InstId b) {
  const auto& order = pass.Get<dataflow::FlowOrder>(function);
  return order.MayFollow(a, b) || order.MayFollow(b, a);
}

// `defer conn.Close()` of a parameter that a goroutine uses beyond it.
void ExamineParams(PackagePass& pass, const Function& function) {
  for (const Inst& inst : function.insts()) {
    if (inst.op != Op::kDefer || CalleeNameOf(function, inst) != "Close") {
      continue;
    }
    const size_t at = ModeOf(inst) == ssa::CallMode::kInvoke ? 0 : 1;
    const dataflow::AccessPath path =
        dataflow::PathOf(function, function.Operands(inst)[at]);
    if (path.function != &function || !path.steps.empty() ||
        path.root.kind() != Value::Kind::kParam) {
      continue;
    }
    for (const Inst& go : function.insts()) {
      const InstId id = function.IdOf(go);
      if (go.op != Op::kGo || !GetsParam(function, go, path.root) ||
          !AreOnOneWay(pass, function, function.IdOf(inst), id) ||
          WaitsBeside(pass.program(), function, id)) {
        continue;
      }
      const types::Var* const var = function.params()[path.root.index()].var;
      pass.Report(function, DeferSpanOf(pass, function, function.IdOf(inst)),
                  "`{}` is used by a goroutine that nothing here waits for, "
                  "and this closes it when {} returns; close it in the "
                  "goroutine, or wait",
                  NameOf(var), resources::FunctionPhrase(function))
          .Note(SpanOfInst(pass, function, id), "the goroutine starts here");
      break;
    }
  }
}

// The function that the Go starts; null if that is not known.
const Function* StartedBy(PackagePass& pass, const Function& function,
                          const Inst& go) {
  const Value callee = function.Operands(go)[0];
  if (callee.is_inst() && function.inst(callee.inst()).op == Op::kMakeClosure) {
    const Inst& closure = function.inst(callee.inst());
    return function.callees()[function.Operands(closure)[0].index()].child;
  }
  const dataflow::FunctionId target =
      pass.program().TargetsOf(function, go).only();
  return target.has_value() ? pass.program().node(target).body : nullptr;
}

// The channels that the function sends to itself.
std::vector<dataflow::AccessPath> SentTo(const Function& function) {
  std::vector<dataflow::AccessPath> channels;
  for (const Inst& inst : function.insts()) {
    const std::span<const Value> operands = function.Operands(inst);
    if (inst.op == Op::kSend) {
      channels.push_back(dataflow::PathOf(function, operands[0]));
    }
    for (size_t i = 0; inst.op == Op::kSelect && i + 1 < operands.size();
         i += 2) {
      if (operands[i + 1].has_value()) {
        channels.push_back(dataflow::PathOf(function, operands[i]));
      }
    }
  }
  return channels;
}

// The started function sends to it: as a channel of its creator, or as an
// argument of the Go.
bool SendsTo(PackagePass& pass, const Function& function, const Inst& go,
             const dataflow::AccessPath& channel) {
  const Function* const started = StartedBy(pass, function, go);
  if (started == nullptr) {
    return false;
  }
  const std::span<const Value> operands = function.Operands(go);
  return std::ranges::any_of(
      SentTo(*started), [&](const dataflow::AccessPath& path) {
        const bool is_argument = path.function == started &&
                                 path.steps.empty() &&
                                 path.root.kind() == Value::Kind::kParam &&
                                 path.root.index() + 1 < operands.size();
        return path == channel ||
               (is_argument &&
                dataflow::PathOf(function, operands[path.root.index() + 1]) ==
                    channel);
      });
}

// `defer close(c)` of a channel made here that a goroutine goes on sending to.
void ExamineChannels(PackagePass& pass, const Function& function) {
  for (const Inst& inst : function.insts()) {
    const std::span<const Value> operands = function.Operands(inst);
    if (inst.op != Op::kDefer || ModeOf(inst) != ssa::CallMode::kBuiltin ||
        static_cast<types::BuiltinId>(operands[0].index()) !=
            types::BuiltinId::kClose) {
      continue;
    }
    const dataflow::AccessPath channel =
        dataflow::PathOf(function, operands[1]);
    if (channel.function != &function || !channel.steps.empty() ||
        !channel.root.is_inst() ||
        function.inst(channel.root.inst()).op != Op::kMakeChan) {
      continue;
    }
    const auto insts = function.insts();
    const auto go = std::ranges::find_if(insts, [&](const Inst& other) {
      return other.op == Op::kGo && SendsTo(pass, function, other, channel) &&
             AreOnOneWay(pass, function, function.IdOf(inst),
                         function.IdOf(other)) &&
             !WaitsBeside(pass.program(), function, function.IdOf(other));
    });
    if (go == insts.end()) {
      continue;
    }
    pass.Report(function, DeferSpanOf(pass, function, function.IdOf(inst)),
                "this closes the channel when {} returns, and a goroutine that "
                "nothing here waits for sends to it: that panics; close it in "
                "the goroutine",
                resources::FunctionPhrase(function))
        .Note(SpanOfInst(pass, function, function.IdOf(*go)),
              "the goroutine starts here");
  }
}

// It is the result, or one of the results, of that call.
bool IsMadeBy(const Function& function, Value value, InstId call) {
  value = dataflow::StripConversions(function, value);
  if (value.is_inst() && function.inst(value.inst()).op == Op::kExtract) {
    value = function.Operands(function.inst(value.inst()))[0];
  }
  return value == Value(call);
}

// `defer f.Close()` of what is put into a list that is returned.
void ExamineCollected(PackagePass& pass, const Function& function,
                      const Lifetime& lifetime) {
  for (const Inst& defer : function.insts()) {
    if (defer.op != Op::kDefer || CalleeNameOf(function, defer) != "Close") {
      continue;
    }
    const size_t at = ModeOf(defer) == ssa::CallMode::kInvoke ? 0 : 1;
    const Value released = function.Operands(defer)[at];
    if (!IsMadeBy(function, released, lifetime.acquisition)) {
      continue;
    }
    const std::vector<InstId> returns =
        ReturnsOfCollection(function, released, pass.analyses());
    const auto& order = pass.Get<dataflow::FlowOrder>(function);
    const auto exit = std::ranges::find_if(returns, [&](InstId id) {
      return order.MayFollow(function.IdOf(defer), id);
    });
    if (exit == returns.end()) {
      continue;
    }
    pass.Report(function, DeferSpanOf(pass, function, function.IdOf(defer)),
                "{} is in what is returned (line {}), and this releases it "
                "when {} returns: whoever has it then finds it closed; leave "
                "the release to them",
                resources::ResourcePhrase(function, lifetime),
                LineOf(function, function.inst(*exit).pos),
                resources::FunctionPhrase(function))
        .Note(SpanOfInst(pass, function, *exit), "it is handed on here");
    return;
  }
}

void Run(PackagePass& pass) {
  for (const Function* const function : pass.functions()) {
    if (function->unit() == nullptr) {
      continue;
    }
    ExamineParams(pass, *function);
    ExamineChannels(pass, *function);
    for (const Lifetime& lifetime :
         pass.Get<resources::FunctionLifetimes>(*function).all()) {
      if (lifetime.is_incomplete) {
        continue;
      }
      if (lifetime.what.kind == ResourceKind::kCancel) {
        ExamineContext(pass, *function, lifetime);
        continue;
      }
      bool is_reported = false;
      for (Outlived outlived : lifetime.outlived) {
        if (!outlived.release.has_value()) {
          outlived.release =
              ReleaseBehind(*function, function->inst(outlived.at));
        }
        const std::string_view fate =
            FateOf(pass, *function, lifetime, outlived);
        if (fate.empty()) {
          continue;
        }
        pass.Report(*function, DeferSpanOf(pass, *function, outlived.release),
                    "{} {} (line {}), and this releases it when {} returns: "
                    "whoever has it then finds it closed; leave the release "
                    "to them, or wait",
                    resources::ResourcePhrase(*function, lifetime), fate,
                    LineOf(*function, function->inst(outlived.at).pos),
                    resources::FunctionPhrase(*function))
            .Note(SpanOfInst(pass, *function, outlived.at),
                  "it is handed on here");
        is_reported = true;
        break;
      }
      if (!is_reported) {
        ExamineCollected(pass, *function, lifetime);
      }
    }
  }
}

constexpr std::string_view kWhat = R"(
A function releases by `defer` what it hands on: a file, connection, response body, set of rows and the like (or a reader over
it, or a struct with it) that is returned, sent, stored where others find it, or used by a goroutine for which nothing in the function waits. The same
for `defer cancel()` of a context: what was made with it (a request and its response, rows, a transaction) ends with it; and
`defer close(c)` of a channel that a goroutine still sends to.
)";

constexpr std::string_view kWhy = R"(
The deferred release runs before the caller gets the result, and perhaps before the goroutine has begun: every use fails, with
an error such as "file already closed".
)";

constexpr std::string_view kNotFlagged = R"(
- a function that waits for its goroutines, or goes on working beside them;
- what is stored for the time of the function: it goes on working after that, or takes it out again;
- a release on a condition: `defer func() { if err != nil { f.Close() } }()`;
- a response whose body was read and that is returned, also in a struct, for its status and header;
- the channel closed, or the connection, on a way on which no goroutine is started;
- data that was read from it: byte slices, strings, decoded values.
)";

constexpr GoFact kFacts[] = {
    {.claim = "Deferred calls run before the caller gets the result.",
     .program = R"(package main

import (
	"errors"
	"fmt"
	"os"
)

func open(name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f, nil
}

func main() {
	f, err := open(os.Args[0])
	if err != nil {
		panic(err)
	}
	_, err = f.Read(make([]byte, 1))
	fmt.Println(errors.Is(err, os.ErrClosed))
}
)",
     .output = "true\n"},
};

}  // namespace

extern const Check close_too_early = {
    .name = "close-too-early",
    .doc = {.summary = "a deferred release of what lives on",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package p

import (
	"bufio"
	"os"
)

func lines(name string) (*bufio.Scanner, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return bufio.NewScanner(f), nil
}
)",
            .good = R"(package p

import (
	"bufio"
	"os"
)

func lines(name string, each func(string)) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	scanner := bufio.NewScanner(f)
	for scanner.Scan() {
		each(scanner.Text())
	}
	return scanner.Err()
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = {}},
    .severity = source::Severity::kError,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
