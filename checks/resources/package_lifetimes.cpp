#include "checks/resources/package_lifetimes.h"

#include <algorithm>

#include <fmt/format.h>

#include "source/line_table.h"

namespace gdlint::checks::resources {
FunctionLifetimes::FunctionLifetimes(const ssa::Function& function,
                                     dataflow::Analyses& analyses) {
  const bool has_calls = std::ranges::any_of(
      function.insts(),
      [](const ssa::Inst& inst) { return inst.op == ssa::Op::kCall; });
  if (has_calls) {
    all_ = LifetimesOf(function, analyses.Shared<Fates>());
    by_literals_ = LifetimesByLiterals(function, analyses.Shared<Fates>());
    if (std::ranges::any_of(all_, &Lifetime::is_incomplete) ||
        std::ranges::any_of(by_literals_, &Lifetime::is_incomplete)) {
      analyses.SetTooLarge(function);
    }
  }
}

std::string_view CalleeText(const ssa::Function& function,
                            const ssa::Inst& call) {
  const ast::Tree& tree = *function.unit()->tree;
  const auto* const expr = tree.TryGet<ast::CallExpr>(call.node);
  if (expr == nullptr) {
    return "the call";
  }
  const source::Span span = ast::SpanOf(tree, expr->fun);
  return function.unit()->file->source->text().substr(
      span.begin.offset(), span.end.offset() - span.begin.offset());
}

namespace {

// Of the variable at the address.
std::string_view NameOfVariable(const ssa::Function& function,
                                ssa::Value addr) {
  const types::Var* var = nullptr;
  if (addr.is_inst() && function.inst(addr.inst()).op == ssa::Op::kAlloc &&
      function.inst(addr.inst()).aux != ssa::kNoAux) {
    var = function.vars()[function.inst(addr.inst()).aux];
  } else if (addr.kind() == ssa::Value::Kind::kFreeVar) {
    var = function.free_vars()[addr.index()].var;
  }
  return var == nullptr || var->name == nullptr ? std::string_view()
                                                : var->name->text();
}

// What a result of the acquisition is called; "" if it has no name.
std::string_view NameOfResult(const ssa::Function& function,
                              ssa::InstId acquisition, uint32_t result) {
  const ssa::Value call(acquisition);
  const auto is_result = [&](ssa::Value value) {
    if (value == call) {
      return true;
    }
    if (!value.is_inst()) {
      return false;
    }
    const ssa::Inst& inst = function.inst(value.inst());
    return inst.op == ssa::Op::kExtract && function.Operands(inst)[0] == call &&
           inst.aux == result;
  };
  for (const ssa::Binding& binding : function.bindings()) {
    if (is_result(binding.value) && binding.var->name != nullptr) {
      return binding.var->name->text();
    }
  }
  for (const ssa::Inst& inst : function.insts()) {
    if (inst.op != ssa::Op::kStore || !is_result(function.Operands(inst)[1])) {
      continue;
    }
    if (const std::string_view name =
            NameOfVariable(function, function.Operands(inst)[0]);
        !name.empty()) {
      return name;
    }
  }
  return "";
}

}  // namespace

std::string_view AcquisitionText(const ssa::Function& function,
                                 const Lifetime& lifetime) {
  return lifetime.literal != nullptr
             ? CalleeText(*lifetime.literal,
                          lifetime.literal->inst(lifetime.in_literal))
             : CalleeText(function, function.inst(lifetime.acquisition));
}

std::string ResourcePhrase(const ssa::Function& function,
                           const Lifetime& lifetime) {
  const Acquisition& what = lifetime.what;
  const std::string_view name =
      lifetime.literal != nullptr
          ? NameOfVariable(function, lifetime.variable)
          : NameOfResult(function, lifetime.acquisition, what.result);
  if (name.empty() || name == "_") {
    return fmt::format("what `{}` returns",
                       AcquisitionText(function, lifetime));
  }
  return static_cast<int32_t>(what.result) == what.cleanup
             ? fmt::format("what `{}` releases", name)
             : fmt::format("`{}`", name);
}

std::string ReleasePhrase(const ssa::Function& function,
                          const Lifetime& lifetime) {
  if (lifetime.what.cleanup >= 0) {
    const std::string_view name =
        NameOfResult(function, lifetime.acquisition,
                     static_cast<uint32_t>(lifetime.what.cleanup));
    return name.empty() || name == "_" ? "calls the function that releases it"
                                       : fmt::format("calls `{}`", name);
  }
  return std::string(knowledge::WordingOf(lifetime.what.kind).releases);
}

std::string FunctionPhrase(const ssa::Function& function) {
  switch (function.kind()) {
    case ssa::FunctionKind::kLiteral:
      return "the function literal";
    case ssa::FunctionKind::kRangeBody:
      return "the loop's body";
    default:
      return fmt::format("`{}`", function.name());
  }
}

uint32_t LineOf(const ssa::Function& function, const ssa::Inst& inst) {
  return function.unit()->file->Lines().Find(inst.pos).line;
}

}  // namespace gdlint::checks::resources
