// Types that consist of nothing but names, and types that contain themselves.

#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "types/checker.h"
#include "types/decl_internal.h"
#include "types/declaration.h"

namespace gdlint::types {
namespace {

// The name that stands alone on the right-hand side of a type's declaration,
// if it is a type of the package.
TypeName* NameOnRight(const Package& package, const TypeName* name) {
  const Unit& unit = *name->decl->unit;
  const ast::ExprId rhs = unit.tree->Get(name->decl->type_spec).type;
  if (rhs.kind() != ast::NodeKind::kIdent) {
    return nullptr;
  }
  return TryAs<TypeName>(
      package.scope->Lookup(unit.NameOf(ast::Ref<ast::Ident>::FromNode(rhs))));
}

// The first expression of kind `Node` of the unit that instantiates `type`.
template <typename Node>
source::Pos FirstInUnit(const Unit& unit, const Type* type) {
  source::Pos first;
  const auto nodes = unit.tree->All<Node>();
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    const ast::Ref<Node> ref(i);
    const Type* const recorded = unit.info.TypeOf(ref).type();
    if (recorded == nullptr || !Identical(recorded, type)) {
      continue;
    }
    const source::Pos begin = ast::Begin(*unit.tree, ref);
    if (!first.is_valid() || begin < first) {
      first = begin;
    }
  }
  return first;
}

// Follows fields and elements to find a type that is inside of itself, or
// inside of a type whose declaration is not done yet.
class SizeChecker {
 public:
  explicit SizeChecker(Checker& checker) : checker_(checker) {}

  bool IsFinite(const Type* type) {
    type = type != nullptr ? Unalias(type) : nullptr;
    if (const auto* const array = TryAs<Array>(type)) {
      return IsFinite(array->elem);
    }
    if (const auto* const fields = TryAs<Struct>(type)) {
      return IsFiniteStruct(fields);
    }
    const auto* const named = TryAs<Named>(type);
    return named == nullptr || IsFiniteNamed(named);
  }

 private:
  // Aliases may make one struct part of many.
  bool IsFiniteStruct(const Struct* type) {
    if (finite_structs_.contains(type)) {
      return true;
    }
    for (const Var* const field : type->fields) {
      if (!IsFinite(field->type)) {
        return false;
      }
    }
    // Not before: it may be on the path itself.
    if (++struct_count_ > kFewStructs) {
      finite_structs_.insert(type);
    }
    return true;
  }

  bool IsFiniteNamed(const Named* named) {
    // What others have declared, and this package before its bodies, is
    // finite, or was made invalid.
    if (named->obj->package != &checker_.package ||
        (checker_.is_body && named->obj->decl != nullptr)) {
      return true;
    }
    const auto known = checker_.finite_types.find(named);
    if (known != checker_.finite_types.end()) {
      return known->second;
    }
    if (const auto start = on_path_.find(named->obj); start != on_path_.end()) {
      Report(std::span(path_).subspan(start->second),
             FirstInstantiation(checker_, instances_[start->second]));
      return false;
    }
    if (named->obj->path_index >= 0) {
      std::vector<Object*> cycle(
          checker_.object_path.begin() + named->obj->path_index,
          checker_.object_path.end());
      cycle.insert(cycle.end(), path_.begin(), path_.end());
      Report(cycle);
      return false;
    }
    // An instance is as finite as its generic type, but for its arguments,
    // which ValidType looks at.
    on_path_.emplace(named->obj, path_.size());
    path_.push_back(named->obj);
    instances_.push_back(named);
    const bool is_finite = IsFinite(named->origin->from_rhs);
    path_.pop_back();
    instances_.pop_back();
    on_path_.erase(named->obj);
    checker_.finite_types.emplace(named, is_finite);
    return is_finite;
  }

  // `instance` is where the first of `cycle` is instantiated, if it is.
  void Report(std::span<Object* const> cycle,
              std::optional<At> instance = std::nullopt) {
    const size_t first = FirstInSource(checker_.package, cycle);
    checker_.CycleError(cycle, first, first == 0 ? instance : std::nullopt);
  }

  static constexpr int kFewStructs = 16;

  Checker& checker_;
  std::vector<Object*> path_;
  // The types that these are the objects of.
  std::vector<const Named*> instances_;
  std::unordered_map<const Object*, size_t> on_path_;
  int struct_count_ = 0;
  std::unordered_set<const Struct*> finite_structs_;
};

}  // namespace

std::optional<At> FirstInstantiation(const Checker& checker,
                                     const Named* type) {
  if (!type->is_instance()) {
    return std::nullopt;
  }
  for (const std::unique_ptr<File>& file : checker.package.files) {
    const Unit& unit = *file->unit;
    const source::Pos index = FirstInUnit<ast::IndexExpr>(unit, type);
    const source::Pos list = FirstInUnit<ast::IndexListExpr>(unit, type);
    const source::Pos first =
        !list.is_valid() || (index.is_valid() && index < list) ? index : list;
    if (first.is_valid()) {
      return At{file.get(), {first, first}};
    }
  }
  return std::nullopt;
}

void Checker::DirectCycles() {
  // Where a type is on the current path, or that it was followed before.
  constexpr size_t kDone = ~size_t{0};
  std::unordered_map<const TypeName*, size_t> seen;
  for (Object* const object : state.objects) {
    std::vector<Object*> path;
    for (auto* name = TryAs<TypeName>(object); name != nullptr;
         name = NameOnRight(package, name)) {
      const auto [known, is_new] = seen.emplace(name, path.size());
      if (is_new) {
        path.push_back(name);
        continue;
      }
      if (known->second != kDone) {
        name->type = InvalidType();
        const std::span<Object* const> cycle =
            std::span<Object* const>(path).subspan(known->second);
        CycleError(cycle, FirstInSource(package, cycle));
      }
      break;
    }
    for (const Object* const name : path) {
      seen[static_cast<const TypeName*>(name)] = kDone;
    }
  }
}

bool Checker::FiniteSize(const Type* type) {
  // Asked of every operand: most need no look.
  if (type == nullptr) {
    return true;
  }
  switch (type->kind) {
    case TypeKind::kNamed:
      if (As<Named>(type)->obj->package != &package) {
        return true;
      }
      break;
    case TypeKind::kAlias:
    case TypeKind::kArray:
    case TypeKind::kStruct:
      break;
    default:
      return true;
  }
  return SizeChecker(*this).IsFinite(type);
}

}  // namespace gdlint::types
