#include "ssa/print.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "lexer/token.h"
#include "source/line_table.h"
#include "types/constant.h"
#include "types/predicates.h"
#include "types/type_string.h"
#include "types/universe.h"

namespace gdlint::ssa {
namespace {

// Where the types and the remarks behind instructions begin.
constexpr size_t kTypeColumn = 52;
constexpr size_t kRemarkColumn = 68;

std::string TypeText(const Function& function, const types::Type* type) {
  if (type == nullptr) {
    return "?";
  }
  return types::TypeString(type, {.qualify = types::Qualify::kName,
                                  .relative_to = function.package(),
                                  .max_size = 200});
}

std::string_view NameOr(const types::Name* name, std::string_view other) {
  return name == nullptr ? other : name->text();
}

std::string ConstText(const Function& function, const Const& value) {
  const std::string type = TypeText(function, value.type);
  if (value.value.is_unknown()) {
    return fmt::format(
        "{}:{}",
        value.type != nullptr && types::HasNil(value.type) ? "nil" : "zero",
        type);
  }
  return types::constant::ShortString(value.value) + ":" + type;
}

std::string FunctionText(const Function& function, const Callee& callee) {
  if (callee.child != nullptr) {
    return std::string(callee.child->name());
  }
  const FunctionKey& key = callee.key;
  std::string text;
  const types::Type* const recv =
      key.recv != nullptr ? key.recv : key.func->recv;
  if (recv != nullptr) {
    text = TypeText(function, recv);
    if (text.starts_with('*')) {
      text = "(" + text + ")";
    }
    text += ".";
  } else if (key.func->package != nullptr &&
             key.func->package != function.package()) {
    text = key.func->package->name + ".";
  }
  text += NameOr(key.func->name, "_");
  for (size_t i = 0; i < key.type_args.size(); ++i) {
    text += i == 0 ? "[" : ", ";
    text += TypeText(function, key.type_args[i]);
  }
  if (!key.type_args.empty()) {
    text += "]";
  }
  switch (key.kind) {
    case FunctionKind::kWrapper:
      return text + "$wrapper";
    case FunctionKind::kBound:
      return text + "$bound";
    case FunctionKind::kThunk:
      return text + "$thunk";
    default:
      return text;
  }
}

constexpr std::string_view kBuiltinNames[] = {
    "append", "cap",        "clear",    "close",   "complex", "copy",
    "delete", "imag",       "len",      "make",    "max",     "min",
    "new",    "panic",      "print",    "println", "real",    "recover",
    "Add",    "Alignof",    "Offsetof", "Sizeof",  "Slice",   "SliceData",
    "String", "StringData", "assert",   "trace",
};
static_assert(std::size(kBuiltinNames) ==
              static_cast<size_t>(types::BuiltinId::kTrace) + 1);

constexpr std::string_view kExitNames[] = {"process", "goexit", "never",
                                           "no return"};
constexpr std::string_view kRangeStateNames[] = {"ready", "panic", "exhausted",
                                                 "missed panic", "done"};

// The name of a field of `type`, which is a struct or points to one.
std::string FieldName(const types::Type* type, uint32_t index) {
  if (type != nullptr) {
    const auto* const fields = types::TryAs<types::Struct>(
        types::Under(types::Deref(types::Under(type))));
    if (fields != nullptr && index < fields->fields.size()) {
      return std::string(NameOr(fields->fields[index]->name, "_"));
    }
  }
  return fmt::format("#{}", index);
}

class Printer {
 public:
  explicit Printer(const Function& function) : function_(function) {}

  std::string Text(Value value) const { return ValueText(function_, value); }

  std::string List(std::span<const Value> values) const {
    std::string text;
    for (size_t i = 0; i < values.size(); ++i) {
      text += i == 0 ? "" : ", ";
      text += Text(values[i]);
    }
    return text;
  }

  std::string Call(const Inst& inst, std::span<const Value> operands) const {
    std::string suffix;
    if (inst.op == Op::kDefer && (inst.detail & kOnDeferStack) != 0) {
      suffix = " on " + Text(operands.back());
      operands = operands.first(operands.size() - 1);
    }
    std::string callee = Text(operands[0]);
    if (ModeOf(inst) == CallMode::kInvoke) {
      callee = fmt::format("invoke {}.{}", callee,
                           NameOr(function_.methods()[inst.aux]->name, "_"));
    }
    return fmt::format("{}({}){}", callee, List(operands.subspan(1)), suffix);
  }

  std::string Select(const Inst& inst, std::span<const Value> operands) const {
    std::string text =
        (inst.detail & kBlocking) != 0 ? "select [" : "select or default [";
    const std::vector<SelectState>& states = function_.selects()[inst.aux];
    for (size_t i = 0; i < states.size(); ++i) {
      text += i == 0 ? "" : ", ";
      text += states[i].is_send ? fmt::format("{} <- {}", Text(operands[2 * i]),
                                              Text(operands[2 * i + 1]))
                                : fmt::format("<-{}", Text(operands[2 * i]));
    }
    return text + "]";
  }

  std::string Slice(std::span<const Value> operands) const {
    const auto bound = [this](Value value) {
      return value.has_value() ? Text(value) : std::string();
    };
    std::string text = fmt::format("{}[{}:{}", Text(operands[0]),
                                   bound(operands[1]), bound(operands[2]));
    if (operands[3].has_value()) {
      text += ":" + Text(operands[3]);
    }
    return text + "]";
  }

  std::string Phi(const Inst& inst, std::span<const Value> operands) const {
    const std::span<const BlockId> preds = function_.Preds(inst.block);
    std::string text = "phi [";
    for (size_t i = 0; i < operands.size(); ++i) {
      text += fmt::format("{}{}: {}", i == 0 ? "" : ", ", preds[i].index,
                          Text(operands[i]));
    }
    return text + "]";
  }

  std::string Inst(const ssa::Inst& inst) const {
    const std::span<const Value> operands = function_.Operands(inst);
    const auto text = [&](size_t i) { return Text(operands[i]); };
    const std::string_view ok = (inst.detail & kCommaOk) != 0 ? ", ok" : "";
    const std::string_view name = InfoOf(inst.op).text;
    const auto succ = [&](size_t i) {
      return function_.Succs(inst.block)[i].index;
    };
    switch (inst.op) {
      case Op::kPhi:
        return Phi(inst, operands);
      case Op::kAlloc: {
        const auto* const pointer =
            types::TryAs<types::Pointer>(types::Under(inst.type));
        return fmt::format(
            "alloc {}",
            TypeText(function_, pointer != nullptr ? pointer->elem : nullptr));
      }
      case Op::kLoad:
        return "*" + text(0);
      case Op::kStore:
        return fmt::format("*{} = {}", text(0), text(1));
      case Op::kFieldAddr:
        return fmt::format("&{}.{}", text(0),
                           FieldName(function_.TypeOf(operands[0]), inst.aux));
      case Op::kField:
        return fmt::format("{}.{}", text(0),
                           FieldName(function_.TypeOf(operands[0]), inst.aux));
      case Op::kIndexAddr:
        return fmt::format("&{}[{}]", text(0), text(1));
      case Op::kIndex:
        return fmt::format("{}[{}]", text(0), text(1));
      case Op::kLookup:
        return fmt::format("{}[{}]{}", text(0), text(1), ok);
      case Op::kMapUpdate:
        return fmt::format("{}[{}] = {}", text(0), text(1), text(2));
      case Op::kSlice:
        return Slice(operands);
      case Op::kBinOp:
        return fmt::format(
            "{} {} {}", text(0),
            lexer::TokenKindName(static_cast<lexer::TokenKind>(inst.detail)),
            text(1));
      case Op::kUnOp:
        return fmt::format(
            "{}{}",
            lexer::TokenKindName(static_cast<lexer::TokenKind>(inst.detail)),
            text(0));
      case Op::kRecv:
        return fmt::format("<-{}{}", text(0), ok);
      case Op::kSend:
        return fmt::format("{} <- {}", text(0), text(1));
      case Op::kTypeAssert: {
        const types::Type* type = inst.type;
        if (const auto* const tuple = types::TryAs<types::Tuple>(type);
            tuple != nullptr && !ok.empty()) {
          type = tuple->params[0].type;
        }
        return fmt::format("{}.({}){}", text(0), TypeText(function_, type), ok);
      }
      case Op::kMakeClosure:
        return fmt::format("closure {} [{}]", text(0),
                           List(operands.subspan(1)));
      case Op::kSelect:
        return Select(inst, operands);
      case Op::kExtract:
        return fmt::format("{}#{}", text(0), inst.aux);
      case Op::kCall:
        return Call(inst, operands);
      case Op::kGo:
      case Op::kDefer:
        return fmt::format("{} {}", name, Call(inst, operands));
      case Op::kJump:
        return fmt::format("jump {}", succ(0));
      case Op::kIf:
        return fmt::format("if {} goto {} else {}", text(0), succ(0), succ(1));
      case Op::kReturn:
        return operands.empty() ? "return" : "return " + List(operands);
      case Op::kRangePanic:
        return fmt::format("rangepanic {}", kRangeStateNames[inst.detail]);
      case Op::kExit:
        return fmt::format("exit {}", kExitNames[inst.detail]);
      default: {
        const std::string list = List(operands);
        return list.empty() ? std::string(name)
                            : fmt::format("{} {}", name, list);
      }
    }
  }

  void Function(std::string& out) {
    Header(out);
    for (uint32_t i = 0; i < function_.blocks().size(); ++i) {
      Block(BlockId{i}, out);
    }
    for (const Binding& binding : function_.bindings()) {
      const std::string_view name = NameOr(binding.var->name, "_");
      out += fmt::format("  {} := {}", name, Text(binding.value));
      if (const std::string line = LineOf(binding.pos); !line.empty()) {
        out += "  # " + line;
      }
      out += "\n";
    }
  }

 private:
  void Header(std::string& out) {
    out += fmt::format("func {}(", function_.name());
    for (size_t i = 0; i < function_.params().size(); ++i) {
      out += fmt::format(
          "{}{} {}", i == 0 ? "" : ", ",
          Text(Value(Value::Kind::kParam, static_cast<uint32_t>(i))),
          TypeText(function_, function_.params()[i].type));
    }
    out += ")";
    const std::span<const types::Type* const> results =
        function_.result_types();
    for (size_t i = 0; i < results.size(); ++i) {
      out += i != 0 ? ", " : results.size() == 1 ? " " : " (";
      out += TypeText(function_, results[i]);
    }
    out += results.size() > 1 ? ")" : "";
    if (function_.unit() != nullptr && function_.pos().is_valid()) {
      out += fmt::format("  # {}:{}", function_.unit()->file->display_name,
                         Line(function_.pos()));
    }
    out += "\n";
    for (size_t i = 0; i < function_.free_vars().size(); ++i) {
      out += fmt::format(
          "  free {} {}\n",
          Text(Value(Value::Kind::kFreeVar, static_cast<uint32_t>(i))),
          TypeText(function_, function_.free_vars()[i].type));
    }
  }

  void Block(BlockId id, std::string& out) {
    out += fmt::format("{}:", id.index);
    if (id.index == 0) {
      out += " entry";
    } else if (id == function_.recover_block()) {
      out += " recover";
    } else {
      std::string_view separator = " from ";
      for (const BlockId pred : function_.Preds(id)) {
        out += fmt::format("{}{}", separator, pred.index);
        separator = ", ";
      }
    }
    out += "\n";
    for (const ssa::Inst& inst : function_.InstsOf(id)) {
      std::string line = "  ";
      if (inst.type != nullptr) {
        line += fmt::format("t{} = ", function_.IdOf(inst).index);
      }
      line += Inst(inst);
      if (inst.type != nullptr) {
        Pad(line, kTypeColumn);
        line += TypeText(function_, inst.type);
      }
      const std::string remark = Remark(inst);
      if (!remark.empty()) {
        Pad(line, kRemarkColumn);
        line += "# " + remark;
      }
      out += line + "\n";
    }
  }

  static void Pad(std::string& line, size_t column) {
    line.append(line.size() < column ? column - line.size() : 1, ' ');
    if (line[line.size() - 2] != ' ') {
      line += ' ';
    }
  }

  std::string Remark(const ssa::Inst& inst) {
    std::string remark;
    if ((inst.op == Op::kAlloc || inst.op == Op::kPhi) && inst.aux != kNoAux) {
      remark = NameOr(function_.vars()[inst.aux]->name, "_");
    }
    if (inst.op == Op::kAlloc && inst.detail == kEscapes) {
      remark += remark.empty() ? "escapes" : ", escapes";
    }
    if (inst.op != Op::kPhi) {
      const std::string line = LineOf(inst.pos);
      if (line != last_line_ && !line.empty()) {
        remark += remark.empty() ? line : ", " + line;
        last_line_ = line;
      }
    }
    return remark;
  }

  uint32_t Line(source::Pos pos) const {
    return function_.unit()->file->Lines().Find(pos).line;
  }
  std::string LineOf(source::Pos pos) const {
    return function_.unit() != nullptr && pos.is_valid()
               ? fmt::format("line {}", Line(pos))
               : std::string();
  }

  const ssa::Function& function_;
  std::string last_line_;
};

}  // namespace

std::string ValueText(const Function& function, Value value) {
  const uint32_t index = value.index();
  switch (value.kind()) {
    case Value::Kind::kNone:
      return "none";
    case Value::Kind::kInst:
      return fmt::format("t{}", index);
    case Value::Kind::kParam: {
      const types::Var* const var = function.params()[index].var;
      const std::string_view name = var == nullptr ? "" : NameOr(var->name, "");
      return name.empty() || name == "_" ? fmt::format("p{}", index)
                                         : std::string(name);
    }
    case Value::Kind::kFreeVar: {
      const types::Var* const var = function.free_vars()[index].var;
      return var == nullptr ? fmt::format("f{}", index)
                            : std::string(NameOr(var->name, "_"));
    }
    case Value::Kind::kConst:
      return ConstText(function, function.consts()[index]);
    case Value::Kind::kGlobal: {
      const types::Var* const var = function.globals()[index];
      return fmt::format(
          "&{}{}{}",
          var->package == function.package() ? "" : var->package->name,
          var->package == function.package() ? "" : ".",
          NameOr(var->name, "_"));
    }
    case Value::Kind::kFunction:
      return FunctionText(function, function.callees()[index]);
    case Value::Kind::kBuiltin:
      return std::string(index < std::size(kBuiltinNames) ? kBuiltinNames[index]
                                                          : "?");
  }
  return "?";
}

std::string InstText(const Function& function, const Inst& inst) {
  return Printer(function).Inst(inst);
}

void Print(const Function& function, std::string& out) {
  Printer(function).Function(out);
  for (const std::unique_ptr<Function>& child : function.children()) {
    out += "\n";
    Print(*child, out);
  }
}

}  // namespace gdlint::ssa
