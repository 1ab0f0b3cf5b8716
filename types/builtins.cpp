// Built-in functions: the number of their arguments, and those on slices, maps,
// channels and the like. After the spec's section "Built-in functions".

#include "types/builtins_internal.h"

#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "types/constant.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

constexpr ExprKind kExpression = ExprKind::kExpression;
constexpr ExprKind kStatement = ExprKind::kStatement;

// By BuiltinId.
constexpr std::array kFacts = std::to_array<BuiltinFacts>({
    {"append", 1, true, kExpression},    {"cap", 1, false, kExpression},
    {"clear", 1, false, kStatement},     {"close", 1, false, kStatement},
    {"complex", 2, false, kExpression},  {"copy", 2, false, kStatement},
    {"delete", 2, false, kStatement},    {"imag", 1, false, kExpression},
    {"len", 1, false, kExpression},      {"make", 1, true, kExpression},
    {"max", 1, true, kExpression},       {"min", 1, true, kExpression},
    {"new", 1, false, kExpression},      {"panic", 1, false, kStatement},
    {"print", 0, true, kStatement},      {"println", 0, true, kStatement},
    {"real", 1, false, kExpression},     {"recover", 0, false, kStatement},
    {"Add", 2, false, kExpression},      {"Alignof", 1, false, kExpression},
    {"Offsetof", 1, false, kExpression}, {"Sizeof", 1, false, kExpression},
    {"Slice", 2, false, kExpression},    {"SliceData", 1, false, kExpression},
    {"String", 2, false, kExpression},   {"StringData", 1, false, kExpression},
    {"assert", 1, false, kStatement},    {"trace", 0, true, kStatement},
});
static_assert(kFacts.size() == static_cast<size_t>(BuiltinId::kTrace) + 1);

const Type* Int() { return Typ(BasicKind::kInt); }

// `append(s, y...)` with bytes `s` and a string `y`, perhaps in a type set.
bool IsAppendOfString(BuiltinCall& b) {
  if (b.arg_count != 2 || !HasDots(b.call)) {
    return false;
  }
  Code code = Code::kInvalidAppend;
  bool has_string = false;
  return b.checker.AssignableTo(b.x, b.checker.types.SliceOf(ByteType()),
                                nullptr, &code) &&
         IsBytesOrString(b.args[1].type, &has_string) && has_string;
}

bool CheckAppend(BuiltinCall& b) {
  Checker& checker = b.checker;
  const Type* const type = b.x.type;
  std::string cause;
  const Type* const elem = SliceElem(checker, b.x, cause);
  if (elem == nullptr) {
    return b.Fail(b.x, Code::kInvalidAppend, "invalid append: " + cause);
  }
  const Signature* signature = nullptr;
  if (IsAppendOfString(b)) {
    signature = b.MakeSignature(type, std::array{type, b.args[1].type}, true);
  } else {
    const Type* const rest = checker.types.SliceOf(elem);
    signature = b.MakeSignature(type, std::array{type, rest}, true);
    checker.Arguments(b.ref, signature, {}, {}, b.args, {});
  }
  checker.RecordBuiltinType(b.call.fun, signature);
  b.Give(Mode::kValue, type);
  return true;
}

// The array that a pointer points to; other types are themselves.
const Type* ArrayBehind(const Type* type) {
  const Pointer* const pointer = TryAs<Pointer>(Unalias(type));
  const Array* const array =
      pointer != nullptr ? UnderAs<Array>(pointer->elem) : nullptr;
  return array != nullptr ? array : type;
}

// Whether len (or cap) takes a value whose underlying type is `under`.
bool HasLength(const Type* under, bool is_len) {
  if (under == nullptr) {
    return false;
  }
  const Type* const type = ArrayBehind(under);
  switch (type->kind) {
    case TypeKind::kBasic:
      return is_len && IsString(type);
    case TypeKind::kArray:
    case TypeKind::kSlice:
    case TypeKind::kChan:
      return true;
    case TypeKind::kMap:
      return is_len;
    default:
      return false;
  }
}

// `is_evaluated`: the argument has calls or receive operations.
bool CheckLenOrCap(BuiltinCall& b, bool is_evaluated) {
  Operand& x = b.x;
  const bool is_len = b.id == BuiltinId::kLen;
  const bool is_ok =
      ForEachTypeAndUnder(x.type, [is_len](const Type*, const Type* under) {
        return HasLength(under, is_len);
      });
  if (!is_ok) {
    if (!IsValid(Under(x.type))) {
      return false;
    }
    return b.Fail(x, is_len ? Code::kInvalidLen : Code::kInvalidCap,
                  fmt::format("invalid argument: {} for built-in {}",
                              b.checker.Text(x), b.name()));
  }
  const Type* const type = ArrayBehind(Under(x.type));
  if (type->kind == TypeKind::kBasic && x.mode == Mode::kConstant) {
    // Unknown if the string is: an error or a budget made it so.
    b.GiveConstant(Int(), x.value.is_unknown()
                              ? Value()
                              : constant::MakeInt64(static_cast<int64_t>(
                                    constant::StringSize(x.value))));
    return true;
  }
  if (const Array* const array = TryAs<Array>(type);
      array != nullptr && !is_evaluated) {
    b.GiveConstant(Int(), array->length >= 0
                              ? constant::MakeInt64(array->length)
                              : Value());
    return true;
  }
  b.RecordSignature(Int(), {x.type});
  b.Give(Mode::kValue, Int());
  return true;
}

bool CheckClear(BuiltinCall& b) {
  Checker& checker = b.checker;
  checker.VerifyVersion(checker.AtNode(b.call.fun), 21, "clear");
  const bool is_ok =
      ForEachTypeAndUnder(b.x.type, [](const Type*, const Type* under) {
        return TryAs<Map>(under) != nullptr || TryAs<Slice>(under) != nullptr;
      });
  if (!is_ok) {
    return b.Fail(
        b.x, Code::kInvalidClear,
        fmt::format("invalid argument: cannot clear {}: argument must be (or "
                    "constrained by) map or slice",
                    checker.Text(b.x)));
  }
  b.x.mode = Mode::kNoValue;
  b.RecordSignature(nullptr, {b.x.type});
  return true;
}

bool CheckClose(BuiltinCall& b) {
  const bool is_ok =
      ForEachTypeAndUnder(b.x.type, [&b](const Type*, const Type* under) {
        const Chan* const chan = TryAs<Chan>(under);
        if (chan != nullptr && chan->direction != ChanDirection::kReceiveOnly) {
          return true;
        }
        return b.Fail(b.x, Code::kInvalidClose,
                      fmt::format("invalid operation: cannot close {} {}",
                                  chan == nullptr ? "non-channel"
                                                  : "receive-only channel",
                                  b.checker.Text(b.x)));
      });
  if (!is_ok) {
    return false;
  }
  b.x.mode = Mode::kNoValue;
  b.RecordSignature(nullptr, {b.x.type});
  return true;
}

// What copy needs but for the special case of strings.
bool HaveSameElements(BuiltinCall& b) {
  Checker& checker = b.checker;
  const Operand& x = b.x;
  const Operand& y = b.args[1];
  std::string cause;
  const Type* const to = SliceElem(checker, x, cause);
  if (to == nullptr) {
    return b.Fail(x, Code::kInvalidCopy, "invalid copy: " + cause);
  }
  const Type* from = SliceElem(checker, y, cause);
  if (from == nullptr) {
    if (!AllString(y.type)) {
      return b.Fail(y, Code::kInvalidCopy, "invalid copy: " + cause);
    }
    from = ByteType();
  }
  if (Identical(to, from)) {
    return true;
  }
  return b.Fail(
      x, Code::kInvalidCopy,
      fmt::format("invalid copy: arguments {} and {} have different element "
                  "types {} and {}",
                  checker.Text(x), checker.Text(y), checker.Text(to),
                  checker.Text(from)));
}

bool CheckCopy(BuiltinCall& b) {
  Checker& checker = b.checker;
  const Type* const to = b.x.type;
  const Type* const from = b.args[1].type;
  Code code = Code::kInvalidCopy;
  const bool is_copy_of_bytes =
      checker.AssignableTo(b.x, checker.types.SliceOf(ByteType()), nullptr,
                           &code) &&
      IsBytesOrString(from, nullptr);
  if (!is_copy_of_bytes && !HaveSameElements(b)) {
    return false;
  }
  b.RecordSignature(Int(), {to, from});
  b.Give(Mode::kValue, Int());
  return true;
}

bool CheckDelete(BuiltinCall& b) {
  Checker& checker = b.checker;
  const Type* const map_type = b.x.type;
  const Type* key = nullptr;
  const bool is_ok =
      ForEachTypeAndUnder(map_type, [&](const Type*, const Type* under) {
        const Map* const map = TryAs<Map>(under);
        if (map == nullptr) {
          return b.Fail(b.x, Code::kInvalidDelete,
                        fmt::format("invalid argument: {} is not a map",
                                    checker.Text(b.x)));
        }
        if (key != nullptr && !Identical(map->key, key)) {
          return b.Fail(
              b.x, Code::kInvalidDelete,
              fmt::format("invalid argument: maps of {} must have identical "
                          "key types",
                          checker.Text(b.x)));
        }
        key = map->key;
        return true;
      });
  if (!is_ok) {
    return false;
  }
  b.x = b.args[1];
  checker.Assignment(b.x, key, "argument to delete");
  if (!b.x.is_valid()) {
    return false;
  }
  b.x.mode = Mode::kNoValue;
  b.RecordSignature(nullptr, {map_type, key});
  return true;
}

// The slice, map or channel that make makes for `type`; null after an error.
const Type* UnderOfMade(BuiltinCall& b, const Type* type) {
  Checker& checker = b.checker;
  std::string cause;
  const Type* under = nullptr;
  const bool is_ok =
      ForEachTypeAndUnder(type, [&cause](const Type*, const Type* of_term) {
        if (of_term == nullptr) {
          cause = "no specific type";
          return false;
        }
        switch (of_term->kind) {
          case TypeKind::kSlice:
          case TypeKind::kMap:
          case TypeKind::kChan:
            return true;
          default:
            cause = "type must be slice, map, or channel";
            return false;
        }
      });
  if (is_ok) {
    under = IsTypeParam(type) ? checker.CommonUnder(type, &cause) : Under(type);
  }
  if (under == nullptr) {
    checker.Error(checker.AtNode(b.exprs[0]), Code::kInvalidMake,
                  fmt::format("invalid argument: cannot make {}: {}",
                              checker.Text(b.exprs[0]), cause));
  }
  return under;
}

bool CheckMake(BuiltinCall& b) {
  Checker& checker = b.checker;
  const Type* const type = checker.VarType(b.exprs[0]);
  if (!IsValid(type)) {
    return false;
  }
  const Type* const under = UnderOfMade(b, type);
  if (under == nullptr) {
    return false;
  }
  const size_t least = under->kind == TypeKind::kSlice ? 2 : 1;
  if (b.arg_count < least || b.arg_count > least + 1) {
    checker.Error(
        checker.AtNode(b.ref), Code::kWrongArgCount,
        fmt::format("invalid operation: {} expects {} or {} "
                    "arguments; found {}",
                    checker.Text(b.ref), least, least + 1, b.arg_count));
    return false;
  }
  std::array<const Type*, 3> params = {type};
  std::array<int64_t, 3> sizes = {-1, -1, -1};
  for (size_t i = 1; i < b.arg_count; ++i) {
    params[i] = InvalidType();
    sizes[i] = checker.Index(b.exprs[i], -1, &params[i]);
  }
  if (sizes[1] >= 0 && sizes[2] >= 0 && sizes[1] > sizes[2]) {
    checker.Error(checker.AtNode(b.exprs[1]), Code::kSwappedMakeArgs,
                  "invalid argument: length and capacity swapped");
  }
  b.Give(Mode::kValue, type);
  b.RecordSignature(type, std::span(params).first(b.arg_count));
  return true;
}

bool CheckNew(BuiltinCall& b) {
  Checker& checker = b.checker;
  Operand& x = b.x;
  const ast::ExprId arg = b.exprs[0];
  checker.ExprOrType(x, arg, false);
  if (!x.is_valid()) {
    return false;
  }
  if (x.mode == Mode::kTypeExpr) {
    checker.ValidVarType(arg, x.type);
  } else {
    if (x.mode == Mode::kBuiltin) {
      ExcludeNonValues(checker, x);
      return false;
    }
    if (IsUntyped(x.type)) {
      checker.Assignment(x, nullptr, "argument to new");
      if (!x.is_valid()) {
        return false;
      }
    }
    if (!checker.AllowVersion(26)) {
      checker.VerifyVersion(checker.AtNode(b.call.fun), 26,
                            fmt::format("new({})", checker.Text(arg)));
    }
  }
  const Type* const type = x.type;
  b.Give(Mode::kValue, checker.types.PointerTo(type));
  b.RecordSignature(x.type, {type});
  return true;
}

bool CheckPanic(BuiltinCall& b) {
  Checker& checker = b.checker;
  // Where the end of a function is not reached, no return is missing.
  const Signature* const signature = checker.env.signature;
  if (signature != nullptr && !ParamsOf(signature->results).empty()) {
    checker.panic_calls.insert(b.ref.raw());
  }
  const Type* const any = checker.universe().empty_interface();
  checker.Assignment(b.x, any, "argument to panic");
  if (!b.x.is_valid()) {
    return false;
  }
  b.x.mode = Mode::kNoValue;
  b.RecordSignature(nullptr, {any});
  return true;
}

bool CheckPrint(BuiltinCall& b) {
  std::vector<const Type*> params;
  params.reserve(b.args.size());
  for (Operand& arg : b.args) {
    b.checker.Assignment(arg, nullptr,
                         b.id == BuiltinId::kPrint
                             ? "argument to built-in print"
                             : "argument to built-in println");
    if (!arg.is_valid()) {
      return false;
    }
    params.push_back(arg.type);
  }
  b.x.mode = Mode::kNoValue;
  b.RecordSignature(nullptr, params);
  return true;
}

bool CheckRecover(BuiltinCall& b) {
  b.Give(Mode::kValue, b.checker.universe().empty_interface());
  b.RecordSignature(b.x.type, {});
  return true;
}

bool CheckAssert(BuiltinCall& b) {
  Checker& checker = b.checker;
  if (b.x.mode != Mode::kConstant || !IsBoolean(b.x.type)) {
    return b.Fail(b.x, Code::kTest,
                  fmt::format("invalid argument: {} is not a boolean constant",
                              checker.Text(b.x)));
  }
  if (b.x.value.kind() != ConstantKind::kBool) {
    return b.Fail(b.x, Code::kTest,
                  fmt::format("internal error: value of {} should be a boolean "
                              "constant",
                              checker.Text(b.x)));
  }
  if (!constant::BoolValue(b.x.value)) {
    checker.Error(checker.AtNode(b.ref), Code::kTest,
                  checker.Text(b.ref) + " failed");
  }
  return true;
}

// The value of trace is its first argument.
bool CheckTrace(BuiltinCall& b) {
  if (b.exprs.empty()) {
    b.x.mode = Mode::kNoValue;
    return true;
  }
  b.checker.RawExpr(nullptr, b.x, b.exprs[0], nullptr, false);
  for (const ast::ExprId expr : b.exprs.subspan(1)) {
    Operand other;
    b.checker.RawExpr(nullptr, other, expr, nullptr, false);
  }
  return b.x.is_valid();
}

bool Dispatch(BuiltinCall& b) {
  switch (b.id) {
    case BuiltinId::kAppend:
      return CheckAppend(b);
    case BuiltinId::kCap:
    case BuiltinId::kLen:
      return CheckLenOrCap(b, b.checker.env.has_call_or_recv);
    case BuiltinId::kClear:
      return CheckClear(b);
    case BuiltinId::kClose:
      return CheckClose(b);
    case BuiltinId::kComplex:
      return CheckComplex(b);
    case BuiltinId::kCopy:
      return CheckCopy(b);
    case BuiltinId::kDelete:
      return CheckDelete(b);
    case BuiltinId::kImag:
    case BuiltinId::kReal:
      return CheckRealOrImag(b);
    case BuiltinId::kMake:
      return CheckMake(b);
    case BuiltinId::kMax:
    case BuiltinId::kMin:
      return CheckMinOrMax(b);
    case BuiltinId::kNew:
      return CheckNew(b);
    case BuiltinId::kPanic:
      return CheckPanic(b);
    case BuiltinId::kPrint:
    case BuiltinId::kPrintln:
      return CheckPrint(b);
    case BuiltinId::kRecover:
      return CheckRecover(b);
    case BuiltinId::kAdd:
      return CheckUnsafeAdd(b);
    case BuiltinId::kAlignof:
      return CheckAlignof(b);
    case BuiltinId::kOffsetof:
      return CheckOffsetof(b);
    case BuiltinId::kSizeof:
      return CheckSizeof(b);
    case BuiltinId::kSlice:
      return CheckUnsafeSlice(b);
    case BuiltinId::kSliceData:
      return CheckSliceData(b);
    case BuiltinId::kString:
      return CheckUnsafeString(b);
    case BuiltinId::kStringData:
      return CheckStringData(b);
    case BuiltinId::kAssert:
      return CheckAssert(b);
    case BuiltinId::kTrace:
      return CheckTrace(b);
  }
  return false;
}

// Its arguments are not, or not all, values.
bool EvaluatesItsOwnArgs(BuiltinId id) {
  return id == BuiltinId::kMake || id == BuiltinId::kNew ||
         id == BuiltinId::kOffsetof || id == BuiltinId::kTrace;
}

// Evaluates the arguments that are values, counts them and checks the call.
bool CheckBuiltinCall(BuiltinCall& b) {
  Checker& checker = b.checker;
  b.arg_count = b.exprs.size();
  if (!EvaluatesItsOwnArgs(b.id)) {
    b.args = checker.ExprList(b.exprs);
    b.arg_count = b.args.size();
    for (const Operand& arg : b.args) {
      if (!arg.is_valid()) {
        return false;
      }
    }
    if (!b.args.empty()) {
      b.x = b.args[0];
    }
  }
  const BuiltinFacts& facts = FactsOf(b.id);
  const bool too_few = b.arg_count < facts.arg_count;
  if (too_few || (!facts.is_variadic && b.arg_count > facts.arg_count)) {
    checker.Error(
        AtRparen(checker, b.ref), Code::kWrongArgCount,
        fmt::format("invalid operation: {} arguments for {} (expected {}, "
                    "found {})",
                    too_few ? "not enough" : "too many", checker.Text(b.ref),
                    facts.arg_count, b.arg_count));
    return false;
  }
  return Dispatch(b);
}

}  // namespace

const BuiltinFacts& FactsOf(BuiltinId id) {
  return kFacts[static_cast<size_t>(id)];
}

ExprKind KindOfBuiltin(BuiltinId id) { return FactsOf(id).kind; }

bool BuiltinCall::Fail(const Operand& at, Code code,
                       std::string message) const {
  checker.Error(checker.AtOperand(at), code, std::move(message));
  return false;
}

const Signature* BuiltinCall::MakeSignature(const Type* result,
                                            std::span<const Type* const> params,
                                            bool is_variadic) const {
  std::array<Param, 4> few = {};
  std::vector<Param> many;
  std::span<Param> list = few;
  if (params.size() > few.size()) {
    many.resize(params.size());
    list = many;
  }
  for (size_t i = 0; i < params.size(); ++i) {
    list[i] = {nullptr, Default(params[i])};
  }
  const Param of_result = {nullptr, result};
  return checker.types.SignatureOf(
      {}, checker.types.TupleOf(list.first(params.size())),
      result != nullptr ? checker.types.TupleOf({&of_result, 1}) : nullptr,
      is_variadic);
}

void BuiltinCall::RecordSignature(const Type* result,
                                  std::span<const Type* const> params) const {
  checker.RecordBuiltinType(call.fun, MakeSignature(result, params));
}

const Type* SliceElem(const Checker& checker, const Operand& x,
                      std::string& cause) {
  const Type* elem = nullptr;
  const bool is_ok =
      ForEachTypeAndUnder(x.type, [&](const Type*, const Type* under) {
        const Slice* const slice = TryAs<Slice>(under);
        if (slice == nullptr) {
          cause = "argument must be a slice; have " +
                  (x.is_nil() ? "untyped nil" : checker.Text(x));
          return false;
        }
        if (elem != nullptr && !Identical(elem, slice->elem)) {
          cause = fmt::format("mismatched slice element types {} and {} in {}",
                              checker.Text(elem), checker.Text(slice->elem),
                              checker.Text(x));
          return false;
        }
        elem = slice->elem;
        return true;
      });
  return is_ok ? elem : nullptr;
}

bool IsBytesOrString(const Type* type, bool* has_string) {
  return ForEachTypeAndUnder(
      type, [has_string](const Type*, const Type* under) {
        if (under != nullptr && IsString(under)) {
          if (has_string != nullptr) {
            *has_string = true;
          }
          return true;
        }
        const Slice* const slice = TryAs<Slice>(under);
        return slice != nullptr && Identical(slice->elem, ByteType());
      });
}

bool Checker::Builtin(Operand& x, ast::Ref<ast::CallExpr> ref, BuiltinId id) {
  const ast::CallExpr& call = Get(ref);
  const ExprIds exprs = Exprs(call.args);
  if (HasDots(call) && id != BuiltinId::kAppend) {
    Error(AtPos(call.ellipsis), Code::kInvalidDotDotDot,
          fmt::format("invalid operation: invalid use of ... with built-in {}",
                      FactsOf(id).name));
    Use(exprs);
    return false;
  }
  BuiltinCall b = {.checker = *this,
                   .x = x,
                   .ref = ref,
                   .call = call,
                   .id = id,
                   .exprs = exprs,
                   .args = {}};
  if (id != BuiltinId::kLen && id != BuiltinId::kCap) {
    return CheckBuiltinCall(b);
  }
  // Whether the length of an array is constant depends on what its own
  // argument evaluates.
  const bool had_call_or_recv = std::exchange(env.has_call_or_recv, false);
  const bool is_ok = CheckBuiltinCall(b);
  env.has_call_or_recv = had_call_or_recv;
  return is_ok;
}

}  // namespace gdlint::types
