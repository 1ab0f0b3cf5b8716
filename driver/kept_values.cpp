#include "driver/kept_values.h"

#include <algorithm>
#include <optional>
#include <span>

#include <fmt/format.h>

#include "ast/tree.h"
#include "checks/syntax/file_index.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "lexer/token.h"
#include "types/constant.h"
#include "types/info.h"
#include "types/package.h"
#include "types/predicates.h"

namespace gdlint::driver {
namespace {

using checks::syntax::Unparen;
using dataflow::Origin;
using ssa::CallMode;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

std::string ConstText(const ssa::Const& value) {
  if (!value.value.is_unknown()) {
    return types::constant::ShortString(value.value);
  }
  return value.type != nullptr && types::HasNil(value.type) ? "nil" : "";
}

std::string NameOf(const types::Var* var) {
  return var != nullptr && var->name != nullptr ? std::string(var->name->text())
                                                : std::string();
}

// The call, defer statement aside, that a Defer is for.
const ast::CallExpr* CallOf(const Function& function, const Inst& defer) {
  const ast::Tree& tree = *function.unit()->tree;
  if (const auto* const stmt = tree.TryGet<ast::DeferStmt>(defer.node)) {
    return tree.TryGet<ast::CallExpr>(Unparen(tree, stmt->call));
  }
  return tree.TryGet<ast::CallExpr>(defer.node);
}

bool IsLoop(ast::NodeId node) {
  return node.kind() == ast::NodeKind::kRangeStmt;
}

// Where one thing that a value may be comes from.
class OriginText {
 public:
  OriginText(const Origin& origin, source::Span around)
      : function_(*origin.function), value_(origin.value), around_(around) {}

  std::string Text() const {
    switch (value_.kind()) {
      case Value::Kind::kConst: {
        const std::string text = ConstText(function_.consts()[value_.index()]);
        return text.empty() ? "the zero value" : "`" + text + "`";
      }
      case Value::Kind::kParam:
        return "what the caller gave";
      case Value::Kind::kGlobal:
        return "the address of `" +
               NameOf(function_.globals()[value_.index()]) + "`";
      case Value::Kind::kFunction:
        return "a function";
      case Value::Kind::kFreeVar:
        return "the address of `" +
               NameOf(function_.free_vars()[value_.index()].var) + "`";
      case Value::Kind::kInst:
        return OfInst(function_.inst(value_.inst()));
      default:
        return "";
    }
  }

 private:
  std::string OfInst(const Inst& inst) const {
    if (IsLoop(inst.node)) {
      return fmt::format("each value of the loop at line {}",
                         LineOf(function_, inst.pos));
    }
    if (inst.op == Op::kAlloc) {
      return "a variable's address";
    }
    const Inst& call = inst.op == Op::kExtract
                           ? function_.inst(function_.Operands(inst)[0].inst())
                           : inst;
    const bool is_call = call.op == Op::kCall;
    if (around_.begin <= call.pos && call.pos < around_.end) {
      return is_call ? "called here" : "as it is here";
    }
    if (!call.node.has_value() || call.node == function_.syntax()) {
      return fmt::format("a value of line {}", LineOf(function_, call.pos));
    }
    return fmt::format("{}`{}`{} at line {}", is_call ? "what " : "",
                       SourceOf(function_, call.node), is_call ? " gave" : "",
                       LineOf(function_, call.pos));
  }

  const Function& function_;
  const Value value_;
  const source::Span around_;
};

// The values of the list that a variadic call is given, if it is made for it.
std::optional<std::vector<Value>> ElementsOf(const Function& function,
                                             Value list) {
  std::vector<Value> elements;
  if (list.kind() == Value::Kind::kConst) {
    return elements;
  }
  if (!list.is_inst() || function.inst(list.inst()).op != Op::kSlice) {
    return std::nullopt;
  }
  const Value array = function.Operands(function.inst(list.inst()))[0];
  if (!array.is_inst() || function.inst(array.inst()).op != Op::kAlloc) {
    return std::nullopt;
  }
  for (const InstId user : function.UsersOf(array)) {
    if (function.inst(user).op != Op::kIndexAddr) {
      continue;
    }
    for (const InstId store : function.UsersOf(user)) {
      if (function.inst(store).op == Op::kStore) {
        elements.push_back(function.Operands(function.inst(store))[1]);
      }
    }
  }
  return elements;
}

class KeptValueFinder {
 public:
  explicit KeptValueFinder(const dataflow::DeferSite& site)
      : function_(*site.function),
        unit_(*function_.unit()),
        tree_(*unit_.tree),
        defer_(site.defer()),
        around_(ast::SpanOf(tree_, defer_.node)),
        values_(site.Snapshots()) {}

  std::vector<report::KeptValue> Find() {
    const ast::CallExpr* const call = CallOf(function_, defer_);
    if (call == nullptr) {
      return {};
    }
    AddFunction(Unparen(tree_, call->fun));
    AddArguments(*call);
    return std::move(kept_);
  }

 private:
  // The function's value or the receiver, which come before the arguments.
  void AddFunction(ast::ExprId fun) {
    const CallMode mode = ModeOf(defer_);
    if (mode == CallMode::kBuiltin) {
      return;
    }
    const auto* const selector = tree_.TryGet<ast::SelectorExpr>(fun);
    const types::Selection* const selection =
        selector == nullptr ? nullptr
                            : unit_.info.SelectionOf(
                                  ast::Ref<ast::SelectorExpr>::FromNode(fun));
    if (selection != nullptr &&
        selection->kind == types::SelectionKind::kMethodVal) {
      const types::Type* const type =
          unit_.info.TypeOf(Unparen(tree_, selector->x)).type();
      const bool takes_address = !values_.empty() &&
                                 IsPointer(function_.TypeOf(values_[0])) &&
                                 !IsPointer(type);
      AddNext(selector->x, takes_address);
      return;
    }
    if (mode == CallMode::kDynamic) {
      AddNext(fun, false);
    }
  }

  static bool IsPointer(const types::Type* type) {
    return type != nullptr && types::UnderAs<types::Pointer>(type) != nullptr;
  }

  void AddArguments(const ast::CallExpr& call) {
    const auto args = tree_.Items(call.args);
    std::vector<Value> given(values_.begin() + static_cast<ptrdiff_t>(next_),
                             values_.end());
    if (!given.empty() && IsVariadic() && !call.ellipsis.is_valid()) {
      if (const auto elements = ElementsOf(function_, given.back())) {
        given.pop_back();
        given.insert(given.end(), elements->begin(), elements->end());
      }
    }
    for (size_t i = 0; i < args.size(); ++i) {
      // `defer f(g())` with several results has fewer.
      Add(args[i], given.size() == args.size() ? given[i] : Value::None(),
          false);
    }
  }

  bool IsVariadic() const {
    const Value callee = function_.Operands(defer_)[0];
    switch (ModeOf(defer_)) {
      case CallMode::kStatic:
        return callee.kind() == Value::Kind::kFunction &&
               function_.callees()[callee.index()].type->variadic;
      case CallMode::kInvoke: {
        const auto* const type = types::TryAs<types::Signature>(
            function_.methods()[defer_.aux]->type);
        return type != nullptr && type->variadic;
      }
      case CallMode::kDynamic: {
        const auto* const type =
            types::UnderAs<types::Signature>(function_.TypeOf(callee));
        return type != nullptr && type->variadic;
      }
      case CallMode::kBuiltin:
        break;
    }
    return false;
  }

  void AddNext(ast::ExprId expr, bool is_address) {
    const Value value = next_ < values_.size() ? values_[next_] : Value::None();
    ++next_;
    // A literal is no value that anyone would call kept.
    if (Unparen(tree_, expr).kind() != ast::NodeKind::kFuncLit) {
      Add(expr, value, is_address);
    }
  }

  void Add(ast::ExprId expr, Value value, bool is_address) {
    report::KeptValue kept;
    kept.text = SourceOf(function_, expr);
    kept.is_address = is_address;
    const ast::ExprId plain = Unparen(tree_, expr);
    if (const auto* const unary = tree_.TryGet<ast::UnaryExpr>(plain);
        unary != nullptr && unary->op == lexer::TokenKind::kAnd &&
        Unparen(tree_, unary->x).kind() != ast::NodeKind::kCompositeLit) {
      kept.text = SourceOf(function_, unary->x);
      kept.is_address = is_address = true;
    }
    const bool is_literal = plain.kind() == ast::NodeKind::kFuncLit ||
                            plain.kind() == ast::NodeKind::kCompositeLit ||
                            unit_.info.TypeOf(plain).is_constant();
    if (is_literal || is_address) {
      kept_.push_back(std::move(kept));
      return;
    }
    if (value.has_value()) {
      kept.origins = OriginTexts(
          function_, dataflow::StripConversions(function_, value), around_);
    } else {
      kept.origins.emplace_back("as it is here");
    }
    std::erase(kept.origins, "`" + kept.text + "`");
    kept_.push_back(std::move(kept));
  }

  const Function& function_;
  const types::Unit& unit_;
  const ast::Tree& tree_;
  const Inst& defer_;
  const source::Span around_;
  const std::span<const Value> values_;
  size_t next_ = 0;
  std::vector<report::KeptValue> kept_;
};

}  // namespace

std::vector<report::KeptValue> KeptValuesOf(const dataflow::DeferSite& site) {
  return KeptValueFinder(site).Find();
}

std::vector<std::string> OriginTexts(const Function& function, Value value,
                                     source::Span around) {
  const dataflow::Origins origins = dataflow::OriginsOf(function, value);
  const auto loop =
      std::ranges::find_if(origins.values, [](const Origin& origin) {
        return origin.value.is_inst() &&
               IsLoop(origin.function->inst(origin.value.inst()).node);
      });
  if (loop != origins.values.end()) {
    // The first is one of them.
    return {OriginText(*loop, around).Text()};
  }
  std::vector<std::string> texts;
  const auto add = [&](std::string text) {
    if (!text.empty() && std::ranges::find(texts, text) == texts.end()) {
      texts.push_back(std::move(text));
    }
  };
  if (origins.may_be_zero) {
    add("the zero value");
  }
  for (const Origin& origin : origins.values) {
    add(OriginText(origin, around).Text());
  }
  return texts;
}

std::string LineText(const Function& function, uint32_t line) {
  std::string_view text = function.unit()->file->Lines().Line(line);
  constexpr std::string_view kBlank = " \t";
  text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
  return std::string(text.substr(0, text.find_last_not_of(kBlank) + 1));
}

std::string StatementText(const Function& function, const Inst& inst,
                          checks::FileIndexes& indexes) {
  const auto& index = indexes.Of(*function.unit()->file);
  for (ast::NodeId node = inst.node; node.has_value();
       node = index.Parent(node)) {
    switch (node.kind()) {
      case ast::NodeKind::kAssignStmt:
      case ast::NodeKind::kExprStmt:
      case ast::NodeKind::kIncDecStmt:
      case ast::NodeKind::kReturnStmt:
      case ast::NodeKind::kSendStmt:
      case ast::NodeKind::kGoStmt:
      case ast::NodeKind::kDeferStmt:
        return SourceOf(function, node);
      case ast::NodeKind::kBlockStmt:
      case ast::NodeKind::kFuncDecl:
      case ast::NodeKind::kFuncLit:
        return LineText(function, LineOf(function, inst.pos));
      default:
        break;
    }
  }
  return LineText(function, LineOf(function, inst.pos));
}

std::string SourceOf(const Function& function, ast::NodeId node) {
  const source::Span span = ast::SpanOf(*function.unit()->tree, node);
  const std::string_view text = function.unit()->file->source->text().substr(
      span.begin.offset(), span.end.offset() - span.begin.offset());
  const size_t end = text.find_first_of("\r\n");
  return end == std::string_view::npos
             ? std::string(text)
             : std::string(text.substr(0, end)) + " …";
}

uint32_t LineOf(const Function& function, source::Pos pos) {
  return function.unit()->file->Lines().Find(pos).line;
}

}  // namespace gdlint::driver
