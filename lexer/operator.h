// What kinds of operators there are among the tokens.

#pragma once

#include "lexer/token.h"

namespace gdlint::lexer {

constexpr bool IsComparison(TokenKind op) {
  switch (op) {
    case TokenKind::kEql:
    case TokenKind::kNeq:
    case TokenKind::kLss:
    case TokenKind::kLeq:
    case TokenKind::kGtr:
    case TokenKind::kGeq:
      return true;
    default:
      return false;
  }
}

constexpr bool IsShift(TokenKind op) {
  return op == TokenKind::kShl || op == TokenKind::kShr;
}

// The binary operators of all numbers.
constexpr bool IsArithmetic(TokenKind op) {
  return op == TokenKind::kAdd || op == TokenKind::kSub ||
         op == TokenKind::kMul || op == TokenKind::kQuo;
}

// Those of integers alone, but for shifts.
constexpr bool IsIntegerArithmetic(TokenKind op) {
  return op == TokenKind::kRem || op == TokenKind::kAnd ||
         op == TokenKind::kOr || op == TokenKind::kXor ||
         op == TokenKind::kAndNot;
}

}  // namespace gdlint::lexer
