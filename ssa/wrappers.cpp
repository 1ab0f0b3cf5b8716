#include "ssa/wrappers.h"

#include <string>
#include <vector>

#include "support/invariant.h"
#include "types/lookup.h"
#include "types/package.h"
#include "types/predicates.h"
#include "types/type_string.h"

namespace gdlint::ssa {
namespace {

class WrapperWriter {
 public:
  WrapperWriter(types::TypeContext& types, const FunctionKey& key, Draft& draft)
      : types_(types),
        key_(key),
        draft_(draft),
        // A bound or called value has all methods of its type; that of a
        // pointer was found through its address.
        method_(types::LookupFieldOrMethod(key.recv,
                                           key.kind == FunctionKind::kBound,
                                           key.func->package, key.func->name)) {
  }

  void Write() {
    const auto* const func = types::TryAs<types::Func>(method_.object);
    GDLINT_ASSERT(func != nullptr);
    const types::Signature* const signature =
        method_.method_owner != nullptr
            ? types::MethodSignature(types_, func, method_.method_owner)
            : func->signature();
    block_ = draft_.AddBlock();
    Value recv;
    if (key_.kind == FunctionKind::kBound) {
      recv = draft_.AddFreeVar({nullptr, key_.recv});
    } else {
      recv = draft_.AddParam({nullptr, key_.recv});
    }
    std::vector<Value> args;
    for (const types::Param& param : signature->params->params) {
      args.push_back(draft_.AddParam({nullptr, param.type}));
    }
    Frame(func, signature);
    Reached at = {recv, key_.recv, false};
    for (size_t i = 0; i + 1 < method_.index.size(); ++i) {
      Step(at, method_.index[i]);
    }
    Return(Call(func, signature, at, args), signature);
  }

 private:
  // A value, or the address of one of `type`.
  struct Reached {
    Value value;
    const types::Type* type;
    bool is_address;
  };

  Value Emit(Op op, const types::Type* type, std::span<const Value> operands,
             uint8_t detail = 0, uint32_t aux = kNoAux) {
    return draft_.Append(block_,
                         {.op = op,
                          .detail = detail,
                          .block = block_,
                          .pos = {},
                          .node = {},
                          .aux = aux,
                          .type = type},
                         operands);
  }

  void Frame(const types::Func* func, const types::Signature* signature) {
    draft_.kind = key_.kind;
    draft_.key = key_;
    draft_.package = func->package;
    draft_.signature = signature;
    std::string name = types::TypeString(
        key_.recv,
        {.qualify = types::Qualify::kPath, .relative_to = func->package});
    draft_.name = name.starts_with('*') ? "(" + name + ")" : name;
    draft_.name += ".";
    draft_.name += func->name->text();
    switch (key_.kind) {
      case FunctionKind::kBound:
        draft_.name += "$bound";
        break;
      case FunctionKind::kThunk: {
        draft_.name += "$thunk";
        std::vector<types::Param> params = {{nullptr, key_.recv}};
        params.insert(params.end(), signature->params->params.begin(),
                      signature->params->params.end());
        draft_.signature =
            types_.SignatureOf({}, types_.TupleOf(params), signature->results,
                               signature->variadic);
        break;
      }
      default:
        draft_.name += "$wrapper";
        break;
    }
    for (const types::Param& result : signature->results->params) {
      draft_.result_types.push_back(result.type);
    }
    draft_.result_cells.resize(draft_.result_types.size());
  }

  Value Loaded(const Reached& at) {
    return at.is_address ? Emit(Op::kLoad, at.type, {{at.value}}) : at.value;
  }

  // What a pointer points to, by its address.
  static bool IsPointer(const types::Type* type, const types::Type** elem) {
    const auto* const pointer = types::UnderAs<types::Pointer>(type);
    *elem = pointer != nullptr ? pointer->elem : nullptr;
    return pointer != nullptr;
  }

  void Step(Reached& at, uint32_t field) {
    const types::Type* elem;
    if (IsPointer(at.type, &elem)) {
      at = {Loaded(at), elem, true};
    }
    const auto* const fields = types::UnderAs<types::Struct>(at.type);
    const types::Type* const type = fields->fields[field]->type;
    at.value = at.is_address ? Emit(Op::kFieldAddr, types_.PointerTo(type),
                                    {{at.value}}, 0, field)
                             : Emit(Op::kField, type, {{at.value}}, 0, field);
    at.type = type;
  }

  Value Call(const types::Func* func, const types::Signature* signature,
             const Reached& at, std::span<const Value> args) {
    const std::span<const types::Param> results = signature->results->params;
    const types::Type* const type =
        results.size() == 1 ? results[0].type : signature->results;
    std::vector<Value> operands;
    CallMode mode = CallMode::kStatic;
    uint32_t aux = kNoAux;
    const types::Type* elem;
    if (types::IsInterface(at.type)) {
      mode = CallMode::kInvoke;
      aux = draft_.MethodIndex(func);
      operands.push_back(Loaded(at));
    } else {
      operands.push_back(draft_.FunctionOf(
          {.kind = FunctionKind::kDeclared,
           .func = func->origin != nullptr ? func->origin : func,
           .recv = nullptr,
           .type_args = method_.method_owner != nullptr
                            ? method_.method_owner->type_args
                            : std::span<const types::Type* const>()},
          signature));
      const bool is_pointer = IsPointer(at.type, &elem);
      if (func->has_pointer_recv) {
        GDLINT_ASSERT(is_pointer || at.is_address);
        operands.push_back(is_pointer ? Loaded(at) : at.value);
      } else {
        operands.push_back(is_pointer ? Loaded({Loaded(at), elem, true})
                                      : Loaded(at));
      }
    }
    operands.insert(operands.end(), args.begin(), args.end());
    return Emit(Op::kCall, type, operands, static_cast<uint8_t>(mode), aux);
  }

  void Return(Value call, const types::Signature* signature) {
    const std::span<const types::Param> results = signature->results->params;
    std::vector<Value> values;
    if (results.size() == 1) {
      values.push_back(call);
    } else {
      for (uint32_t i = 0; i < results.size(); ++i) {
        values.push_back(Emit(Op::kExtract, results[i].type, {{call}}, 0, i));
      }
    }
    Emit(Op::kReturn, nullptr, values);
  }

  types::TypeContext& types_;
  const FunctionKey& key_;
  Draft& draft_;
  types::LookupResult method_;
  BlockId block_;
};

}  // namespace

void WriteWrapper(types::TypeContext& types, const FunctionKey& key,
                  Draft& draft) {
  WrapperWriter(types, key, draft).Write();
}

}  // namespace gdlint::ssa
