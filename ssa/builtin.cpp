// Calls of built-in functions.

#include "ssa/function_builder.h"
#include "types/predicates.h"
#include "types/universe.h"

namespace gdlint::ssa {

using types::BuiltinId;

namespace {

Value BuiltinValue(BuiltinId id) {
  return {Value::Kind::kBuiltin, static_cast<uint32_t>(id)};
}

// The array that `type` is or points to.
const types::Array* ArrayOf(const types::Type* type) {
  if (type == nullptr) {
    return nullptr;
  }
  if (const auto* const pointer = types::TryAs<types::Pointer>(type)) {
    type = types::Under(pointer->elem);
  }
  return types::TryAs<types::Array>(type);
}

}  // namespace

Value FunctionBuilder::LateBuiltin(ast::Ref<ast::CallExpr> ref, BuiltinId id) {
  const ast::CallExpr& call = tree().Get(ref);
  const auto args = tree().Items(call.args);
  const types::Type* const type = types::Default(TypeOf(ref));
  const source::Pos pos = call.lparen;
  const auto uintptr_constant = [&](std::optional<int64_t> value) {
    return draft_->ConstOf(type, types::constant::MakeInt64(value.value_or(0)));
  };
  switch (id) {
    case BuiltinId::kNew: {
      const bool has_value = !IsTypeExpr(args[0]);
      const auto* const pointer =
          types::As<types::Pointer>(types::Unalias(type));
      const Value value =
          has_value ? LateAs(args[0], pointer->elem) : Value::None();
      const Value memory = Emit(Op::kAlloc, type, pos, ref, {}, kEscapes);
      if (has_value) {
        Store(memory, value, pos, ref);
      }
      return memory;
    }
    case BuiltinId::kMake: {
      const types::Type* const core = CoreOf(type);
      const auto size = [&](size_t i) {
        return args.size() > i ? Late(args[i]) : Value::None();
      };
      if (core->kind == types::TypeKind::kMap) {
        return Emit(Op::kMakeMap, type, pos, ref, {size(1)});
      }
      if (core->kind == types::TypeKind::kChan) {
        return Emit(Op::kMakeChan, type, pos, ref,
                    {args.size() > 1 ? Late(args[1]) : IntConst(0)});
      }
      const Value length = size(1);
      return Emit(Op::kMakeSlice, type, pos, ref,
                  {length, args.size() > 2 ? Late(args[2]) : length});
    }
    case BuiltinId::kLen:
    case BuiltinId::kCap:
      if (const types::Array* const array = ArrayOf(CoreOf(TypeOf(args[0])))) {
        // The operand is evaluated, but nothing is read.
        if (const ast::ExprId operand = Unparen(args[0]);
            info().TypeOf(operand).mode() != types::Mode::kVariable ||
            operand.kind() == ast::NodeKind::kStarExpr) {
          Late(args[0]);
        } else if (!types::IsTypeParam(info().TypeOf(args[0]).type())) {
          LateAddress(args[0], false);
        }
        return IntConst(array->length);
      }
      break;
    // These are not constant where the size of a type parameter is part of
    // them.
    case BuiltinId::kSizeof:
      if (!substitution_.from.empty()) {
        return uintptr_constant(
            types().table().sizes().SizeOf(TypeOf(args[0])));
      }
      break;
    case BuiltinId::kAlignof:
      if (!substitution_.from.empty()) {
        return uintptr_constant(
            types().table().sizes().AlignOf(TypeOf(args[0])));
      }
      break;
    case BuiltinId::kOffsetof:
      if (!substitution_.from.empty()) {
        const auto selector =
            ast::Ref<ast::SelectorExpr>::FromNode(Unparen(args[0]));
        const types::Type* at = TypeOf(tree().Get(selector).x);
        int64_t offset = 0;
        for (const uint32_t field : info().SelectionOf(selector)->index) {
          const auto* const fields =
              types::UnderAs<types::Struct>(types::Deref(at));
          offset += types().table().sizes().OffsetOf(fields, field).value_or(0);
          at = fields->fields[field]->type;
        }
        return uintptr_constant(offset);
      }
      break;
    default:
      break;
  }
  return EmitCall(LatePartsOfBuiltin(ref, id), ref);
}

CallParts FunctionBuilder::LatePartsOfBuiltin(ast::Ref<ast::CallExpr> ref,
                                              BuiltinId id) {
  const ast::CallExpr& call = tree().Get(ref);
  const auto args = tree().Items(call.args);
  CallParts parts;
  parts.mode = CallMode::kBuiltin;
  parts.pos = call.lparen;
  const types::TypeAndValue fact = info().TypeOf(ref);
  parts.type = fact.mode() == types::Mode::kNoValue || !fact.is_recorded()
                   ? types().TupleOf({})
                   : types::Default(Subst(fact.type()));
  parts.operands.push_back(BuiltinValue(id));
  const auto add = [&](Value value) { parts.operands.push_back(value); };
  const auto* const tuple =
      args.size() == 1 ? types::TryAs<types::Tuple>(TypeOf(args[0])) : nullptr;
  if (tuple != nullptr && tuple->params.size() > 1) {
    AppendResults(Components(Late(args[0]), parts.pos, ref), id, ref, parts);
    return parts;
  }
  switch (id) {
    case BuiltinId::kAppend: {
      const types::Type* const type = parts.type;
      add(LateAs(args[0], type));
      const auto* const slice = types::TryAs<types::Slice>(CoreOf(type));
      if (call.ellipsis.is_valid()) {
        const Value rest = Late(args[1]);
        add(draft_->TypeOf(rest) == types::Typ(types::BasicKind::kUntypedNil)
                ? ZeroOf(type)
                : rest);
      } else if (args.size() == 1) {
        add(Value::None());
      } else {
        std::vector<ast::ExprId> rest;
        for (size_t i = 1; i < args.size(); ++i) {
          rest.push_back(args[i]);
        }
        add(PackVariadic(rest, {}, types().SliceOf(slice->elem), parts.pos,
                         ref));
      }
      break;
    }
    case BuiltinId::kPanic:
      add(LateAs(args[0], types().universe().any_type()));
      break;
    case BuiltinId::kDelete: {
      add(Late(args[0]));
      const auto* const map = types::TryAs<types::Map>(CoreOf(TypeOf(args[0])));
      add(LateAs(args[1], map != nullptr ? map->key : nullptr));
      break;
    }
    case BuiltinId::kMin:
    case BuiltinId::kMax:
      for (const ast::ExprId arg : args) {
        add(LateAs(arg, parts.type));
      }
      break;
    case BuiltinId::kComplex: {
      // A constant part has the other one's type.
      const Value real = Late(args[0]);
      const Value imaginary = Late(args[1]);
      const types::Type* const type = ConstantOf(real) != nullptr
                                          ? draft_->TypeOf(imaginary)
                                          : draft_->TypeOf(real);
      add(Assigned(real, type, parts.pos, ref));
      add(Assigned(imaginary, type, parts.pos, ref));
      break;
    }
    case BuiltinId::kSizeof:
    case BuiltinId::kAlignof:
      // Not evaluated.
      add(ZeroOf(TypeOf(args[0])));
      break;
    case BuiltinId::kOffsetof: {
      const auto& selector =
          *tree().TryGet<ast::SelectorExpr>(Unparen(args[0]));
      add(ZeroOf(TypeOf(selector.x)));
      break;
    }
    default:
      for (const ast::ExprId arg : args) {
        const Value value = Late(arg);
        add(Assigned(value, types::Default(draft_->TypeOf(value)), parts.pos,
                     ref));
      }
      break;
  }
  return parts;
}

// The operands of `append(f())` and the like, if f has several results.
void FunctionBuilder::AppendResults(std::vector<Value> values, BuiltinId id,
                                    ast::NodeId node, CallParts& parts) {
  const auto convert = [&](size_t i, const types::Type* to) {
    values[i] = Assigned(values[i], to, parts.pos, node);
  };
  if (id == BuiltinId::kAppend) {
    const auto* const slice = types::As<types::Slice>(CoreOf(parts.type));
    convert(0, parts.type);
    const Value rest =
        PackVariadic({}, std::span(values).subspan(1),
                     types().SliceOf(slice->elem), parts.pos, node);
    values.resize(1);
    values.push_back(rest);
  } else if (id == BuiltinId::kDelete) {
    convert(1, types::As<types::Map>(CoreOf(draft_->TypeOf(values[0])))->key);
  } else if (id == BuiltinId::kMin || id == BuiltinId::kMax) {
    for (size_t i = 0; i < values.size(); ++i) {
      convert(i, parts.type);
    }
  }
  parts.operands.insert(parts.operands.end(), values.begin(), values.end());
}

}  // namespace gdlint::ssa
