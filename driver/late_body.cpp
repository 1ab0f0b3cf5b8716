#include "driver/late_body.h"

namespace gdlint::driver {

std::optional<types::BodyResult> ReadLateBody(const types::Package& package,
                                              const types::BodyTask& task,
                                              types::TypeTable& table,
                                              parser::Parser& parser,
                                              types::BodyChecker& checker,
                                              LateBody& late) {
  const ast::FuncDecl& decl = task.file->tree->Get(task.decl);
  late.parsed =
      parser.ParseBody(*task.file->source, decl.body_begin, decl.body_end);
  if (!late.parsed.errors.empty() ||
      !late.parsed.tree.Get(LateBody::kDecl).body.has_value()) {
    return std::nullopt;
  }
  late.unit = std::make_unique<types::Unit>(*task.file, late.parsed.tree,
                                            table.names());
  return checker.Check(package, task, *late.unit, LateBody::kDecl);
}

}  // namespace gdlint::driver
