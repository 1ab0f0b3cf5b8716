// Names and places of statements as messages give them.

#pragma once

#include <string>

#include "checks/check.h"

namespace gdlint::checks {

namespace syntax {
class FileIndex;
}

// A call as the subject of a sentence: "`f.Close()`", or "a function literal".
std::string CallPhrase(const syntax::FileIndex& index, ast::ExprId call);
std::string CallPhrase(const Pass& pass, ast::ExprId call);

// The function that `id` is in: "`copyAll`", or "the function literal".
std::string FunctionPhrase(const syntax::FileIndex& index, ast::NodeId id);
std::string FunctionPhrase(const Pass& pass, ast::NodeId id);

// Says that the file is too large for the check to look at all of it.
void ReportIncomplete(Pass& pass);

// The place of a `defer` or `go` statement: all of it if it is one line, else
// its keyword and the head of the function literal.
source::Span StatementSpan(const syntax::FileIndex& index, ast::NodeId stmt);
source::Span StatementSpan(const Pass& pass, ast::NodeId stmt);

// As above for a function literal: its head.
source::Span LiteralSpan(const syntax::FileIndex& index,
                         ast::Ref<ast::FuncLit> literal);
source::Span LiteralSpan(const Pass& pass, ast::Ref<ast::FuncLit> literal);

}  // namespace gdlint::checks
