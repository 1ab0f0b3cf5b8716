#include "checks/carried_contexts.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "checks/resources/lifetime.h"
#include "dataflow/accesses.h"

namespace gdlint::checks {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::Op;
using ssa::Value;

// Calls are looked into so far.
constexpr int kMaxDepth = 3;
// So many values of one function.
constexpr size_t kMaxValues = 200;

// Functions and methods whose first result ends with the context, or with the
// request, that they are given.
constexpr std::string_view kCarrying[] = {
    "context.WithCancel",
    "context.WithCancelCause",
    "context.WithDeadline",
    "context.WithDeadlineCause",
    "context.WithTimeout",
    "context.WithTimeoutCause",
    "context.WithValue",
    "net/http.NewRequestWithContext",
    "(*net/http.Request).WithContext",
    "(*net/http.Request).Clone",
    "(*net/http.Client).Do",
    "(*net/http.Transport).RoundTrip",
    "(net/http.RoundTripper).RoundTrip",
    "(*database/sql.DB).QueryContext",
    "(*database/sql.DB).QueryRowContext",
    "(*database/sql.DB).BeginTx",
    "(*database/sql.Conn).QueryContext",
    "(*database/sql.Conn).QueryRowContext",
    "(*database/sql.Conn).BeginTx",
    "(*database/sql.Tx).QueryContext",
    "(*database/sql.Tx).QueryRowContext",
    "(*database/sql.Stmt).QueryContext",
    "(*database/sql.Stmt).QueryRowContext",
    "os/exec.CommandContext",
};

bool IsCarrying(const types::Func& func) {
  return func.package != nullptr &&
         std::ranges::find(kCarrying, dataflow::FullName(func)) !=
             std::end(kCarrying);
}

class Carriers {
 public:
  Carriers(const Function& function, const dataflow::Program& program,
           int depth)
      : function_(function), program_(program), depth_(depth) {}

  std::vector<Value> Find(std::span<const Value> roots) {
    values_.assign(roots.begin(), roots.end());
    for (size_t before = 0;
         before != values_.size() && values_.size() < kMaxValues;) {
      before = values_.size();
      for (const Inst& inst : function_.insts()) {
        Visit(inst);
      }
    }
    return std::move(values_);
  }

 private:
  bool Has(Value value) const {
    return std::ranges::find(values_, value) != values_.end();
  }
  void Add(Value value) {
    if (!Has(value)) {
      values_.push_back(value);
    }
  }

  void Visit(const Inst& inst) {
    const std::span<const Value> operands = function_.Operands(inst);
    const Value self(function_.IdOf(inst));
    switch (inst.op) {
      case Op::kPhi:
      case Op::kChangeType:
      case Op::kChangeInterface:
      case Op::kMakeInterface:
      case Op::kTypeAssert:
        if (std::ranges::any_of(operands, [&](Value v) { return Has(v); })) {
          Add(self);
        }
        break;
      case Op::kExtract:
        // A response, and not the error; a context, and not its cancel
        // function.
        if (inst.aux == 0 && Has(operands[0])) {
          Add(self);
        }
        break;
      case Op::kLoad:
        VisitLoad(inst, operands[0], self);
        break;
      case Op::kStore:
        VisitStore(operands[0], operands[1]);
        break;
      case Op::kCall:
        if (CarriesOn(inst)) {
          Add(self);
        }
        break;
      default:
        break;
    }
  }

  void VisitLoad(const Inst& load, Value addr, Value self) {
    if (Has(addr) && IsVariable(addr)) {
      Add(self);
      return;
    }
    if (!addr.is_inst() || function_.inst(addr.inst()).op != Op::kFieldAddr) {
      return;
    }
    // The body of a response.
    const Value base = function_.Operands(function_.inst(addr.inst()))[0];
    const auto* const named =
        types::TryAs<types::Named>(types::Unalias(load.type));
    if (Has(base) && named != nullptr && named->obj->package != nullptr &&
        named->obj->package->path == "io") {
      Add(self);
    }
  }

  void VisitStore(Value addr, Value value) {
    if (!Has(value)) {
      return;
    }
    while (addr.is_inst() && function_.inst(addr.inst()).op == Op::kFieldAddr) {
      addr = function_.Operands(function_.inst(addr.inst()))[0];
    }
    if (IsVariable(addr)) {
      Add(addr);
    }
  }

  bool IsVariable(Value addr) const {
    return addr.is_inst() && function_.inst(addr.inst()).op == Op::kAlloc;
  }

  bool CarriesOn(const Inst& call) const {
    const std::span<const Value> operands = function_.Operands(call);
    const size_t first = ModeOf(call) == ssa::CallMode::kInvoke ? 0 : 1;
    if (ModeOf(call) == ssa::CallMode::kBuiltin ||
        !resources::MayHold(call.type)) {
      return false;
    }
    for (size_t i = first; i < operands.size(); ++i) {
      if (Has(operands[i]) && CarriesOn(call, i)) {
        return true;
      }
    }
    return false;
  }

  bool CarriesOn(const Inst& call, size_t operand) const {
    const types::Func* const named = dataflow::NamedCallee(function_, call);
    if (named != nullptr && IsCarrying(*named)) {
      return true;
    }
    const Function* const body =
        dataflow::BodyOfCall(function_, call, program_);
    if (body == nullptr && named != nullptr &&
        ModeOf(call) == ssa::CallMode::kInvoke) {
      // The user's interface for a client or a database.
      const auto like = knowledge::AcquisitionLike(*named);
      return like && (like->kind == knowledge::ResourceKind::kHttpBody ||
                      like->kind == knowledge::ResourceKind::kSqlRows ||
                      like->kind == knowledge::ResourceKind::kSqlTx);
    }
    if (body == nullptr && named != nullptr && named->package != nullptr &&
        resources::IsStandard(*named)) {
      const auto use = knowledge::UseOfArgument(*named);
      return named->recv == nullptr &&
             (use == knowledge::ArgumentUse::kWraps ||
              use == knowledge::ArgumentUse::kWrapsAndOwns);
    }
    if (depth_ == 0 || body == nullptr || operand == 0 ||
        operand - 1 >= body->params().size()) {
      return false;
    }
    const Value param(Value::Kind::kParam, static_cast<uint32_t>(operand - 1));
    const std::vector<Value> inner =
        Carriers(*body, program_, depth_ - 1).Find({&param, 1});
    return ReturnsFirst(*body, inner);
  }

  // The first result, where it is no nil, is one of `values`.
  static bool ReturnsFirst(const Function& body,
                           const std::vector<Value>& values) {
    if (body.result_types().empty() ||
        !resources::MayHold(body.result_types()[0])) {
      return false;
    }
    return std::ranges::any_of(body.insts(), [&](const Inst& inst) {
      return inst.op == Op::kReturn && !body.Operands(inst).empty() &&
             std::ranges::find(values, body.Operands(inst)[0]) != values.end();
    });
  }

  const Function& function_;
  const dataflow::Program& program_;
  const int depth_;
  std::vector<Value> values_;
};

}  // namespace

std::vector<Value> CarriersOf(const Function& function,
                              std::span<const Value> roots,
                              const dataflow::Program& program) {
  return Carriers(function, program, kMaxDepth).Find(roots);
}

}  // namespace gdlint::checks
