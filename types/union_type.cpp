#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "types/checker.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

// Whether terms overlap is found out pair by pair.
constexpr size_t kMaxTerms = 100;

struct FlatUnion {
  // `a|b`, `a|b|c` and so on.
  std::vector<ast::ExprId> binaries;
  // One more.
  std::vector<ast::ExprId> terms;
};

FlatUnion Flatten(const Checker& checker, ast::ExprId expr) {
  FlatUnion flat;
  for (;;) {
    const auto* const binary = checker.TryGet<ast::BinaryExpr>(expr);
    if (binary == nullptr || binary->op != lexer::TokenKind::kOr) {
      break;
    }
    flat.binaries.push_back(expr);
    flat.terms.push_back(binary->y);
    expr = binary->x;
  }
  flat.terms.push_back(expr);
  std::ranges::reverse(flat.binaries);
  std::ranges::reverse(flat.terms);
  return flat;
}

Term ParseTerm(Checker& checker, ast::ExprId expr) {
  const auto* const unary = checker.TryGet<ast::UnaryExpr>(expr);
  const bool tilde = unary != nullptr && unary->op == lexer::TokenKind::kTilde;
  const ast::ExprId operand = tilde ? unary->x : expr;
  const Type* type = checker.Typ(operand);
  if (IsTypeParam(type)) {
    checker.Error(
        checker.AtNode(operand), Code::kMisplacedTypeParam,
        tilde ? fmt::format("type in term {} cannot be a type parameter",
                            checker.Text(expr))
              : "term cannot be a type parameter");
    type = InvalidType();
  }
  const Term term{type, tilde};
  if (tilde) {
    checker.RecordTypeAndValue(expr, Mode::kTypeExpr,
                               checker.types.UnionOf(std::span(&term, 1)));
  }
  return term;
}

// With the path of its package, as lists of terms are written elsewhere too.
std::string TermText(const Term& term) {
  return (term.tilde ? "~" : "") + TypeString(term.type);
}

bool AreDisjoint(const Term& x, const Term& y) {
  const Type* const x_type = y.tilde ? Under(x.type) : x.type;
  const Type* const y_type = x.tilde ? Under(y.type) : y.type;
  return !Identical(x_type, y_type);
}

// What is wrong with an interface as one of several terms, or nothing.
std::string InterfaceTermProblem(const Checker& checker, const Term& term,
                                 const Interface* interface) {
  const TypeSet* const set = TypeSetOf(interface);
  const std::string text = TermText(term);
  if (!set->methods.empty()) {
    return fmt::format("cannot use {} in union ({} contains methods)", text,
                       text);
  }
  if (term.type == checker.universe().comparable_type()) {
    return "cannot use comparable in union";
  }
  if (set->comparable) {
    return fmt::format("cannot use {} in union ({} embeds comparable)", text,
                       text);
  }
  return "";
}

// Reports if the last of `terms` does not go with those before it.
void CheckTerm(Checker& checker, std::span<const Term> terms, At at) {
  const Term& term = terms.back();
  if (!IsValid(term.type)) {
    return;
  }
  const Type* const under = Under(term.type);
  const auto* const interface = TryAs<Interface>(under);
  if (term.tilde && interface != nullptr) {
    checker.Error(at, Code::kInvalidUnion,
                  fmt::format("invalid use of ~ ({} is an interface)",
                              checker.Text(term.type)));
    return;
  }
  if (term.tilde && !Identical(under, term.type)) {
    checker.Error(at, Code::kInvalidUnion,
                  fmt::format("invalid use of ~ (underlying type of {} is {})",
                              checker.Text(term.type), checker.Text(under)));
    return;
  }
  if (interface != nullptr) {
    std::string problem = InterfaceTermProblem(checker, term, interface);
    if (!problem.empty()) {
      checker.Error(at, Code::kInvalidUnion, std::move(problem));
    }
    return;
  }
  for (const Term& other : terms.first(terms.size() - 1)) {
    if (!IsInterface(other.type) && !AreDisjoint(other, term)) {
      checker.SoftError(at, Code::kInvalidUnion,
                        fmt::format("overlapping terms {} and {}",
                                    TermText(term), TermText(other)));
      return;
    }
  }
}

}  // namespace

const Type* Checker::ParseUnion(ast::ExprId expr) {
  FlatUnion flat = Flatten(*this, expr);
  std::vector<Term> terms;
  const Type* type = nullptr;
  for (size_t i = 0; i < flat.terms.size(); ++i) {
    const Term term = ParseTerm(*this, flat.terms[i]);
    if (flat.terms.size() == 1 && !term.tilde) {
      return term.type;
    }
    if (terms.size() < kMaxTerms) {
      terms.push_back(term);
      type = types.UnionOf(terms);
    } else if (IsValid(type)) {
      Error(AtNode(flat.terms[i]), Code::kInvalidUnion,
            fmt::format("cannot handle more than {} union terms "
                        "(implementation limitation)",
                        kMaxTerms));
      type = InvalidType();
    }
    if (i > 0) {
      RecordTypeAndValue(flat.binaries[i - 1], Mode::kTypeExpr, type);
    }
  }
  if (IsValid(type)) {
    // The types must be complete.
    Later([this, exprs = std::move(flat.terms), terms = std::move(terms)] {
      for (size_t i = 0; i < terms.size(); ++i) {
        CheckTerm(*this, std::span(terms).first(i + 1), AtNode(exprs[i]));
      }
    });
  }
  return type;
}

}  // namespace gdlint::types
