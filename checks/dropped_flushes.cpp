#include "checks/dropped_flushes.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "checks/places.h"
#include "checks/resources/lifetime.h"
#include "checks/resources/package_lifetimes.h"
#include "checks/resources/returned_error.h"
#include "dataflow/cycle.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"

namespace gdlint::checks {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

enum class WriterKind : uint8_t { kBuffer, kCsv };

std::optional<WriterKind> KindOf(const Function& function, const Inst& inst) {
  const types::Func* const named =
      inst.op == Op::kCall ? dataflow::NamedCallee(function, inst) : nullptr;
  if (named == nullptr || named->package == nullptr || named->recv != nullptr) {
    return std::nullopt;
  }
  const std::string_view path = named->package->path;
  const std::string_view name = named->name->text();
  if (path == "bufio" && (name == "NewWriter" || name == "NewWriterSize")) {
    return WriterKind::kBuffer;
  }
  return path == "encoding/csv" && name == "NewWriter"
             ? std::optional(WriterKind::kCsv)
             : std::nullopt;
}

// What the writer writes to counts: a file, a compressing writer; what the
// caller gave, if the function tells it by an error whether all went well. Not
// memory, the standard streams, network peers.
bool IsWorthwhile(const Function& function, const Inst& maker) {
  const Value sink =
      dataflow::StripConversions(function, function.Operands(maker)[1]);
  const types::Type* const type = function.TypeOf(sink);
  if (type == nullptr) {
    return false;
  }
  if (sink.is_inst() && function.inst(sink.inst()).op == Op::kLoad &&
      function.Operands(function.inst(sink.inst()))[0].kind() ==
          Value::Kind::kGlobal) {
    return false;
  }
  if (types::Under(type)->kind == types::TypeKind::kInterface) {
    const types::Named* const named = types::AsNamed(type);
    return sink.kind() == Value::Kind::kParam && named != nullptr &&
           named->obj->package != nullptr &&
           named->obj->package->path == "io" &&
           resources::ReturnsError(function);
  }
  const auto* const pointer = types::UnderAs<types::Pointer>(type);
  const types::Named* const named =
      pointer == nullptr ? nullptr : types::AsNamed(pointer->elem);
  if (named == nullptr || named->obj->package == nullptr) {
    return false;
  }
  const std::string_view path = named->obj->package->path;
  return (path == "os" && named->obj->name->text() == "File") ||
         path.starts_with("compress/") || path.starts_with("archive/");
}

// What the function and its literals do with a writer.
struct Uses {
  struct Flush {
    const Function* function;
    InstId inst;
  };
  std::vector<Flush> flushes;
  // The error is asked for by Error.
  bool has_error_check = false;
  bool is_written = false;
  // Who knows who flushes it.
  bool is_elsewhere = false;
};

class Collector {
 public:
  Uses Of(const Function& function, Value writer) {
    Follow(function, writer);
    for (size_t i = 0; i < cells_.size() && !uses_.is_elsewhere; ++i) {
      FollowVariable(cells_[i]);
    }
    return std::move(uses_);
  }

 private:
  void FollowVariable(const dataflow::Origin& variable) {
    const dataflow::VariableUses all = dataflow::UsesOf(variable);
    // A second writer in the same variable is another matter.
    uses_.is_elsewhere |=
        all.escapes || all.stores.size() != 1 || !all.parts.empty();
    for (const dataflow::VariableUse& load : all.loads) {
      Follow(*load.function, load.inst);
    }
  }

  void Follow(const Function& function, Value value) {
    for (const InstId user : function.UsersOf(value)) {
      const Inst& inst = function.inst(user);
      switch (inst.op) {
        case Op::kStore: {
          const Value addr = function.Operands(inst)[0];
          if (addr.is_inst() && function.inst(addr.inst()).op == Op::kAlloc &&
              cells_.empty()) {
            cells_.push_back({&function, addr});
          } else {
            uses_.is_elsewhere = true;
          }
          break;
        }
        case Op::kMakeInterface:
        case Op::kChangeInterface:
        case Op::kChangeType:
          Follow(function, user);
          break;
        case Op::kCall:
        case Op::kDefer:
          Visit(function, user, value);
          break;
        default:
          uses_.is_elsewhere = true;
          break;
      }
    }
  }

  void Visit(const Function& function, InstId id, Value value) {
    const Inst& call = function.inst(id);
    const types::Func* const named = dataflow::NamedCallee(function, call);
    if (named == nullptr || named->package == nullptr) {
      uses_.is_elsewhere = true;
      return;
    }
    const bool is_method = named->recv != nullptr &&
                           function.Operands(call).size() > 1 &&
                           function.Operands(call)[1] == value;
    const std::string_view path = named->package->path;
    const std::string_view name = named->name->text();
    if (!is_method) {
      // Printing to it, copying to it: over when the call returns. A writer on
      // top of it, too, writes.
      uses_.is_written = true;
      const bool is_wrapped =
          resources::IsStandard(*named) &&
          knowledge::UseOfArgument(*named) == knowledge::ArgumentUse::kWraps &&
          StaysHere(function, id);
      uses_.is_elsewhere |= !is_wrapped && path != "fmt" && path != "io";
      return;
    }
    if (name == "Flush") {
      uses_.flushes.push_back({&function, id});
    } else if (name == "Error") {
      uses_.has_error_check = true;
    } else if (name == "Reset") {
      uses_.is_elsewhere = true;
    } else {
      uses_.is_written |= name.starts_with("Write") || name == "ReadFrom";
      // `w.WriteAll` flushes and tells.
      uses_.has_error_check |= name == "WriteAll";
    }
  }

  // Nothing but its methods and other calls get what the call returns, be it by
  // a variable that literals capture.
  static bool StaysHere(const Function& function, Value made) {
    return std::ranges::all_of(function.UsersOf(made), [&](InstId user) {
      const Inst& inst = function.inst(user);
      switch (inst.op) {
        case Op::kCall:
        case Op::kDefer:
          return true;
        case Op::kMakeInterface:
          return StaysHere(function, user);
        case Op::kStore:
          return StaysInVariable(
              dataflow::VariableOf(function, function.Operands(inst)[0]));
        default:
          return false;
      }
    });
  }

  static bool StaysInVariable(const dataflow::Origin& variable) {
    if (variable.function == nullptr || !variable.value.is_inst()) {
      return false;
    }
    const dataflow::VariableUses all = dataflow::UsesOf(variable);
    return !all.escapes && all.parts.empty() && all.stores.size() == 1 &&
           std::ranges::all_of(
               all.loads, [](const dataflow::VariableUse& load) {
                 return std::ranges::all_of(
                     load.function->UsersOf(load.inst), [&](InstId user) {
                       const Op op = load.function->inst(user).op;
                       return op == Op::kCall || op == Op::kDefer;
                     });
               });
  }

  Uses uses_;
  std::vector<dataflow::Origin> cells_;
};

// Some way from there ends without an error for the caller.
bool MayEndWell(PackagePass& pass, const Function& function, InstId from) {
  const auto& paths = pass.Get<dataflow::Paths>(function);
  const dataflow::BlockSet behind = paths.Behind(from, paths.AllBlocks());
  return std::ranges::any_of(function.insts(), [&](const Inst& inst) {
    return inst.op == Op::kReturn &&
           (behind[inst.block.index] ||
            inst.block == function.inst(from).block) &&
           resources::ReturnedErrorAt(function, function.IdOf(inst),
                                      pass.analyses()) !=
               resources::Known::kNonNil;
  });
}

std::string_view NameOfWriter(const Function& function, InstId maker) {
  for (const ssa::Binding& binding : function.bindings()) {
    if (binding.value == Value(maker)) {
      return NameOf(binding.var);
    }
  }
  for (const InstId user : function.UsersOf(Value(maker))) {
    const Inst& inst = function.inst(user);
    if (inst.op == Op::kStore) {
      const types::Var* const var =
          VarOf({&function, function.Operands(inst)[0]});
      if (!NameOf(var).empty()) {
        return NameOf(var);
      }
    }
  }
  return "the writer";
}

void Report(PackagePass& pass, const Function& function, const Function& inner,
            InstId at, std::string_view what, InstId maker) {
  Finding finding = pass.Report(
      function, SpanOfInst(pass, inner, at), "{} `{}`{}",
      what == "never" ? "nothing flushes" : "the error of flushing",
      NameOfWriter(function, maker),
      what == "never"
          ? ": the end of what is written to it stays in memory and is lost; "
            "call `Flush` at the end, and look at its error"
      : what == "csv"
          ? " is not asked for: what was written may be lost, and nobody "
            "learns of it; call `Error` after it"
          : " is dropped: what was written may be lost, and that is found out "
            "here at the latest; return it, also from a deferred call");
  if (PackagePass::IsTest(function)) {
    finding.As(source::Severity::kInfo);
  }
}

void Examine(PackagePass& pass, const Function& function, InstId maker,
             WriterKind kind) {
  const Uses uses = Collector().Of(function, Value(maker));
  if (uses.is_elsewhere || !uses.is_written || uses.has_error_check) {
    return;
  }
  if (uses.flushes.empty()) {
    if (kind == WriterKind::kBuffer) {
      Report(pass, function, function, maker, "never", maker);
    }
    return;
  }
  // Errors of a writer stick: one checked Flush tells of all.
  const bool is_checked =
      kind == WriterKind::kBuffer &&
      std::ranges::any_of(uses.flushes, [&](const Uses::Flush& flush) {
        return !IsDropped(pass, *flush.function, flush.inst);
      });
  if (is_checked) {
    return;
  }
  const Uses::Flush& last = uses.flushes.back();
  if (last.function != &function || MayEndWell(pass, function, last.inst)) {
    Report(pass, function, *last.function, last.inst,
           kind == WriterKind::kCsv ? "csv" : "dropped", maker);
  }
}

}  // namespace

bool IsDropped(PackagePass& pass, const Function& function, InstId id) {
  const Inst& inst = function.inst(id);
  if (inst.op == Op::kDefer) {
    return true;
  }
  return function.UsersOf(id).empty() &&
         StatementOf(pass, function, id).kind() == ast::NodeKind::kExprStmt;
}

void ReportDroppedFlushes(PackagePass& pass, const Function& function) {
  for (const Inst& inst : function.insts()) {
    if (const auto kind = KindOf(function, inst);
        kind && IsWorthwhile(function, inst)) {
      Examine(pass, function, function.IdOf(inst), *kind);
    }
  }
}

}  // namespace gdlint::checks
