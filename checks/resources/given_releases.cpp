// What is used after the function has closed it, of things that it was given.
// See lifetime.h.

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "checks/resources/explorer.h"
#include "dataflow/values.h"
#include "types/package.h"
#include "types/predicates.h"

namespace gdlint::checks::resources {
namespace {

struct Row {
  std::string_view package;
  std::string_view type;
  ResourceKind kind;
};

// Types whose Close is the end of them.
constexpr Row kRows[] = {
    {"os", "File", ResourceKind::kFile},
    {"net", "Conn", ResourceKind::kNetConn},
    {"net", "TCPConn", ResourceKind::kNetConn},
    {"net", "UDPConn", ResourceKind::kNetConn},
    {"net", "UnixConn", ResourceKind::kNetConn},
    {"crypto/tls", "Conn", ResourceKind::kNetConn},
    {"net", "Listener", ResourceKind::kListener},
    {"database/sql", "DB", ResourceKind::kSqlDb},
    {"database/sql", "Conn", ResourceKind::kSqlConn},
    {"database/sql", "Rows", ResourceKind::kSqlRows},
    {"database/sql", "Stmt", ResourceKind::kSqlStmt},
};

std::optional<ResourceKind> KindOf(const types::Type* type) {
  const auto* const pointer =
      type == nullptr ? nullptr : types::UnderAs<types::Pointer>(type);
  const types::Named* const named =
      type == nullptr
          ? nullptr
          : types::AsNamed(pointer != nullptr ? pointer->elem : type);
  if (named == nullptr || named->obj->package == nullptr) {
    return std::nullopt;
  }
  for (const Row& row : kRows) {
    if (named->obj->package->path == row.package &&
        named->obj->name->text() == row.type) {
      return row.kind;
    }
  }
  return std::nullopt;
}

// The receiver of a `Close`.
ssa::Value Closed(const ssa::Function& function, const ssa::Inst& inst) {
  if (inst.op != ssa::Op::kCall) {
    return {};
  }
  const types::Func* const named = dataflow::NamedCallee(function, inst);
  if (named == nullptr || named->recv == nullptr || NameOf(named) != "Close") {
    return {};
  }
  const std::span<const ssa::Value> operands = function.Operands(inst);
  return operands[ModeOf(inst) == ssa::CallMode::kInvoke ? 0 : 1];
}

// A field of what a parameter points to, or of a part of that.
bool IsPartOfParam(const ssa::Function& function,
                   const dataflow::AccessPath& path) {
  return path.function == &function &&
         path.root.kind() == ssa::Value::Kind::kParam && !path.steps.empty();
}

}  // namespace

Lifetime Explorer::RunReleased(ssa::Value value) {
  result_.acquisition = call_;
  result_.what = what_;
  State start;
  Insert(start.aliases, RawOf(value));
  start.is_released = true;
  start.release = call_;
  if (dataflow::AccessPath path = dataflow::PathOf(function_, value);
      IsPartOfParam(function_, path)) {
    place_ = std::move(path);
  }
  const ssa::BlockId block = function_.inst(call_).block;
  std::vector<Values> before = context_.FactsAt(block);
  if (before.empty()) {
    before.emplace_back();
  }
  for (const Values& facts : before) {
    start.facts = facts;
    Walk(block, call_.index + 1, start);
  }
  while (!work_.empty() && !result_.is_incomplete) {
    auto [next, state] = std::move(work_.front());
    work_.pop_front();
    Walk(next, function_.block(next).insts_begin, std::move(state));
  }
  return std::move(result_);
}

bool Explorer::IsReleasedPlace(ssa::Value loaded) const {
  return dataflow::PathOf(function_, loaded) == *place_;
}

bool Explorer::MayReplace(const ssa::Inst& inst) const {
  // A way to it that something is stored to or that is handed to a function.
  const auto leads_there = [&](ssa::Value value) {
    const dataflow::AccessPath path = dataflow::PathOf(function_, value);
    return path.function == place_->function && path.root == place_->root &&
           path.steps.size() < place_->steps.size() &&
           std::equal(path.steps.begin(), path.steps.end(),
                      place_->steps.begin());
  };
  const std::span<const ssa::Value> operands = function_.Operands(inst);
  if (inst.op == ssa::Op::kStore) {
    return leads_there(operands[0]) ||
           types::Identical(
               function_.TypeOf(operands[1]),
               function_.TypeOf(Closed(function_, function_.inst(call_))));
  }
  if (inst.op != ssa::Op::kCall) {
    // Others come in between.
    return inst.op == ssa::Op::kRecv || inst.op == ssa::Op::kSelect ||
           inst.op == ssa::Op::kSend;
  }
  const types::Func* const named = dataflow::NamedCallee(function_, inst);
  const std::string_view name = NameOf(named);
  if (named == nullptr || name == "Unlock" || name == "RUnlock" ||
      name == "Wait") {
    return ModeOf(inst) != ssa::CallMode::kBuiltin;
  }
  return std::ranges::any_of(operands.subspan(1), leads_there);
}

namespace {

// `c.Close()` of a struct of the user's, which closes what one of its fields
// holds: of what kind that is.
std::optional<ResourceKind> KindOfPart(const ssa::Function& function,
                                       const ssa::Inst& close, Fates& fates) {
  const dataflow::FunctionId target =
      fates.program().TargetsOf(function, close).only();
  const ssa::Function* const body =
      target.has_value() ? fates.program().node(target).body : nullptr;
  if (body == nullptr || body->params().empty() ||
      ModeOf(close) != ssa::CallMode::kStatic) {
    return std::nullopt;
  }
  const auto* const pointer =
      types::UnderAs<types::Pointer>(body->params()[0].type);
  const auto* const whole = pointer == nullptr
                                ? nullptr
                                : types::UnderAs<types::Struct>(pointer->elem);
  for (uint32_t i = 0; whole != nullptr && i < whole->fields.size(); ++i) {
    const auto kind = KindOf(whole->fields[i]->type);
    if (kind && fates.OfPart(*body, 0, i, *kind) == Fate::kReleased) {
      return kind;
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<Lifetime> ReleasesOfOthers(const ssa::Function& function,
                                       Fates& fates) {
  std::vector<Lifetime> lifetimes;
  std::optional<PathContext> context;
  for (const ssa::Inst& inst : function.insts()) {
    const ssa::Value value = Closed(function, inst);
    auto kind =
        value.has_value() ? KindOf(function.TypeOf(value)) : std::nullopt;
    if (value.has_value() && !kind) {
      kind = KindOfPart(function, inst, fates);
    }
    if (!kind) {
      continue;
    }
    if (!context) {
      context.emplace(function, fates.program());
    }
    lifetimes.push_back(Explorer(function, fates, function.IdOf(inst),
                                 Acquisition{*kind, 0, -1}, *context, nullptr)
                            .RunReleased(value));
  }
  return lifetimes;
}

}  // namespace gdlint::checks::resources
