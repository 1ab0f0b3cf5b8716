// Calls: what is called, and with what result; and the instantiation of generic
// functions. After the spec's sections "Calls", "Conversions" and
// "Instantiations".

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "types/call_internal.h"
#include "types/checker.h"
#include "types/infer.h"
#include "types/substitute.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

// A signature of the same shape, of which nothing is known.
const Signature* UnknownSignatureLike(Checker& checker,
                                      const Signature* signature) {
  const auto unknown = [&](const Tuple* tuple) {
    std::vector<Param> params;
    for (const Param& param : ParamsOf(tuple)) {
      params.push_back({param.name, InvalidType()});
    }
    return checker.types.TupleOf(params);
  };
  return checker.types.SignatureOf({}, unknown(signature->params),
                                   unknown(signature->results), false);
}

// Of one instantiation: what is verified about its type arguments.
struct Verification {
  source::Pos pos;
  std::span<const TypeParam* const> type_params;
  std::span<const Type* const> type_args;
  // Where the first type arguments are written; others were inferred.
  std::vector<source::Pos> arg_positions;

  source::Pos PosOf(size_t i) const {
    return i < arg_positions.size() ? arg_positions[i] : pos;
  }
};

void RecordEdges(Checker& checker, const Verification& what) {
  for (size_t i = 0; i < what.type_params.size(); ++i) {
    // No cycle leads through another package.
    if (what.type_params[i]->obj->package == &checker.package) {
      checker.instantiations.push_back(
          {what.type_params[i],
           what.type_args[i],
           {checker.env.unit->file, what.PosOf(i)}});
    }
  }
}

// Returns false, and reports if `may_report`, if a type argument does not
// satisfy its constraint.
bool VerifyInstantiation(Checker& checker, const Verification& what,
                         bool may_report) {
  std::string cause;
  const int failed =
      VerifyTypeArgs(checker.types, what.type_params, what.type_args,
                     checker.Resolver(), may_report ? &cause : nullptr);
  if (failed < 0) {
    RecordEdges(checker, what);
    return true;
  }
  if (may_report) {
    const auto index = static_cast<size_t>(failed);
    const size_t error_count = checker.errors.size();
    checker.SoftError(checker.AtPos(what.PosOf(index)), Code::kInvalidTypeArg,
                      std::move(cause));
    checker.NoteUnknown(
        error_count, {what.type_params[index]->bound, what.type_args[index]});
  }
  return false;
}

// The type arguments of `x` that assigning it to `target` asks for, of which
// `given` are known. Empty after an error.
std::vector<const Type*> InferFromTarget(Checker& checker, const Target* target,
                                         source::Pos pos, const Operand& x,
                                         std::vector<const Type*> given) {
  const Signature* const signature = As<Signature>(x.type);
  InferenceInput input = {.type_params = signature->type_params,
                          .type_args = given,
                          .params = {},
                          .args = {},
                          .minor_version = checker.env.version.minor};
  const Type* plain = checker.types.SignatureOf(
      {}, signature->params, signature->results, signature->variadic);
  if (MayMentionTypeParams(checker, signature->type_params)) {
    const RenamedTypeParams renamed =
        RenameTypeParams(checker.types, signature->type_params, plain);
    input.type_params = renamed.type_params;
    plain = renamed.type;
  }
  // As a call of a function with one parameter, of the generic function's type,
  // with what it is assigned to.
  const Param param = {nullptr, plain};
  Operand arg;
  if (target != nullptr) {
    arg.mode = Mode::kValue;
    arg.type = target->signature;
    input.params = {&param, 1};
    input.args = {&arg, 1};
    input.reverse = true;
  }
  InferenceResult result =
      Infer(checker.types, input, checker.Resolver(), [target](const Operand&) {
        return target != nullptr ? target->description : std::string();
      });
  if (result.type_args.empty() && !result.error.empty()) {
    checker.Error(result.arg_index >= 0
                      ? checker.AtPos(ast::Begin(checker.tree(), x.expr))
                      : checker.AtPos(pos),
                  Code::kCannotInferTypeArgs, std::move(result.error));
  }
  return std::move(result.type_args);
}

// `type(args)`, `x` being the type.
void CheckConversion(Checker& checker, Operand& x, const ast::CallExpr& call,
                     ast::Ref<ast::CallExpr> ref,
                     std::span<const ast::ExprId> args) {
  const Type* const type = x.type;
  x.Invalidate();
  if (args.empty()) {
    checker.Error(AtRparen(checker, ref), Code::kWrongArgCount,
                  fmt::format("missing argument in conversion to {}",
                              checker.Text(type)));
    return;
  }
  if (args.size() > 1) {
    checker.Use(args);
    checker.Error(checker.AtNode(args.back()), Code::kWrongArgCount,
                  fmt::format("too many arguments in conversion to {}",
                              checker.Text(type)));
    return;
  }
  checker.Expr(nullptr, x, args[0]);
  if (!x.is_valid()) {
    return;
  }
  if (HasDots(call)) {
    checker.Error(checker.AtNode(args[0]), Code::kBadDotDotDotSyntax,
                  fmt::format("invalid use of ... in conversion to {}",
                              checker.Text(type)));
    return;
  }
  if (IsNonTypeParamInterface(type) &&
      !TypeSetOf(UnderAs<Interface>(type))->IsMethodSet()) {
    checker.Error(checker.AtNode(ref), Code::kMisplacedConstraintIface,
                  fmt::format("cannot use interface {} in conversion (contains "
                              "specific type constraints or is comparable)",
                              checker.Text(type)));
    return;
  }
  checker.Conversion(x, type);
}

bool ReportIfGeneric(Checker& checker, Operand& x) {
  if (!IsGeneric(x.type)) {
    return false;
  }
  checker.Error(checker.AtNode(x.expr), Code::kWrongTypeArgCount,
                fmt::format("cannot use generic type {} without instantiation",
                            checker.Text(x.expr)));
  x.Invalidate();
  x.type = InvalidType();
  return true;
}

// The signature that a call of `x` uses, or null, and `cause` says why.
const Signature* CalleeSignature(Checker& checker, const Operand& x,
                                 std::string& cause) {
  if (!IsTypeParam(x.type)) {
    if (const Signature* const signature = UnderAs<Signature>(x.type)) {
      return signature;
    }
    cause = checker.Text(x.type) + " is not a function";
    return nullptr;
  }
  const bool all_functions =
      ForEachTypeAndUnder(x.type, [&](const Type* type, const Type* under) {
        if (under == nullptr || TryAs<Signature>(under) != nullptr) {
          return true;
        }
        cause = checker.Text(type) + " is not a function";
        return false;
      });
  if (!all_functions) {
    return nullptr;
  }
  return TryAs<Signature>(checker.CommonUnder(x.type, &cause));
}

// Ends a call that was reported.
void Fail(Checker& checker, Operand& x, ast::Ref<ast::CallExpr> call,
          std::span<const ast::ExprId> args) {
  checker.Use(args);
  x.Invalidate();
  x.expr = call;
}

// What an ordinary call gives.
void SetResult(Operand& x, const Signature* signature) {
  const std::span<const Param> results = ParamsOf(signature->results);
  const bool is_cgo_call = x.mode == Mode::kCgoFunc;
  switch (results.size()) {
    case 0:
      x.mode = Mode::kNoValue;
      break;
    case 1:
      x.mode = is_cgo_call ? Mode::kCommaErr : Mode::kValue;
      x.type = results[0].type;
      break;
    default:
      x.mode = Mode::kValue;
      x.type = signature->results;
      break;
  }
  // The parameters of what could not be inferred mean nothing here.
  if (x.mode == Mode::kValue && !signature->type_params.empty() &&
      IsParameterized(signature->type_params, x.type)) {
    x.Invalidate();
  }
}

}  // namespace

bool MayMentionTypeParams(const Checker& checker,
                          std::span<const TypeParam* const> type_params) {
  if (type_params.front()->obj->package != &checker.package) {
    return false;
  }
  // They are declared together: one that has a name tells for all. By object,
  // as a body may have its parameters in a scope of its own.
  const auto named = std::ranges::find_if(
      type_params,
      [](const TypeParam* param) { return !param->obj->name->is_blank; });
  if (named == type_params.end()) {
    return true;
  }
  const TypeName* const object = (*named)->obj;
  for (const Scope* scope = checker.env.scope; scope != nullptr;
       scope = scope->parent()) {
    if (scope->Lookup(object->name) == object) {
      return true;
    }
  }
  return false;
}

std::vector<const Type*> Checker::FuncInst(const Target* target,
                                           source::Pos pos, Operand& x,
                                           const IndexedExpr* expr,
                                           bool infer) {
  const At at = AtPos(expr != nullptr ? expr->lbrack : pos);
  if (expr != nullptr) {
    x.expr = expr->expr;
  }
  const bool is_allowed = VerifyVersion(at, 18, "function instantiation");
  std::span<const ast::ExprId> type_arg_exprs;
  std::vector<const Type*> type_args;
  if (expr != nullptr) {
    type_arg_exprs = expr->indices;
    type_args = TypeList(type_arg_exprs);
    if (type_args.empty()) {
      x.Invalidate();
      return {};
    }
  }
  const Signature* const signature = As<Signature>(x.type);
  const size_t wanted = signature->type_params.size();
  if (type_args.size() > wanted) {
    Error(AtNode(type_arg_exprs.back()), Code::kWrongTypeArgCount,
          fmt::format("got {} type arguments but want {}", type_args.size(),
                      wanted));
    x.Invalidate();
    return {};
  }
  if (type_args.size() < wanted) {
    if (!infer) {
      return type_args;
    }
    if (target != nullptr && is_allowed) {
      VerifyVersion(at, 21,
                    expr != nullptr
                        ? "partially instantiated function in assignment"
                        : "implicitly instantiated function in assignment");
    }
    type_args = InferFromTarget(*this, target, pos, x, std::move(type_args));
    if (type_args.size() != wanted) {
      x.Invalidate();
      return {};
    }
  }
  x.type = InstantiateSignature(ast::Begin(tree(), x.expr), x.expr, signature,
                                type_args, type_arg_exprs);
  x.mode = Mode::kValue;
  return {};
}

const Signature* Checker::InstantiateSignature(
    source::Pos pos, ast::ExprId expr, const Signature* signature,
    std::span<const Type* const> type_args,
    std::span<const ast::ExprId> type_arg_exprs) {
  Verification what = {.pos = pos,
                       .type_params = signature->type_params,
                       .type_args = arena().Copy(type_args),
                       .arg_positions = {}};
  const Signature* instance =
      TryAs<Signature>(Instantiate(types, signature, what.type_args));
  if (instance == nullptr) {
    Error(AtPos(pos), Code::kTooComplex, "instantiated type is too complex");
    return UnknownSignatureLike(*this, signature);
  }
  RecordInstance(expr, what.type_args, instance);
  for (const ast::ExprId type_arg : type_arg_exprs) {
    what.arg_positions.push_back(ast::Begin(tree(), type_arg));
  }
  // Constraints may speak of types that are still being declared. In a body
  // that can only be local ones.
  if (is_body && object_path.empty() &&
      VerifyInstantiation(*this, what, false)) {
    return instance;
  }
  Later([this, what = std::move(what)] {
    VerifyInstantiation(*this, what, true);
  });
  return instance;
}

ExprKind Checker::CallExpr(Operand& x, ast::Ref<ast::CallExpr> ref) {
  const ast::CallExpr& call = Get(ref);
  // Of a function whose instantiation is left to its arguments.
  std::optional<IndexedExpr> instantiation = AsIndexedExpr(call.fun);
  if (instantiation) {
    if (!IndexExpr(x, *instantiation)) {
      instantiation.reset();
    }
    x.expr = call.fun;
    Record(x);
  } else {
    ExprOrType(x, call.fun, true);
  }
  const ExprIds arg_exprs = Exprs(call.args);

  switch (x.mode) {
    case Mode::kInvalid:
      Fail(*this, x, ref, arg_exprs);
      return ExprKind::kStatement;
    case Mode::kTypeExpr:
      if (!ReportIfGeneric(*this, x)) {
        CheckConversion(*this, x, call, ref, arg_exprs);
        x.expr = ref;
      }
      return ExprKind::kConversion;
    case Mode::kBuiltin: {
      const BuiltinId id = x.builtin;
      if (!Builtin(x, ref, id)) {
        x.Invalidate();
      }
      x.expr = ref;
      if (x.is_valid() && x.mode != Mode::kConstant) {
        env.has_call_or_recv = true;
      }
      return KindOfBuiltin(id);
    }
    default:
      break;
  }

  std::string cause;
  const Signature* signature = CalleeSignature(*this, x, cause);
  if (signature == nullptr) {
    Error(AtOperand(x), Code::kInvalidCall,
          fmt::format("invalid operation: cannot call {}: {}", Text(x), cause));
    x.Invalidate();
    x.expr = ref;
    return ExprKind::kStatement;
  }
  const bool was_generic = !signature->type_params.empty();

  std::vector<const Type*> type_args;
  std::span<const ast::ExprId> type_arg_exprs;
  if (instantiation) {
    type_arg_exprs = instantiation->indices;
    type_args = TypeList(type_arg_exprs);
    const size_t wanted = signature->type_params.size();
    if (type_args.size() > wanted) {
      Error(AtNode(type_arg_exprs[wanted]), Code::kWrongTypeArgCount,
            fmt::format("got {} type arguments but want {}", type_args.size(),
                        wanted));
    }
    if (type_args.empty() || type_args.size() > wanted) {
      Fail(*this, x, ref, arg_exprs);
      return ExprKind::kStatement;
    }
    // With all type arguments the type of what is called is known, whatever
    // may be wrong with its arguments.
    if (type_args.size() == wanted) {
      VerifyVersion(AtPos(instantiation->lbrack), 18, "function instantiation");
      signature = InstantiateSignature(ast::Begin(tree(), instantiation->expr),
                                       instantiation->expr, signature,
                                       type_args, type_arg_exprs);
      type_args.clear();
      type_arg_exprs = {};
    }
  }

  std::vector<std::vector<const Type*>> arg_type_args;
  OperandList args = GenericExprList(arg_exprs, &arg_type_args);
  signature =
      Arguments(ref, signature, type_args, type_arg_exprs, args, arg_type_args);
  if (was_generic && signature->type_params.empty()) {
    RecordTypeAndValue(call.fun, Mode::kValue, signature);
  }
  SetResult(x, signature);
  x.expr = ref;
  env.has_call_or_recv = true;
  return ExprKind::kStatement;
}

}  // namespace gdlint::types
