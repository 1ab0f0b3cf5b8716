// A temporary folder is a string: what is made of that string names what lies
// in the folder, and whoever gets such a name may look after the folder.

#include "checks/resources/explorer.h"

#include <algorithm>
#include <string_view>

#include "types/package.h"
#include "types/predicates.h"

namespace gdlint::checks::resources {
namespace {

// The array of the arguments that `...` stands for: it is filled, cut, and
// given to calls, and that is all.
bool IsOfArguments(const ssa::Function& function, ssa::Value array) {
  if (!array.is_inst() || function.inst(array.inst()).op != ssa::Op::kAlloc) {
    return false;
  }
  return std::ranges::all_of(function.UsersOf(array), [&](ssa::InstId user) {
    const ssa::Inst& use = function.inst(user);
    const auto users = function.UsersOf(user);
    if (use.op == ssa::Op::kIndexAddr) {
      return std::ranges::all_of(users, [&](ssa::InstId store) {
        return function.inst(store).op == ssa::Op::kStore;
      });
    }
    return use.op == ssa::Op::kSlice &&
           std::ranges::all_of(users, [&](ssa::InstId call) {
             const ssa::Inst& inst = function.inst(call);
             return (inst.op == ssa::Op::kCall || inst.op == ssa::Op::kDefer) &&
                    ModeOf(inst) != ssa::CallMode::kBuiltin;
           });
  });
}

// A struct of the standard library, such as os/exec.Cmd: it only names the
// folder.
bool IsOfStandardStruct(const ssa::Function& function, ssa::Value field_addr) {
  const auto* const pointer = types::TryAs<types::Pointer>(types::Under(
      function.TypeOf(function.Operands(function.inst(field_addr.inst()))[0])));
  const types::Named* const named =
      pointer == nullptr ? nullptr : types::AsNamed(pointer->elem);
  return named != nullptr && named->obj->package != nullptr &&
         named->obj->package->is_standard;
}

// People are told where it is: it stays for them.
bool Tells(const types::Func& named) {
  const std::string_view path = named.package->path;
  const std::string_view name = NameOf(&named);
  return path == "log" || path == "log/slog" || path == "testing" ||
         (path == "fmt" &&
          (name.starts_with("Print") || name.starts_with("Fprint")));
}

}  // namespace

bool Explorer::MayKeep(const types::Type* type) const {
  return MayHold(type) ||
         (IsFolder() && type != nullptr && types::IsString(type));
}

// The name goes where it does not leave the function; false if that is not
// known.
bool Explorer::StoreName(ssa::Value addr, ssa::Value value,
                         State& state) const {
  if (!IsFolder() || !addr.is_inst() ||
      (!Has(state.aliases, RawOf(value)) &&
       !Has(state.holders, RawOf(value)))) {
    return false;
  }
  const ssa::Inst& inst = function_.inst(addr.inst());
  if (inst.op == ssa::Op::kFieldAddr) {
    return IsOfStandardStruct(function_, addr);
  }
  if (inst.op != ssa::Op::kIndexAddr) {
    return false;
  }
  const ssa::Value array = function_.Operands(inst)[0];
  if (!IsOfArguments(function_, array)) {
    return false;
  }
  Insert(state.holders, RawOf(array));
  return true;
}

// Whether it is still known who looks after the folder when a function has got
// its name, or one made of that.
bool Explorer::NameArgument(ssa::InstId id, const ssa::Inst& inst,
                            const types::Func* named, size_t operand,
                            State& state) const {
  const auto any_result = [&](const auto& fits) {
    const auto* const tuple = types::TryAs<types::Tuple>(inst.type);
    return tuple == nullptr
               ? inst.type != nullptr && fits(inst.type)
               : std::ranges::any_of(tuple->params,
                                     [&](const types::Param& param) {
                                       return fits(param.type);
                                     });
  };
  const bool is_known = !HasBody(inst) && named != nullptr &&
                        named->package != nullptr && IsStandard(*named);
  if (!is_known) {
    // An object that works in the folder may remove it; what a function does
    // with a list of names is not followed.
    const types::Type* const type =
        function_.TypeOf(function_.Operands(inst)[operand]);
    if (type == nullptr || !types::IsString(type) || any_result(MayHold)) {
      return false;
    }
  } else if (Tells(*named)) {
    return false;
  }
  if (any_result([&](const types::Type* type) { return MayKeep(type); })) {
    Insert(state.holders, RawOf(ssa::Value(id)));
  }
  return true;
}

}  // namespace gdlint::checks::resources
