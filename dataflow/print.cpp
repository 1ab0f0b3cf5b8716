#include "dataflow/print.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "dataflow/program_state.h"
#include "ssa/print.h"

namespace gdlint::dataflow {
namespace {

struct Word {
  uint16_t bit;
  std::string_view text;
};

constexpr Word kEndWords[] = {
    {kReturns, "returns"}, {kPanics, "panics"},   {kExitsProcess, "exits"},
    {kGoexits, "goexits"}, {kEndless, "endless"}, {kMayFail, "may fail"},
};
constexpr Word kUseWords[] = {
    {kCalled, "called"},   {kCalledAlways, "always"}, {kDeferred, "deferred"},
    {kSpawned, "spawned"}, {kKept, "kept"},           {kRepeated, "repeated"},
    {kGuarded, "guarded"},
};

template <size_t kSize>
std::string Words(const Word (&words)[kSize], uint16_t bits,
                  std::string_view separator) {
  std::string text;
  for (const Word& word : words) {
    if ((bits & word.bit) != 0) {
      text += text.empty() ? "" : separator;
      text += word.text;
    }
  }
  return text;
}

std::string_view PropertyText(ArgumentIs property) {
  switch (property) {
    case ArgumentIs::kNil:
      return "nil";
    case ArgumentIs::kNonNil:
      return "non-nil";
    case ArgumentIs::kTrue:
      return "true";
    case ArgumentIs::kFalse:
      return "false";
  }
  return "";
}

std::string ParamText(const ParamSummary& param) {
  std::string text = Words(kUseWords, param.func_use, " ");
  if (param.nil_may_panic) {
    text += text.empty() ? "" : ", ";
    text += param.nil_panics ? "nil panics" : "nil may panic";
  }
  return text;
}

std::string ResultText(const ResultSummary& result) {
  std::string text;
  if (result.nilness == kMayBeNil) {
    text = "nil";
  } else if (result.nilness == kMayBeNonNil) {
    text = "non-nil";
  }
  if (result.same_as_param != ResultSummary::kNone) {
    text += fmt::format("{}param {}", text.empty() ? "" : ", ",
                        result.same_as_param);
  }
  if (result.is_function) {
    text += text.empty() ? "a function" : ", a function";
  }
  return text;
}

}  // namespace

std::string NameOf(const Program& program, FunctionId id) {
  const Node& node = program.node(id);
  if (node.func != nullptr) {
    return FullName(*node.func);
  }
  if (node.body == nullptr) {
    return "?";
  }
  return node.body->package()->path + "." + std::string(node.body->name());
}

std::string EndsText(uint8_t ends) {
  return ends == 0 ? "never" : Words(kEndWords, ends, ", ");
}

std::string SummaryText(const Summary& summary) {
  if (!summary.is_known) {
    return "unknown: " + EndsText(summary.ends);
  }
  std::string text = EndsText(summary.ends);
  for (const ConditionalEnd& end : summary.conditional_ends) {
    text += fmt::format("; {} only if param {} is {}", EndsText(end.end),
                        end.param, PropertyText(end.condition));
  }
  text += summary.has_effects ? "; tells" : "";
  text += summary.recovers_always ? "; recovers always"
          : summary.calls_recover ? "; recovers"
                                  : "";
  text += summary.may_repanic ? ", panics again" : "";
  for (size_t i = 0; i < summary.params.size(); ++i) {
    if (const std::string param = ParamText(summary.params[i]);
        !param.empty()) {
      text += fmt::format("; param {}: {}", i, param);
    }
  }
  for (size_t i = 0; i < summary.results.size(); ++i) {
    if (const std::string result = ResultText(summary.results[i]);
        !result.empty()) {
      text += fmt::format("; result {}: {}", i, result);
    }
  }
  return text + (summary.is_model ? " (model)" : "");
}

void PrintCalls(const Program& program, FunctionId id, std::string& out) {
  const ssa::Function* const body = program.node(id).body;
  if (body == nullptr) {
    return;
  }
  for (const ssa::Inst& inst : body->insts()) {
    if (!IsCall(inst.op) || ModeOf(inst) == ssa::CallMode::kBuiltin) {
      continue;
    }
    const CallTargets targets = program.TargetsOf(*body, inst);
    std::string list;
    for (const FunctionId target : targets.functions) {
      list += (list.empty() ? "" : ", ") + NameOf(program, target);
    }
    if (!targets.is_complete) {
      list += list.empty() ? "?" : ", ?";
    }
    const source::LineColumn place =
        body->unit() != nullptr && inst.pos.is_valid()
            ? body->unit()->file->Lines().Find(inst.pos)
            : source::LineColumn();
    fmt::format_to(std::back_inserter(out), "  {}:{} {} -> {}\n", place.line,
                   place.column, ssa::InfoOf(inst.op).text, list);
  }
}

}  // namespace gdlint::dataflow
