#include "checks/unrun_examples.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "ast/tree.h"

namespace gdlint::checks {
namespace {

bool IsExampleName(std::string_view name) {
  constexpr std::string_view kPrefix = "Example";
  return name.starts_with(kPrefix) &&
         (name.size() == kPrefix.size() ||
          std::islower(static_cast<unsigned char>(name[kPrefix.size()])) == 0);
}

// A line comment that begins with `Output:` or `Unordered output:`, in any case
// of letters.
bool SaysOutput(std::string_view body) {
  const auto skip_blanks = [&](size_t at) {
    while (at < body.size() && (body[at] == ' ' || body[at] == '\t')) {
      ++at;
    }
    return at;
  };
  const auto begins = [&](size_t at, std::string_view word) {
    return body.size() - at >= word.size() &&
           std::ranges::equal(body.substr(at, word.size()), word, {},
                              [](unsigned char c) { return std::tolower(c); });
  };
  for (size_t at = body.find("//"); at != std::string_view::npos;
       at = body.find("//", at + 2)) {
    size_t word = skip_blanks(at + 2);
    constexpr std::string_view kUnordered = "unordered ";
    if (begins(word, kUnordered)) {
      word = skip_blanks(word + kUnordered.size());
    }
    if (begins(word, "output:")) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool IsInUnrunExample(const types::File& file, source::Pos pos) {
  if (!file.display_name.ends_with("_test.go")) {
    return false;
  }
  const std::string_view text = file.source->text();
  return std::ranges::any_of(
      file.tree->All<ast::FuncDecl>(), [&](const ast::FuncDecl& decl) {
        if (decl.recv.has_value() || !decl.body.has_value() ||
            pos.offset() < decl.body_begin.offset() ||
            pos.offset() >= decl.body_end.offset()) {
          return false;
        }
        const ast::Ident& name = file.tree->Get(decl.name);
        return IsExampleName(text.substr(name.pos.offset(), name.length)) &&
               !SaysOutput(text.substr(
                   decl.body_begin.offset(),
                   decl.body_end.offset() - decl.body_begin.offset()));
      });
}

}  // namespace gdlint::checks
