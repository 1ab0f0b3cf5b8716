#include "types/package.h"

#include "types/declaration.h"
#include "types/name_table.h"

namespace gdlint::types {

Unit::Unit(const File& in_file, const ast::Tree& of_tree, NameTable& table)
    : file(&in_file), tree(&of_tree), info(of_tree) {
  const std::string_view text = in_file.source->text();
  const std::span<const ast::Ident> idents = of_tree.All<ast::Ident>();
  names.reserve(idents.size());
  for (const ast::Ident& ident : idents) {
    // The parser makes up an empty name where one is missing.
    names.push_back(table.Intern(
        ident.pos.is_valid() ? text.substr(ident.pos.offset(), ident.length)
                             : std::string_view()));
  }
}

const source::LineTable& File::Lines() const {
  std::call_once(lines_once_, [this] {
    lines_ = std::make_unique<source::LineTable>(source->text());
  });
  return *lines_;
}

Package::Package() = default;
Package::~Package() = default;

}  // namespace gdlint::types
