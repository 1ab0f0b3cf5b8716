// Arguments of calls: lists of expressions, passing one call's results on,
// variadic parameters, generic functions as arguments, and inference over all
// of them.

#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "types/call_internal.h"
#include "types/checker.h"
#include "types/expr_internal.h"
#include "types/infer.h"
#include "types/substitute.h"

namespace gdlint::types {
namespace {

// "(int, string...)"
std::string SummaryOfArgs(const Checker& checker, std::span<const Operand> args,
                          bool has_dots) {
  std::string text = "(";
  for (const Operand& arg : args) {
    text += text.size() > 1 ? ", " : "";
    text += CountedTypeText(checker, arg.type);
  }
  return text + (has_dots && !args.empty() ? "...)" : ")");
}

// "(int, ...string)"
std::string SummaryOfParams(const Checker& checker,
                            std::span<const Param> params, bool is_variadic) {
  std::string text = "(";
  for (const Param& param : params) {
    text += text.size() > 1 ? ", " : "";
    const Slice* const list = TryAs<Slice>(param.type);
    if (is_variadic && &param == &params.back()) {
      text += "...";
      text +=
          CountedTypeText(checker, list != nullptr ? list->elem : param.type);
    } else {
      text += CountedTypeText(checker, param.type);
    }
  }
  return text + ")";
}

// The parameters of a call, one for each argument.
struct CallParams {
  std::span<const Param> params;
  // Those of a variadic function, its last one repeated or left out.
  std::vector<Param> adjusted;
  bool is_adjusted = false;
};

// The parameters of `signature` for so many arguments, or nothing after an
// error.
std::optional<CallParams> MatchParams(Checker& checker,
                                      ast::Ref<ast::CallExpr> ref,
                                      const Signature* signature,
                                      std::span<const Operand> args) {
  const ast::CallExpr& call = checker.Get(ref);
  const std::span<const Param> declared = ParamsOf(signature->params);
  CallParams result = {.params = declared, .adjusted = {}};
  size_t wanted = declared.size();
  if (HasDots(call) && !signature->variadic) {
    checker.Error(checker.AtPos(call.ellipsis), Code::kNonVariadicDotDotDot,
                  fmt::format("cannot use ... in call to non-variadic {}",
                              checker.Text(call.fun)));
    return std::nullopt;
  }
  if (HasDots(call) && call.args.size == 1 && args.size() > 1) {
    checker.Error(
        checker.AtPos(call.ellipsis), Code::kInvalidDotDotDot,
        fmt::format("cannot use ... with {}-valued {}", args.size(),
                    checker.Text(checker.tree().Items(call.args)[0])));
    return std::nullopt;
  }
  if (signature->variadic && !HasDots(call)) {
    if (args.size() + 1 < declared.size()) {
      --wanted;
    } else {
      const Slice* const list = TryAs<Slice>(declared.back().type);
      const Param repeated = {declared.back().name,
                              list != nullptr ? list->elem : InvalidType()};
      result.adjusted.reserve(args.size());
      result.adjusted.assign(declared.begin(), declared.end() - 1);
      result.adjusted.resize(args.size(), repeated);
      result.params = result.adjusted;
      result.is_adjusted = true;
      wanted = args.size();
    }
  }
  if (args.size() != wanted) {
    const bool too_many = args.size() > wanted;
    checker.Error(
        too_many ? checker.AtOperand(args[wanted]) : AtRparen(checker, ref),
        Code::kWrongArgCount,
        fmt::format("{} arguments in call to {}\n\thave {}\n\twant {}",
                    too_many ? "too many" : "not enough",
                    checker.Text(call.fun),
                    SummaryOfArgs(checker, args, HasDots(call)),
                    SummaryOfParams(checker, declared, signature->variadic)));
    return std::nullopt;
  }
  return result;
}

void ReportOldVersion(Checker& checker, const ast::CallExpr& call) {
  if (checker.AllowVersion(18)) {
    return;
  }
  if (const auto indexed = checker.AsIndexedExpr(call.fun)) {
    checker.VerifyVersion(checker.AtPos(indexed->lbrack), 18,
                          "function instantiation");
  } else {
    checker.VerifyVersion(checker.AtPos(call.lparen), 18,
                          "implicit function instantiation");
  }
}

const Signature* GenericFunction(const Operand& x) {
  const Signature* const signature = TryAs<Signature>(x.type);
  return signature != nullptr && !signature->type_params.empty() ? signature
                                                                 : nullptr;
}

// What is to be inferred for a call: the type parameters of the callee, then
// those of arguments that are generic functions.
struct Unknowns {
  std::vector<const TypeParam*> type_params;
  std::vector<const Type*> type_args;
  std::vector<size_t> generic_args;
};

// Adds the type parameters of generic arguments, under new identities: one
// function may be passed twice.
void AddGenericArgs(Checker& checker, OperandList& args,
                    std::span<const std::vector<const Type*>> arg_type_args,
                    Unknowns& unknowns) {
  for (size_t i = 0; i < args.size(); ++i) {
    const Signature* const generic = GenericFunction(args[i]);
    if (generic == nullptr) {
      continue;
    }
    const RenamedTypeParams renamed = RenameTypeParams(
        checker.types, generic->type_params,
        checker.types.SignatureOf({}, generic->params, generic->results,
                                  generic->variadic));
    const Signature* const signature = TryAs<Signature>(renamed.type);
    if (signature == nullptr) {
      continue;
    }
    args[i].type =
        checker.types.SignatureOf(renamed.type_params, signature->params,
                                  signature->results, signature->variadic);
    unknowns.type_params.insert(unknowns.type_params.end(),
                                renamed.type_params.begin(),
                                renamed.type_params.end());
    if (i < arg_type_args.size()) {
      unknowns.type_args.insert(unknowns.type_args.end(),
                                arg_type_args[i].begin(),
                                arg_type_args[i].end());
    }
    unknowns.type_args.resize(unknowns.type_params.size());
    unknowns.generic_args.push_back(i);
  }
}

std::vector<Param> SubstituteParams(Checker& checker,
                                    std::span<const Param> params,
                                    const Substitution& substitution) {
  std::vector<Param> result;
  result.reserve(params.size());
  const Type* last = nullptr;
  for (const Param& param : params) {
    // Repeated parameters follow each other.
    result.push_back({param.name, param.type == last
                                      ? result.back().type
                                      : Substitute(checker.types, param.type,
                                                   substitution)});
    last = param.type;
  }
  return result;
}

// Types of their own for the arguments of a call that has something to infer.
class CallInference {
 public:
  CallInference(Checker& checker, ast::Ref<ast::CallExpr> ref,
                const Signature* signature, CallParams& params,
                OperandList& args)
      : checker_(checker),
        ref_(ref),
        call_(checker.Get(ref)),
        signature_(signature),
        params_(params),
        args_(args) {}

  // False after an error, or if an argument is invalid.
  bool Run(std::span<const Type* const> type_args,
           std::span<const std::vector<const Type*>> arg_type_args) {
    std::span<const Param> params = params_.params;
    if (!signature_->type_params.empty()) {
      ReportOldVersion(checker_, call_);
      std::span<const TypeParam* const> own = signature_->type_params;
      if (MayMentionTypeParams(checker_, own)) {
        const RenamedTypeParams renamed = RenameTypeParams(
            checker_.types, own, checker_.types.TupleOf(params));
        const Tuple* const tuple = TryAs<Tuple>(renamed.type);
        if (tuple == nullptr) {
          return false;
        }
        params = tuple->params;
        own = renamed.type_params;
      }
      unknowns_.type_params.assign(own.begin(), own.end());
      unknowns_.type_args.assign(type_args.begin(), type_args.end());
      unknowns_.type_args.resize(own.size());
    }
    AddGenericArgs(checker_, args_, arg_type_args, unknowns_);
    if (!unknowns_.generic_args.empty()) {
      checker_.VerifyVersion(
          checker_.AtOperand(args_[unknowns_.generic_args[0]]), 21,
          "implicitly instantiated function as argument");
    }
    return Solve(params);
  }

  // The instantiated callee; adapts `params` and the types of arguments.
  const Signature* Instantiate(std::span<const ast::ExprId> type_arg_exprs) {
    const source::Pos pos = ast::Begin(checker_.tree(), ref_);
    const std::span<const Type* const> found = unknowns_.type_args;
    const Signature* result = signature_;
    size_t done = signature_->type_params.size();
    if (done > 0) {
      const std::span<const Type* const> own = found.first(done);
      result = checker_.InstantiateSignature(pos, call_.fun, signature_, own,
                                             type_arg_exprs);
      if (params_.is_adjusted) {
        params_.adjusted =
            SubstituteParams(checker_, params_.adjusted,
                             {.from = signature_->type_params, .to = own});
        params_.params = params_.adjusted;
      } else {
        params_.params = ParamsOf(result->params);
      }
    }
    for (const size_t i : unknowns_.generic_args) {
      Operand& arg = args_[i];
      const Signature* const generic = As<Signature>(arg.type);
      const size_t count = generic->type_params.size();
      arg.type = checker_.InstantiateSignature(pos, arg.expr, generic,
                                               found.subspan(done, count), {});
      checker_.Record(arg);
      done += count;
    }
    return result;
  }

 private:
  bool Solve(std::span<const Param> params) {
    const InferenceInput input = {.type_params = unknowns_.type_params,
                                  .type_args = unknowns_.type_args,
                                  .params = params,
                                  .args = args_,
                                  .minor_version = checker_.env.version.minor};
    InferenceResult result =
        Infer(checker_.types, input, checker_.Resolver(),
              [this](const Operand& x) { return checker_.Text(x.expr); });
    if (result.type_args.size() != unknowns_.type_params.size()) {
      Report(result);
      return false;
    }
    unknowns_.type_args = std::move(result.type_args);
    return true;
  }

  void Report(const InferenceResult& result) {
    if (result.error.empty()) {
      return;
    }
    const bool is_of_arg = result.arg_index >= 0;
    checker_.Error(is_of_arg ? checker_.AtOperand(
                                   args_[static_cast<size_t>(result.arg_index)])
                             : checker_.AtNode(ref_),
                   Code::kCannotInferTypeArgs,
                   fmt::format("in call to {}, {}", checker_.Text(call_.fun),
                               result.error));
  }

  Checker& checker_;
  ast::Ref<ast::CallExpr> ref_;
  const ast::CallExpr& call_;
  const Signature* signature_;
  CallParams& params_;
  OperandList& args_;
  Unknowns unknowns_;
};

bool HasGenericArg(std::span<const Operand> args) {
  for (const Operand& arg : args) {
    if (GenericFunction(arg) != nullptr) {
      return true;
    }
  }
  return false;
}

// Nothing needs to be converted or reported to pass `arg` for a `type`.
bool IsPlainlyAssignable(Checker& checker, const Operand& arg,
                         const Type* type) {
  switch (arg.mode) {
    case Mode::kConstant:
    case Mode::kVariable:
    case Mode::kMapIndex:
    case Mode::kValue:
    case Mode::kCommaOk:
    case Mode::kCommaErr:
      break;
    default:
      return false;
  }
  if (IsUntyped(arg.type) || TryAs<Tuple>(arg.type) != nullptr ||
      GenericFunction(arg) != nullptr) {
    return false;
  }
  if (arg.type == type) {
    return true;
  }
  Code code = Code::kIncompatibleAssign;
  return checker.AssignableTo(arg, type, nullptr, &code);
}

// Evaluates argument `i` if it is written as an index expression. True if it
// was one.
bool CheckIndexedArgument(Checker& checker, Operand& x, ast::ExprId expr,
                          size_t i,
                          std::vector<std::vector<const Type*>>* type_args) {
  const std::optional<IndexedExpr> indexed = checker.AsIndexedExpr(expr);
  if (!indexed) {
    return false;
  }
  if (!checker.IndexExpr(x, *indexed)) {
    // As RawExpr does; to let it evaluate the expression again would take
    // exponential time for nested ones.
    x.expr = expr;
    if (x.is_valid()) {
      RequireFiniteSize(checker, x);
      checker.Record(x);
    }
    ExcludeNonValues(checker, x);
    return true;
  }
  // Before Go 1.21 an argument had to be instantiated by itself.
  const bool infer = !checker.AllowVersion(21);
  std::vector<const Type*> partial = checker.FuncInst(
      nullptr, ast::Begin(checker.tree(), expr), x, &*indexed, infer);
  x.expr = expr;
  if (partial.empty()) {
    checker.Record(x);
    return true;
  }
  if (type_args->size() <= i) {
    type_args->resize(i + 1);
  }
  (*type_args)[i] = std::move(partial);
  return true;
}

}  // namespace

std::string CountedTypeText(const Checker& checker, const Type* type) {
  if (type == nullptr || !IsValid(type)) {
    return "unknown type";
  }
  if (IsTyped(type)) {
    return checker.Text(type);
  }
  if (IsNumeric(type)) {
    return "number";
  }
  constexpr std::string_view kUntyped = "untyped ";
  return std::string(As<Basic>(type)->name.substr(kUntyped.size()));
}

void ExcludeNonValues(Checker& checker, Operand& x) {
  switch (x.mode) {
    case Mode::kNoValue:
      checker.Error(checker.AtOperand(x), Code::kTooManyValues,
                    checker.Text(x) + " used as value");
      break;
    case Mode::kBuiltin:
      checker.Error(checker.AtOperand(x), Code::kUncalledBuiltin,
                    checker.Text(x) + " must be called");
      break;
    case Mode::kTypeExpr:
      checker.Error(checker.AtOperand(x), Code::kNotAnExpr,
                    checker.Text(x) + " is not an expression");
      break;
    default:
      return;
  }
  x.Invalidate();
}

OperandList Checker::ExprList(std::span<const ast::ExprId> exprs) {
  if (exprs.size() == 1) {
    bool is_comma_ok = false;
    return MultiExpr(exprs[0], false, &is_comma_ok);
  }
  OperandList operands(exprs.size());
  for (size_t i = 0; i < exprs.size(); ++i) {
    Expr(nullptr, operands[i], exprs[i]);
  }
  return operands;
}

OperandList Checker::GenericExprList(
    std::span<const ast::ExprId> exprs,
    std::vector<std::vector<const Type*>>* type_args) {
  OperandList operands(exprs.size());
  if (exprs.size() != 1) {
    for (size_t i = 0; i < exprs.size(); ++i) {
      if (!CheckIndexedArgument(*this, operands[i], exprs[i], i, type_args)) {
        GenericExpr(operands[i], exprs[i]);
      }
    }
    return operands;
  }
  Operand& x = operands[0];
  if (CheckIndexedArgument(*this, x, exprs[0], 0, type_args)) {
    return operands;
  }
  RawExpr(nullptr, x, exprs[0], nullptr, true);
  ExcludeNonValues(*this, x);
  const Tuple* const tuple = x.is_valid() ? TryAs<Tuple>(x.type) : nullptr;
  if (tuple != nullptr) {
    operands.resize(tuple->params.size());
    for (size_t i = 0; i < operands.size(); ++i) {
      operands[i].mode = Mode::kValue;
      operands[i].expr = exprs[0];
      operands[i].type = tuple->params[i].type;
    }
  }
  return operands;
}

void CheckArgumentTypes(Checker& checker, ast::ExprId fun,
                        std::span<const Param> params,
                        std::span<Operand> args) {
  std::string context;
  for (size_t i = 0; i < args.size(); ++i) {
    if (!args[i].is_valid() ||
        IsPlainlyAssignable(checker, args[i], params[i].type)) {
      continue;
    }
    if (context.empty()) {
      context = "argument to " + checker.Text(fun);
    }
    checker.Assignment(args[i], params[i].type, context);
  }
}

const Signature* Checker::Arguments(
    ast::Ref<ast::CallExpr> call, const Signature* signature,
    std::span<const Type* const> type_args,
    std::span<const ast::ExprId> type_arg_exprs, OperandList& args,
    std::span<const std::vector<const Type*>> arg_type_args) {
  std::optional<CallParams> params = MatchParams(*this, call, signature, args);
  if (!params) {
    return signature;
  }
  const Signature* result = signature;
  if (!signature->type_params.empty() || HasGenericArg(args)) {
    CallInference inference(*this, call, signature, *params, args);
    if (!inference.Run(type_args, arg_type_args)) {
      return signature;
    }
    result = inference.Instantiate(type_arg_exprs);
  }
  CheckArgumentTypes(*this, Get(call).fun, params->params, args);
  return result;
}

}  // namespace gdlint::types
