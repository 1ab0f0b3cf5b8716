#include <utility>

#include <fmt/format.h>

#include "types/checker.h"
#include "types/decl_internal.h"
#include "types/type_internal.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

// The method that `field` declares, or null after an error.
Func* MethodOf(Checker& checker, const ast::Field& field) {
  const ast::Ref<ast::Ident> ident = checker.tree().Items(field.names)[0];
  const Name* const name = checker.NameOf(ident);
  if (name->is_blank) {
    checker.Error(checker.AtNode(ident), Code::kBlankIfaceMethod,
                  "methods must have a unique non-blank name");
    return nullptr;
  }
  const Type* const type = checker.Typ(field.type);
  const auto* const signature = TryAs<Signature>(type);
  if (signature == nullptr) {
    if (IsValid(type)) {
      checker.Error(
          checker.AtNode(field.type), Code::kInvalidSyntaxTree,
          fmt::format("{} is not a method signature", checker.Text(type)));
    }
    return nullptr;
  }
  if (!signature->type_params.empty()) {
    const auto* const func = checker.TryGet<ast::FuncType>(field.type);
    checker.Error(func != nullptr && func->type_params.has_value()
                      ? checker.AtNode(func->type_params)
                      : checker.AtNode(field.type),
                  Code::kInvalidSyntaxTree,
                  "methods cannot have type parameters");
  }
  Func* const method =
      checker.NewObject<Func>(checker.Get(ident).pos, name, signature);
  method->origin = method;
  checker.RecordDef(ident, method);
  return method;
}

// Reports the interface whose type set is one too many.
void CountMethods(Checker& checker, const TypeSet& set, const Interface* type,
                  std::span<const At> embedded) {
  checker.type_set_methods += set.methods.size();
  if (checker.AffordTypeSets()) {
    return;
  }
  At at;
  if (!embedded.empty()) {
    at = embedded.front();
  } else if (!type->methods.empty()) {
    at = Checker::AtObject(type->methods.front());
  }
  checker.Error(at, Code::kTooComplex,
                "interfaces are too complex: they have too many methods in "
                "all");
}

std::vector<Checker::ErrorNote> NotesFor(const TypeSetProblem& problem) {
  if (problem.other_method == nullptr) {
    return {};
  }
  const Func* const other = problem.other_method;
  return {{Checker::AtObject(other),
           fmt::format("other declaration of method {}", other->name->text())}};
}

}  // namespace

const Type* Checker::InterfaceType(ast::Ref<ast::InterfaceType> ref,
                                   TypeName* object) {
  const ast::Ref<ast::FieldList> list = Get(ref).methods;
  std::vector<Func*> methods;
  std::vector<const Type*> embeddeds;
  if (list.has_value()) {
    for (const ast::Ref<ast::Field> id : tree().Items(Get(list).fields)) {
      const ast::Field& field = Get(id);
      if (field.names.empty()) {
        embeddeds.push_back(ParseUnion(field.type));
      } else if (Func* const method = MethodOf(*this, field)) {
        methods.push_back(method);
      }
    }
  }
  const Interface* const type =
      types.NewInterface(methods, embeddeds, /*is_implicit=*/false);
  if (!embeddeds.empty() && !AllowVersion(18)) {
    const_cast<Interface*>(type)->has_methods_only = true;
  }
  // Messages speak of the defined type where there is one.
  const Named* const named = object != nullptr && object->type != nullptr
                                 ? AsNamed(object->type)
                                 : nullptr;
  for (Func* const method : methods) {
    method->recv = named != nullptr ? static_cast<const Type*>(named) : type;
  }
  if (!methods.empty() || !embeddeds.empty()) {
    Later([this, type, ref] { CheckTypeSet(type, &Get(ref)); });
  }
  return type;
}

void Checker::CheckTypeSet(const Interface* type,
                           const ast::InterfaceType* expr) {
  std::vector<At> embedded;
  if (expr != nullptr && expr->methods.has_value()) {
    for (const ast::Ref<ast::Field> id :
         tree().Items(Get(expr->methods).fields)) {
      if (Get(id).names.empty()) {
        embedded.push_back(AtNode(Get(id).type));
      }
    }
  }
  ReportTypeSetProblems(*this, type, embedded);
}

void ReportTypeSetProblems(Checker& checker, const Interface* type,
                           std::span<const At> embedded) {
  if (!checker.AffordTypeSets()) {
    GiveUpTypeSet(type);
    return;
  }
  // The text is written only if there is something to tell: it would be of
  // quadratic size where interfaces nest.
  constexpr TypeStringOptions kNoText = {.max_size = 0};
  std::vector<TypeSetProblem> problems;
  const TypeSet* const set = TypeSetOf(type, &problems, kNoText);
  CountMethods(checker, *set, type, embedded);
  std::erase_if(problems, [&](const TypeSetProblem& problem) {
    return problem.needs_minor_version != 0 &&
           checker.AllowVersion(problem.needs_minor_version);
  });
  if (problems.empty()) {
    return;
  }
  // Once more, for the text.
  problems.clear();
  TypeSetOf(type, &problems, checker.TextOptions());
  for (TypeSetProblem& problem : problems) {
    const uint32_t needs = problem.needs_minor_version;
    if (needs != 0 && checker.AllowVersion(needs)) {
      continue;
    }
    // A constraint of this package was reported where it is declared.
    const Type* const element =
        problem.embedded_index >= 0
            ? type->embeddeds[static_cast<size_t>(problem.embedded_index)]
            : nullptr;
    if (needs != 0 && problem.method == nullptr && element != nullptr &&
        IsInterface(element) && !IsImportedConstraint(checker, element)) {
      continue;
    }
    At at;
    if (problem.embedded_index >= 0 &&
        static_cast<size_t>(problem.embedded_index) < embedded.size()) {
      at = embedded[static_cast<size_t>(problem.embedded_index)];
    } else if (problem.method != nullptr) {
      at = Checker::AtObject(problem.method);
    }
    // Overlapping methods are not called a feature of the language.
    if (needs != 0 && problem.method == nullptr) {
      checker.VerifyVersion(at, needs, problem.message);
      continue;
    }
    checker.ErrorWithNotes(
        at,
        problem.method != nullptr ? Code::kDuplicateDecl : Code::kInvalidUnion,
        std::move(problem.message), NotesFor(problem));
  }
}

}  // namespace gdlint::types
