#include "driver/belonging.h"

#include <algorithm>

#include "source/pos.h"

namespace gdlint::driver {
namespace {

std::string_view TextOf(const ast::Tree& tree, ast::NodeId id,
                        std::string_view text) {
  const source::Span span = ast::SpanOf(tree, id);
  return text.substr(span.begin.offset(),
                     span.end.offset() - span.begin.offset());
}

}  // namespace

std::string PackageName(const ast::Tree& tree, std::string_view text) {
  if (!tree.package_name().has_value()) {
    return {};
  }
  return std::string(TextOf(tree, tree.package_name(), text));
}

bool ImportsC(const ast::Tree& tree, std::string_view text) {
  return std::ranges::any_of(
      tree.All<ast::ImportSpec>(), [&](const ast::ImportSpec& spec) {
        const std::string_view path = TextOf(tree, spec.path, text);
        return path == "\"C\"" || path == "`C`";
      });
}

bool IsLeftOut(const ast::Tree& tree, std::string_view text,
               const loader::BuildContext& context) {
  return PackageName(tree, text) == "documentation" ||
         (!context.cgo_enabled() && ImportsC(tree, text));
}

}  // namespace gdlint::driver
