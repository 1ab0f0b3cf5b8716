#include "checks/unread_fields.h"

#include <algorithm>

#include "types/package.h"

namespace gdlint::checks {
namespace {

const types::Struct* StructOf(const types::Type* type) {
  if (type == nullptr) {
    return nullptr;
  }
  const types::Type* under = types::Under(type);
  if (const auto* const pointer = types::TryAs<types::Pointer>(under)) {
    under = types::Under(pointer->elem);
  }
  return types::TryAs<types::Struct>(under);
}

const types::Var* OriginOf(const types::Var* field) {
  return field->origin != nullptr ? field->origin : field;
}

bool IsOnlyStoredTo(const ssa::Function& function, ssa::InstId address) {
  return std::ranges::all_of(function.UsersOf(address), [&](ssa::InstId user) {
    const ssa::Inst& inst = function.inst(user);
    return inst.op == ssa::Op::kStore &&
           function.Operands(inst)[1] != ssa::Value(address);
  });
}

}  // namespace

const types::Var* FieldOf(const ssa::Function& function,
                          const ssa::Inst& inst) {
  const types::Struct* const type =
      StructOf(function.TypeOf(function.Operands(inst)[0]));
  return type == nullptr || inst.aux >= type->fields.size()
             ? nullptr
             : OriginOf(type->fields[inst.aux]);
}

UnreadFields::UnreadFields(const PackagePass& pass) {
  for (const ssa::Function* const function : pass.functions()) {
    for (const ssa::Inst& inst : function->insts()) {
      switch (inst.op) {
        case ssa::Op::kFieldAddr:
          if (!IsOnlyStoredTo(*function, function->IdOf(inst))) {
            read_.insert(FieldOf(*function, inst));
          }
          break;
        case ssa::Op::kField:
          read_.insert(FieldOf(*function, inst));
          break;
        case ssa::Op::kConvert:
        case ssa::Op::kChangeType:
          // Another struct with the same fields, or who knows what.
          for (const types::Type* const type :
               {inst.type, function->TypeOf(function->Operands(inst)[0])}) {
            if (const types::Struct* const whole = StructOf(type)) {
              for (const types::Var* const field : whole->fields) {
                read_.insert(OriginOf(field));
              }
            }
          }
          break;
        default:
          break;
      }
    }
  }
}

bool UnreadFields::IsUnread(const ssa::Function& function,
                            ssa::Value address) const {
  if (!address.is_inst() ||
      function.inst(address.inst()).op != ssa::Op::kFieldAddr) {
    return false;
  }
  const types::Var* const field =
      FieldOf(function, function.inst(address.inst()));
  return field != nullptr && field->name != nullptr &&
         field->package == function.package() && !field->is_embedded &&
         !field->name->is_exported && !read_.contains(field);
}

}  // namespace gdlint::checks
