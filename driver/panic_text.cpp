#include "driver/panic_text.h"

#include <string_view>

#include "ast/tree.h"
#include "dataflow/panic_points.h"
#include "driver/kept_values.h"
#include "lexer/token.h"
#include "types/package.h"

namespace gdlint::driver {
namespace {

using dataflow::PanicPoint;
using lexer::TokenKind;
using ssa::Inst;
using ssa::Op;

std::string_view OperatorText(TokenKind token) {
  switch (token) {
    case TokenKind::kQuo:
    case TokenKind::kRem:
      return "division by zero";
    case TokenKind::kShl:
    case TokenKind::kShr:
      return "negative shift count";
    default:
      return "values that cannot be compared";
  }
}

// Of what is no call.
std::string_view CheckText(const Inst& inst, uint16_t sources) {
  if ((sources & dataflow::kNilMap) != 0) {
    return "assignment to a map that may be nil";
  }
  if ((sources & dataflow::kChannel) != 0) {
    return "channel that may be closed";
  }
  switch (inst.op) {
    case Op::kIndex:
    case Op::kIndexAddr:
      return "index out of range";
    case Op::kSlice:
      return "slice bounds out of range";
    case Op::kBinOp:
      return OperatorText(static_cast<TokenKind>(inst.detail));
    case Op::kTypeAssert:
      return "type assertion that may fail";
    case Op::kMapUpdate:
    case Op::kLookup:
      return "key that cannot be hashed";
    case Op::kMakeSlice:
    case Op::kMakeChan:
    case Op::kMakeMap:
      return "size out of range";
    case Op::kSliceToArrayPointer:
      return "slice that is too short";
    default:
      return "run-time check";
  }
}

std::string_view CallText(uint16_t sources) {
  if ((sources & dataflow::kPanicStatement) != 0) {
    return "call of what may panic";
  }
  if ((sources & dataflow::kUnknownFunction) != 0) {
    return "call of what nothing is known of";
  }
  if ((sources & dataflow::kCallback) != 0) {
    return "something that is not known may run in the call";
  }
  if ((sources & dataflow::kChannel) != 0) {
    return "channel or counter that may be done with";
  }
  return "a run-time check may fail in the call";
}

// Of a call, what is called.
std::string CodeOf(const PanicPoint& point, const Inst& inst) {
  const ssa::Function& function = *point.function;
  if (!inst.node.has_value() || inst.node == function.syntax()) {
    return "";
  }
  const auto* const call =
      function.unit()->tree->TryGet<ast::CallExpr>(inst.node);
  return call != nullptr && inst.op == Op::kCall
             ? SourceOf(function, call->fun)
             : SourceOf(function, inst.node);
}

}  // namespace

std::string PanicText(const PanicPoint& point) {
  const Inst& inst = point.function->inst(point.inst);
  std::string text(inst.op == Op::kCall ? CallText(point.sources)
                                        : CheckText(inst, point.sources));
  if (const std::string code = CodeOf(point, inst); !code.empty()) {
    text += ": `" + code + "`";
  }
  return text;
}

std::string CalleeText(const PanicPoint& point) {
  const std::string code = CodeOf(point, point.function->inst(point.inst));
  return code.empty() ? code : "in `" + code + "`";
}

std::vector<std::string> PanicSourceTexts(uint16_t sources) {
  struct Word {
    uint16_t bits;
    std::string_view text;
  };
  constexpr Word kWords[] = {
      {dataflow::kPanicStatement, "an explicit panic"},
      {dataflow::kCallback, "a function that is not known"},
      {dataflow::kUnknownFunction, "nothing is known of it"},
      {dataflow::kCalleeMayFail | dataflow::kRuntimeCheck, "a run-time check"},
      {dataflow::kNilMap, "a map that may be nil"},
      {dataflow::kChannel, "a channel that may be closed"},
  };
  std::vector<std::string> texts;
  for (const Word& word : kWords) {
    if ((sources & word.bits) != 0) {
      texts.emplace_back(word.text);
    }
  }
  return texts;
}

}  // namespace gdlint::driver
