#include "ssa/verify_types.h"

#include <fmt/format.h>

#include <algorithm>

#include "lexer/operator.h"
#include "types/predicates.h"
#include "types/type_set.h"
#include "types/type_string.h"
#include "types/universe.h"

namespace gdlint::ssa {
namespace {

using lexer::TokenKind;
using types::Type;

bool Same(const Type* a, const Type* b) {
  return a == b || (a != nullptr && b != nullptr && types::Identical(a, b));
}

// A type parameter may be anything that its constraint allows: what holds for
// concrete types is not asked of it.
bool IsOpen(const Type* type) { return types::IsTypeParam(type); }

template <typename T>
const T* UnderOf(const Type* type) {
  return type == nullptr ? nullptr : types::UnderAs<T>(type);
}

// One instruction. Each check gives what is wrong, or an empty string.
class TypeChecker {
 public:
  TypeChecker(const Function& function, const Inst& inst)
      : function_(function),
        inst_(inst),
        operands_(function.Operands(inst)),
        type_(inst.type) {}

  std::string Problem() const {
    switch (inst_.op) {
      case Op::kPhi:
        return Phi();
      case Op::kAlloc:
        return Expect(UnderOf<types::Pointer>(type_) != nullptr,
                      "its type is no pointer") +
               VarIndex();
      case Op::kLoad:
        return IsOpen(TypeAt(0)) ? "" : Pair(type_, Elem(0));
      case Op::kStore:
        return IsOpen(TypeAt(0)) ? "" : Pair(Elem(0), TypeAt(1));
      case Op::kFieldAddr:
        return FieldOf(Elem(0), PointerElem(type_));
      case Op::kField:
        return FieldOf(TypeAt(0), type_);
      case Op::kIndexAddr:
        return IndexAddr();
      case Op::kIndex:
        return Index();
      case Op::kLookup:
        return Lookup();
      case Op::kMapUpdate:
        return MapUpdate();
      case Op::kSlice:
        return Slice();
      case Op::kBinOp:
        return BinOp();
      case Op::kUnOp:
        return UnOp();
      case Op::kRecv:
        return Recv();
      case Op::kSend:
        return Send();
      case Op::kMakeInterface:
        return Expect(types::IsNonTypeParamInterface(type_),
                      "its type is no interface") +
               Expect(!types::IsNonTypeParamInterface(TypeAt(0)),
                      "its operand is an interface already");
      case Op::kChangeInterface:
        return Expect(types::IsNonTypeParamInterface(type_) &&
                          types::IsNonTypeParamInterface(TypeAt(0)),
                      "it is not from an interface to an interface");
      case Op::kChangeType:
        return ChangeType();
      case Op::kSliceToArrayPointer:
        return Expect(UnderOf<types::Slice>(TypeAt(0)) != nullptr &&
                          UnderOf<types::Array>(PointerElem(type_)) != nullptr,
                      "it is not from a slice to a pointer to an array");
      case Op::kConvert:
        return Expect(!types::IsNonTypeParamInterface(type_) &&
                          !types::IsNonTypeParamInterface(TypeAt(0)),
                      "an interface is converted by others");
      case Op::kMultiConvert:
        return {};
      case Op::kTypeAssert:
        return TypeAssert();
      case Op::kMakeClosure:
        return MakeClosure();
      case Op::kMakeMap:
        return Expect(UnderOf<types::Map>(type_) != nullptr || IsOpen(type_),
                      "its type is no map") +
               Integers(0);
      case Op::kMakeChan:
        return Expect(UnderOf<types::Chan>(type_) != nullptr || IsOpen(type_),
                      "its type is no channel") +
               Integers(0);
      case Op::kMakeSlice:
        return Expect(UnderOf<types::Slice>(type_) != nullptr || IsOpen(type_),
                      "its type is no slice") +
               Integers(0);
      case Op::kSelect:
        return Select();
      case Op::kRange:
      case Op::kDeferStack:
        return Pair(type_, types::Typ(types::BasicKind::kUnsafePointer));
      case Op::kNext:
        return Expect(ComponentCount(type_) == 3, "it gives no three values");
      case Op::kExtract:
        return Extract();
      case Op::kCall:
      case Op::kGo:
      case Op::kDefer:
        return Call();
      case Op::kIf:
        return Expect(types::AllBoolean(TypeAt(0)),
                      "the condition is no boolean");
      case Op::kReturn:
        return Return();
      case Op::kPanic:
        return Expect(types::IsNonTypeParamInterface(TypeAt(0)),
                      "the operand is no interface");
      case Op::kRunDefers:
      case Op::kJump:
      case Op::kRangePanic:
      case Op::kExit:
        return {};
    }
    return {};
  }

 private:
  static std::string Expect(bool condition, std::string_view problem) {
    return condition ? std::string() : std::string(problem);
  }
  static std::string TextOf(const Type* type) {
    return type == nullptr ? "nothing" : types::TypeString(type);
  }
  static std::string Pair(const Type* a, const Type* b) {
    return Same(a, b) ? std::string()
                      : fmt::format("{} and {} do not go together", TextOf(a),
                                    TextOf(b));
  }
  const Type* TypeAt(size_t index) const {
    return function_.TypeOf(operands_[index]);
  }
  static const Type* PointerElem(const Type* type) {
    const auto* const pointer = UnderOf<types::Pointer>(type);
    return pointer != nullptr ? pointer->elem : nullptr;
  }
  // What the operand points to.
  const Type* Elem(size_t index) const { return PointerElem(TypeAt(index)); }

  static size_t ComponentCount(const Type* type) {
    const auto* const tuple = types::TryAs<types::Tuple>(type);
    return tuple != nullptr ? tuple->params.size() : 0;
  }
  static const Type* Component(const Type* type, size_t index) {
    const auto* const tuple = types::TryAs<types::Tuple>(type);
    return tuple != nullptr && index < tuple->params.size()
               ? tuple->params[index].type
               : nullptr;
  }
  // With kCommaOk the first component.
  const Type* ResultType() const {
    return (inst_.detail & kCommaOk) != 0 ? Component(type_, 0) : type_;
  }
  std::string CommaOk() const {
    return Expect((inst_.detail & kCommaOk) == 0 || ComponentCount(type_) == 2,
                  "it gives no two values");
  }
  std::string Integers(size_t from) const {
    for (size_t i = from; i < operands_.size(); ++i) {
      if (operands_[i].has_value() && !types::AllInteger(TypeAt(i))) {
        return fmt::format("operand {} is no integer", i);
      }
    }
    return {};
  }
  std::string VarIndex() const {
    return Expect(inst_.aux == kNoAux || inst_.aux < function_.vars().size(),
                  "its variable is not there");
  }

  std::string Phi() const {
    for (size_t i = 0; i < operands_.size(); ++i) {
      if (!Same(TypeAt(i), type_)) {
        return Pair(TypeAt(i), type_);
      }
    }
    return VarIndex();
  }

  std::string FieldOf(const Type* of, const Type* result) const {
    const auto* const fields = UnderOf<types::Struct>(of);
    if (fields == nullptr) {
      // The one struct that all types of a type parameter have in common.
      return Expect(of != nullptr && IsOpen(of), "its operand is no struct");
    }
    if (inst_.aux >= fields->fields.size()) {
      return "the field is not there";
    }
    return Pair(fields->fields[inst_.aux]->type, result);
  }

  std::string IndexAddr() const {
    const Type* const of = TypeAt(0);
    const auto* const slice = UnderOf<types::Slice>(of);
    const auto* const array = UnderOf<types::Array>(Elem(0));
    if (slice == nullptr && array == nullptr) {
      return Expect(of != nullptr && (IsOpen(of) || IsOpenPointer(of)),
                    "its operand is neither a slice nor a pointer to an array");
    }
    const std::string problem =
        Pair(slice != nullptr ? slice->elem : array->elem, PointerElem(type_));
    return problem.empty() ? Integers(1) : problem;
  }
  static bool IsOpenPointer(const Type* type) {
    const Type* const elem = PointerElem(type);
    return elem != nullptr && IsOpen(elem);
  }

  std::string Index() const {
    const Type* const of = TypeAt(0);
    if (const auto* const array = UnderOf<types::Array>(of)) {
      const std::string problem = Pair(array->elem, type_);
      return problem.empty() ? Integers(1) : problem;
    }
    return Expect(of != nullptr && (IsOpen(of) || types::IsString(of)),
                  "its operand is neither an array nor a string") +
           Integers(1);
  }

  std::string Lookup() const {
    const auto* const map = UnderOf<types::Map>(TypeAt(0));
    if (map == nullptr) {
      return Expect(IsOpen(TypeAt(0)), "its operand is no map");
    }
    std::string problem = Pair(map->key, TypeAt(1));
    if (problem.empty()) {
      problem = Pair(map->elem, ResultType());
    }
    return problem.empty() ? CommaOk() : problem;
  }

  std::string MapUpdate() const {
    const auto* const map = UnderOf<types::Map>(TypeAt(0));
    if (map == nullptr) {
      return Expect(IsOpen(TypeAt(0)), "its operand is no map");
    }
    const std::string problem = Pair(map->key, TypeAt(1));
    return problem.empty() ? Pair(map->elem, TypeAt(2)) : problem;
  }

  std::string Slice() const {
    const Type* const of = TypeAt(0);
    if (IsOpen(of) || IsOpenPointer(of) || IsOpen(type_)) {
      return Integers(1);
    }
    if (const auto* const array = UnderOf<types::Array>(Elem(0))) {
      const auto* const slice = UnderOf<types::Slice>(type_);
      const std::string problem =
          Pair(array->elem, slice != nullptr ? slice->elem : nullptr);
      return problem.empty() ? Integers(1) : problem;
    }
    if (!types::IsString(of) && UnderOf<types::Slice>(of) == nullptr) {
      return "its operand is neither a string nor a slice nor a pointer to an "
             "array";
    }
    const std::string problem = Pair(of, type_);
    return problem.empty() ? Integers(1) : problem;
  }

  std::string BinOp() const {
    const auto op = static_cast<TokenKind>(inst_.detail);
    const Type* const x = TypeAt(0);
    const Type* const y = TypeAt(1);
    if (lexer::IsShift(op)) {
      const std::string problem = Pair(x, type_);
      return problem.empty() ? Integers(0) : problem;
    }
    if (lexer::IsComparison(op)) {
      const bool both_interfaces = types::IsNonTypeParamInterface(x) &&
                                   types::IsNonTypeParamInterface(y);
      return (both_interfaces ? std::string() : Pair(x, y)) +
             Expect(types::AllBoolean(type_), "a comparison is a boolean");
    }
    if (!lexer::IsArithmetic(op) && !lexer::IsIntegerArithmetic(op)) {
      return "it has no operator";
    }
    const std::string problem = Pair(x, y);
    return problem.empty() ? Pair(x, type_) : problem;
  }

  std::string UnOp() const {
    const auto op = static_cast<TokenKind>(inst_.detail);
    return Expect(op == TokenKind::kSub || op == TokenKind::kXor ||
                      op == TokenKind::kNot,
                  "it has no operator") +
           Pair(TypeAt(0), type_);
  }

  std::string Recv() const {
    const auto* const chan = UnderOf<types::Chan>(TypeAt(0));
    if (chan == nullptr) {
      return Expect(IsOpen(TypeAt(0)), "its operand is no channel");
    }
    const std::string problem = Pair(chan->elem, ResultType());
    return problem.empty() ? CommaOk() : problem;
  }

  std::string Send() const {
    const auto* const chan = UnderOf<types::Chan>(TypeAt(0));
    if (chan == nullptr) {
      return Expect(IsOpen(TypeAt(0)), "its operand is no channel");
    }
    return Pair(chan->elem, TypeAt(1));
  }

  std::string ChangeType() const {
    const Type* const from = TypeAt(0);
    if (from == nullptr) {
      return "its operand has no type";
    }
    const Type* const from_under = types::Under(from);
    const Type* const to_under = types::Under(type_);
    if (IsOpen(from) || IsOpen(type_) ||
        types::IdenticalIgnoreTags(from_under, to_under)) {
      return {};
    }
    if (UnderOf<types::Chan>(from) != nullptr &&
        UnderOf<types::Chan>(type_) != nullptr) {
      return {};
    }
    // Pointers to what has identical underlying types.
    const Type* const from_elem = PointerElem(from);
    const Type* const to_elem = PointerElem(type_);
    return Expect(from_elem != nullptr && to_elem != nullptr &&
                      types::IdenticalIgnoreTags(types::Under(from_elem),
                                                 types::Under(to_elem)),
                  fmt::format("{} and {} do not have the same bits",
                              TextOf(from), TextOf(type_)));
  }

  std::string TypeAssert() const {
    return Expect(types::IsNonTypeParamInterface(TypeAt(0)),
                  "its operand is no interface") +
           CommaOk();
  }

  std::string MakeClosure() const {
    if (operands_.empty() || operands_[0].kind() != Value::Kind::kFunction) {
      return "operand 0 is no function";
    }
    const Callee& callee = function_.callees()[operands_[0].index()];
    if (callee.child == nullptr) {
      return Expect(
          callee.key.kind == FunctionKind::kBound && operands_.size() == 2,
          "it is neither over a child nor over a receiver");
    }
    if (callee.child->free_vars().size() != operands_.size() - 1) {
      return "there are not as many values as free variables";
    }
    for (size_t i = 1; i < operands_.size(); ++i) {
      std::string problem =
          Pair(callee.child->free_vars()[i - 1].type, TypeAt(i));
      if (!problem.empty()) {
        return problem;
      }
    }
    return {};
  }

  std::string Select() const {
    if (inst_.aux >= function_.selects().size()) {
      return "its states are not there";
    }
    const std::vector<SelectState>& states = function_.selects()[inst_.aux];
    if (operands_.size() != states.size() * 2) {
      return "there are no two operands a state";
    }
    size_t received = 2;
    for (size_t i = 0; i < states.size(); ++i) {
      const auto* const chan = UnderOf<types::Chan>(TypeAt(i * 2));
      const Value value = operands_[i * 2 + 1];
      if (value.has_value() != states[i].is_send) {
        return "only sends have a value";
      }
      if (!states[i].is_send) {
        const Type* const component = Component(type_, received++);
        if (chan != nullptr && !Same(chan->elem, component)) {
          return Pair(chan->elem, component);
        }
      } else if (chan != nullptr && !Same(chan->elem, TypeAt(i * 2 + 1))) {
        return Pair(chan->elem, TypeAt(i * 2 + 1));
      }
    }
    return Expect(ComponentCount(type_) == received,
                  "there are not as many values as receives");
  }

  std::string Extract() const {
    const Type* const tuple = TypeAt(0);
    return Expect(inst_.aux < ComponentCount(tuple),
                  "the component is not there") +
           Pair(Component(tuple, inst_.aux), type_);
  }

  std::string Return() const {
    const std::span<const Type* const> results = function_.result_types();
    if (results.size() != operands_.size()) {
      return "there are not as many operands as results";
    }
    for (size_t i = 0; i < results.size(); ++i) {
      if (!Same(results[i], TypeAt(i))) {
        return Pair(results[i], TypeAt(i));
      }
    }
    return {};
  }

  std::string Call() const {
    std::span<const Value> args = operands_;
    if (inst_.op == Op::kDefer && (inst_.detail & kOnDeferStack) != 0) {
      if (args.empty()) {
        return "there is no list to register on";
      }
      const std::string problem =
          Pair(TypeAt(args.size() - 1),
               types::Typ(types::BasicKind::kUnsafePointer));
      if (!problem.empty()) {
        return problem;
      }
      args = args.first(args.size() - 1);
    }
    if (args.empty()) {
      return "nothing is called";
    }
    const Value callee = args[0];
    const Type* const callee_type = TypeAt(0);
    args = args.subspan(1);
    switch (ModeOf(inst_)) {
      case CallMode::kBuiltin:
        return Expect(callee.kind() == Value::Kind::kBuiltin,
                      "operand 0 is no built-in");
      case CallMode::kInvoke: {
        if (inst_.aux >= function_.methods().size()) {
          return "the method is not there";
        }
        return Expect(
            callee_type != nullptr &&
                (IsOpen(callee_type) || types::IsInterface(callee_type) ||
                 IsOpenPointer(callee_type)),
            "operand 0 is no interface");
      }
      case CallMode::kStatic:
        if (callee.kind() != Value::Kind::kFunction) {
          return "operand 0 is no function";
        }
        return Arguments(types::TryAs<types::Signature>(callee_type), args,
                         true);
      case CallMode::kDynamic: {
        const auto* const signature = UnderOf<types::Signature>(callee_type);
        if (signature == nullptr) {
          return Expect(IsOpen(callee_type), "operand 0 is no function");
        }
        return Arguments(signature, args, false);
      }
    }
    return {};
  }

  std::string Arguments(const types::Signature* signature,
                        std::span<const Value> args, bool may_have_recv) const {
    if (signature == nullptr) {
      return "the callee has no signature";
    }
    const std::span<const types::Param> params = signature->params->params;
    if (args.size() != params.size() &&
        !(may_have_recv && args.size() == params.size() + 1)) {
      return fmt::format("there are {} arguments for {} parameters",
                         args.size(), params.size());
    }
    const size_t skipped = args.size() - params.size();
    for (size_t i = 0; i < params.size(); ++i) {
      const Type* const arg = function_.TypeOf(args[i + skipped]);
      if (!Same(params[i].type, arg)) {
        return Pair(params[i].type, arg);
      }
    }
    if (inst_.op != Op::kCall) {
      return {};
    }
    const std::span<const types::Param> results = signature->results->params;
    if (results.size() == 1) {
      return Pair(results[0].type, type_);
    }
    if (ComponentCount(type_) != results.size()) {
      return "its type is not that of the results";
    }
    for (size_t i = 0; i < results.size(); ++i) {
      if (!Same(results[i].type, Component(type_, i))) {
        return Pair(results[i].type, Component(type_, i));
      }
    }
    return {};
  }

  const Function& function_;
  const Inst& inst_;
  std::span<const Value> operands_;
  const Type* type_;
};

}  // namespace

std::string TypeProblem(const Function& function, const Inst& inst) {
  return TypeChecker(function, inst).Problem();
}

}  // namespace gdlint::ssa
