// internal/runtype: what types are.

#include <string>
#include <vector>

#include "interp/intrinsics.h"
#include "types/predicates.h"

namespace gdlint::interp {
namespace {

const RunType* TypeArg(const Call& call, size_t slot = 0) {
  return call.Arg<const RunType*>(slot);
}

template <typename T>
Outcome Done(const Call& call, const T& value) {
  call.Return(0, value);
  return Outcome::kDone;
}
Outcome Done(const Call& call, bool value) {
  call.Return(0, static_cast<uint8_t>(value));
  return Outcome::kDone;
}

StringValue Text(const Call& call, std::string_view text) {
  return call.machine.heap().Constant(text);
}

// The list's member of the index in slot 1, or null after a panic.
template <typename Items>
const auto* Item(const Call& call, const Items& items) {
  const auto index = call.Arg<int64_t>(1);
  return index < 0 || index >= static_cast<int64_t>(items.size())
             ? nullptr
             : &items[static_cast<size_t>(index)];
}

Outcome OutOfRange(const Call& call) {
  return call.PanicPlain("reflect: index out of range");
}

bool IsTyped(const RunType* type) { return type->named != nullptr; }

// Named, predeclared or not: reflect's hasName.
bool HasName(const RunType* type) { return !type->local_name().empty(); }

}  // namespace

Outcome RuntypeOf(Call& call) {
  return Done(call, call.Arg<InterfaceValue>(0).type);
}

Outcome RuntypeWord(Call& call) {
  return Done(call, call.Arg<InterfaceValue>(0).data);
}

Outcome RuntypeMake(Call& call) {
  return Done(call, InterfaceValue{TypeArg(call), call.Arg<void*>(1)});
}

Outcome RuntypeAt(Call& call) { return Done(call, TypeArg(call)); }

Outcome TypeSize(Call& call) { return Done(call, TypeArg(call)->size); }

Outcome TypeAlign(Call& call) {
  return Done(call, int64_t{TypeArg(call)->align});
}

Outcome TypeKindNumber(Call& call) { return Done(call, TypeArg(call)->kind); }

Outcome TypeDirect(Call& call) { return Done(call, TypeArg(call)->is_direct); }

Outcome TypeHasPointers(Call& call) {
  return Done(call, TypeArg(call)->has_pointers);
}

Outcome TypeComparable(Call& call) {
  return Done(call, TypeArg(call)->is_comparable());
}

Outcome TypeHash(Call& call) { return Done(call, TypeArg(call)->hash); }

Outcome TypeLocalName(Call& call) {
  return Done(call, Text(call, TypeArg(call)->local_name()));
}

Outcome TypeText(Call& call) {
  return Done(call, Text(call, TypeArg(call)->name()));
}

Outcome TypePackagePath(Call& call) {
  return Done(call, Text(call, TypeArg(call)->package_path()));
}

Outcome TypeElem(Call& call) { return Done(call, TypeArg(call)->elem()); }

Outcome TypeKey(Call& call) { return Done(call, TypeArg(call)->key()); }

Outcome TypeLength(Call& call) { return Done(call, TypeArg(call)->length()); }

Outcome TypeChanDirection(Call& call) {
  // reflect.ChanDir.
  switch (TypeArg(call)->direction()) {
    case types::ChanDirection::kReceiveOnly:
      return Done(call, int64_t{1});
    case types::ChanDirection::kSendOnly:
      return Done(call, int64_t{2});
    case types::ChanDirection::kBoth:
      break;
  }
  return Done(call, int64_t{3});
}

Outcome TypeFieldCount(Call& call) {
  return Done(call, static_cast<int64_t>(TypeArg(call)->fields().size()));
}

Outcome TypeField(Call& call) {
  const RunField* const field = Item(call, TypeArg(call)->fields());
  if (field == nullptr) {
    return OutOfRange(call);
  }
  call.Return(0, Text(call, field->name));
  call.Return(2, Text(call, field->package_path));
  call.Return(4, Text(call, field->tag));
  call.Return(6, field->type);
  call.Return(7, field->offset);
  call.Return(8, static_cast<uint8_t>(field->is_embedded));
  return Outcome::kDone;
}

Outcome TypeParamCount(Call& call) {
  return Done(call, static_cast<int64_t>(TypeArg(call)->params().size()));
}

Outcome TypeParam(Call& call) {
  const auto* const param = Item(call, TypeArg(call)->params());
  return param == nullptr ? OutOfRange(call) : Done(call, *param);
}

Outcome TypeResultCount(Call& call) {
  return Done(call, static_cast<int64_t>(TypeArg(call)->results().size()));
}

Outcome TypeResult(Call& call) {
  const auto* const result = Item(call, TypeArg(call)->results());
  return result == nullptr ? OutOfRange(call) : Done(call, *result);
}

Outcome TypeVariadic(Call& call) {
  return Done(call, TypeArg(call)->is_variadic());
}

Outcome TypeMethodCount(Call& call) {
  return Done(call, static_cast<int64_t>(TypeArg(call)->methods().size()));
}

Outcome TypeMethod(Call& call) {
  const RunMethod* const method = Item(call, TypeArg(call)->methods());
  if (method == nullptr) {
    return OutOfRange(call);
  }
  call.Return(0, Text(call, method->name));
  call.Return(2, Text(call, method->package_path));
  call.Return(4, method->type);
  return Outcome::kDone;
}

Outcome TypeMissing(Call& call) {
  const RunMethod* const missing =
      TypeArg(call)->MissingMethod(TypeArg(call, 1));
  call.Return(0,
              missing == nullptr ? StringValue() : Text(call, missing->name));
  call.Return(2, static_cast<uint8_t>(missing != nullptr));
  return Outcome::kDone;
}

Outcome TypeAssignableTo(Call& call) {
  const RunType* const from = TypeArg(call);
  const RunType* const to = TypeArg(call, 1);
  if (from == to) {
    return Done(call, true);
  }
  if (to->is_interface()) {
    return Done(call, from->MissingMethod(to) == nullptr);
  }
  if ((HasName(from) && HasName(to)) || from->kind != to->kind) {
    return Done(call, false);
  }
  if (from->kind == Kind::kChan &&
      from->direction() == types::ChanDirection::kBoth &&
      from->elem() == to->elem()) {
    return Done(call, true);
  }
  return Done(call, (!IsTyped(from) || !IsTyped(to)) &&
                        types::Identical(from->under, to->under));
}

Outcome TypeSameUnderlying(Call& call) {
  const RunType* const a = TypeArg(call);
  const RunType* const b = TypeArg(call, 1);
  const bool with_tags = call.Arg<uint8_t>(2) != 0;
  return Done(call, with_tags ? types::Identical(a->under, b->under)
                              : types::IdenticalIgnoreTags(a->under, b->under));
}

// Types made of others.

namespace {

Outcome Made(const Call& call, const types::Type* type) {
  return Done(call, call.machine.run_types().Of(type));
}

types::TypeContext& Types(const Call& call) {
  return call.machine.program().types();
}

std::span<const RunType* const> TypeList(const Call& call, size_t slot) {
  const auto& slice = call.Arg<SliceValue>(slot);
  return {reinterpret_cast<const RunType* const*>(slice.data),
          static_cast<size_t>(slice.size)};
}

const types::Tuple* TupleOf(const Call& call,
                            std::span<const RunType* const> list) {
  std::vector<types::Param> params;
  for (const RunType* const type : list) {
    params.push_back({nullptr, type->type});
  }
  return params.empty() ? nullptr : Types(call).TupleOf(params);
}

}  // namespace

Outcome TypePointerTo(Call& call) {
  return Done(call, TypeArg(call)->pointer_to());
}

Outcome TypeSliceOf(Call& call) {
  return Made(call, Types(call).SliceOf(TypeArg(call)->type));
}

Outcome TypeArrayOf(Call& call) {
  return Made(call,
              Types(call).ArrayOf(TypeArg(call)->type, call.Arg<int64_t>(1)));
}

Outcome TypeChanOf(Call& call) {
  const auto direction = call.Arg<int64_t>(1);
  return Made(call, Types(call).ChanOf(
                        TypeArg(call)->type,
                        direction == 1   ? types::ChanDirection::kReceiveOnly
                        : direction == 2 ? types::ChanDirection::kSendOnly
                                         : types::ChanDirection::kBoth));
}

Outcome TypeMapOf(Call& call) {
  return Made(call,
              Types(call).MapOf(TypeArg(call)->type, TypeArg(call, 1)->type));
}

Outcome RuntypeFuncOf(Call& call) {
  const bool is_variadic = call.Arg<uint8_t>(6) != 0;
  return Made(call, Types(call).SignatureOf(
                        {}, TupleOf(call, TypeList(call, 0)),
                        TupleOf(call, TypeList(call, 3)), is_variadic));
}

Outcome RuntypeStructOf(Call& call) {
  // As runtype.StructField.
  struct Field {
    StringValue name;
    StringValue package_path;
    StringValue tag;
    const RunType* type;
    uint8_t is_embedded;
  };
  const auto& slice = call.Arg<SliceValue>(0);
  const std::span<const Field> list(reinterpret_cast<const Field*>(slice.data),
                                    static_cast<size_t>(slice.size));
  types::TypeTable& table = call.machine.program().table();
  std::vector<types::Var*> fields;
  std::vector<std::string_view> tags;
  bool has_tags = false;
  for (const Field& field : list) {
    auto* const var = Types(call).arena().New<types::Var>();
    var->var_kind = types::VarKind::kFieldVar;
    var->name = table.names().Intern(field.name.view());
    var->type = field.type->type;
    var->is_embedded = field.is_embedded != 0;
    var->origin = var;
    for (const ProgramPackage& package : call.machine.program().packages()) {
      if (field.package_path.size > 0 &&
          package.package->path == field.package_path.view()) {
        // Only compared by; fields of the package's own types have it too.
        var->package = const_cast<types::Package*>(package.package);
      }
    }
    fields.push_back(var);
    tags.push_back(call.machine.heap().Constant(field.tag.view()).view());
    has_tags = has_tags || field.tag.size > 0;
  }
  if (!has_tags) {
    tags.clear();
  }
  return Made(call, Types(call).NewStruct(fields, tags));
}

}  // namespace gdlint::interp
