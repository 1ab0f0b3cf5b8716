#include "checks/fixes/lines.h"

#include <algorithm>

#include <fmt/format.h>

namespace gdlint::checks::fixes {
namespace {

// Where the line of a byte begins.
size_t LineBegin(std::string_view text, size_t at) {
  const size_t before = at == 0 ? text.npos : text.rfind('\n', at - 1);
  return before == text.npos ? 0 : before + 1;
}

// Where the next line begins.
size_t NextLine(std::string_view text, size_t at) {
  const size_t end = text.find('\n', at);
  return end == text.npos ? text.size() : end + 1;
}

std::string_view LineFrom(std::string_view text, size_t begin) {
  return text.substr(begin, NextLine(text, begin) - begin);
}

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t\r\n") == line.npos;
}

// The rest of a line has nothing but a comment that ends with it, at most.
bool IsRestFree(std::string_view rest) {
  const size_t first = rest.find_first_not_of(" \t\r\n");
  return first == rest.npos || rest.substr(first).starts_with("//");
}

bool BeginsLine(std::string_view text, size_t at) {
  const size_t begin = LineBegin(text, at);
  return IsBlank(text.substr(begin, at - begin));
}

bool IsCommentLine(std::string_view line) {
  const size_t first = line.find_first_not_of(" \t");
  return first != line.npos && line.substr(first).starts_with("//");
}

// The rest of the line [at, end), which no other comment above or below is
// aligned with any more.
std::string CommentBehind(std::string_view text, size_t at, size_t end) {
  const std::string_view rest = text.substr(at, end - at);
  const size_t comment = rest.find_first_not_of(" \t");
  return (rest.substr(comment).starts_with("//") ? " " : "") +
         std::string(rest.substr(comment));
}

std::string_view LineEndAt(std::string_view text, size_t at) {
  return LineFrom(text, LineBegin(text, at)).ends_with("\r\n") ? "\r\n" : "\n";
}

std::string Join(const std::vector<std::string>& lines, std::string_view indent,
                 std::string_view end) {
  std::string all;
  for (const std::string& line : lines) {
    all += indent;
    all += line;
    all += end;
  }
  return all;
}

source::Pos At(size_t offset) {
  return source::Pos::At(static_cast<uint32_t>(offset));
}

Edit Insertion(size_t at, std::string text) {
  return {.span = {At(at), At(at)}, .text = std::move(text)};
}

}  // namespace

std::string_view IndentAt(const syntax::FileIndex& index, source::Pos pos) {
  const std::string_view text = index.text();
  const std::string_view line = text.substr(LineBegin(text, pos.offset()));
  return line.substr(0, line.find_first_not_of(" \t"));
}

std::optional<Edit> InsertBelow(const syntax::FileIndex& index,
                                ast::NodeId node,
                                const std::vector<std::string>& lines) {
  const std::string_view text = index.text();
  const source::Span span = ast::SpanOf(index.tree(), node);
  const size_t next = NextLine(text, span.end.offset());
  if (!IsRestFree(text.substr(span.end.offset(), next - span.end.offset())) ||
      !text.substr(0, next).ends_with('\n')) {
    return std::nullopt;
  }
  return Insertion(next, Join(lines, IndentAt(index, span.begin),
                              LineEndAt(text, span.end.offset())));
}

std::optional<Edit> InsertFirst(const syntax::FileIndex& index,
                                ast::Ref<ast::BlockStmt> block,
                                const std::vector<std::string>& lines) {
  const std::string_view text = index.text();
  const size_t brace = index.tree().Get(block).lbrace.offset();
  const size_t next = NextLine(text, brace);
  if (!IsRestFree(text.substr(brace + 1, next - brace - 1)) ||
      IsBlank(LineFrom(text, next))) {
    return std::nullopt;
  }
  const std::string indent =
      std::string(IndentAt(index, index.tree().Get(block).lbrace)) + "\t";
  return Insertion(next, Join(lines, indent, LineEndAt(text, brace)));
}

std::vector<Edit> MoveBelow(const syntax::FileIndex& index, ast::NodeId stmt,
                            ast::NodeId target) {
  const std::string_view text = index.text();
  const source::Span span = ast::SpanOf(index.tree(), stmt);
  const source::Span target_span = ast::SpanOf(index.tree(), target);
  const size_t end = NextLine(text, span.end.offset());
  const size_t below = NextLine(text, target_span.end.offset());
  const auto rest = [&](size_t from, size_t to) {
    return IsRestFree(text.substr(from, to - from));
  };
  if (!BeginsLine(text, span.begin.offset()) ||
      !BeginsLine(text, target_span.begin.offset()) ||
      !rest(span.end.offset(), end) || !rest(target_span.end.offset(), below) ||
      !text.substr(0, below).ends_with('\n')) {
    return {};
  }
  size_t begin = LineBegin(text, span.begin.offset());
  while (begin > 0 &&
         IsCommentLine(LineFrom(text, LineBegin(text, begin - 1)))) {
    begin = LineBegin(text, begin - 1);
  }
  // Blank lines behind it go too: what is above belongs to the check.
  size_t removed = end;
  while (removed < target_span.begin.offset() &&
         IsBlank(LineFrom(text, removed))) {
    removed = NextLine(text, removed);
  }
  return {{.span = {At(begin), At(removed)}, .text = ""},
          Insertion(below,
                    std::string(text.substr(begin, span.end.offset() - begin)) +
                        CommentBehind(text, span.end.offset(), end))};
}

Fix Rename(const syntax::FileIndex& index, ast::ExprId call,
           std::string_view method) {
  const ast::Tree& tree = index.tree();
  const auto* node = tree.TryGet<ast::CallExpr>(syntax::Unparen(tree, call));
  const auto* selector =
      node == nullptr
          ? nullptr
          : tree.TryGet<ast::SelectorExpr>(syntax::Unparen(tree, node->fun));
  if (selector == nullptr) {
    return {};
  }
  return {fmt::format("call `{}`", method),
          {{ast::SpanOf(tree, selector->sel), std::string(method)}}};
}

Edit Replace(const syntax::FileIndex& index, ast::NodeId node,
             const std::vector<std::string>& lines) {
  const source::Span span = ast::SpanOf(index.tree(), node);
  const std::string_view end = LineEndAt(index.text(), span.begin.offset());
  std::string all;
  for (const std::string& line : lines) {
    if (!all.empty()) {
      all += end;
      all += IndentAt(index, span.begin);
    }
    all += line;
  }
  return {.span = span, .text = std::move(all)};
}

}  // namespace gdlint::checks::fixes
