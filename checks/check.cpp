#include "checks/check.h"

#include "checks/package_pass.h"
#include "checks/syntax/file_index.h"
#include "types/package.h"

namespace gdlint::checks {

Finding& Finding::As(source::Severity severity) {
  diagnostic_->severity = severity;
  return *this;
}

Finding& Finding::Propose(Fix fix) {
  if (fix_ != nullptr) {
    *fix_ = std::move(fix);
  }
  return *this;
}

Finding& Finding::AddNote(source::Span span, std::string text) {
  diagnostic_->notes.push_back({.span = span, .text = std::move(text)});
  return *this;
}

Finding& Finding::AddNote(const types::File& file, source::Span span,
                          std::string text) {
  source::Note note = {.span = span, .text = std::move(text)};
  if (file.tree != tree_) {
    note.file = file.source->name();
    note.lines = &file.Lines();
  }
  diagnostic_->notes.push_back(std::move(note));
  return *this;
}

Finding Pass::Add(source::Span span, std::string text) {
  diagnostics_.push_back({.code = check_.name,
                          .severity = check_.severity,
                          .span = span,
                          .text = std::move(text),
                          .notes = {}});
  return Finding(tree(), diagnostics_.back(), nullptr);
}

Finding PackagePass::Add(const ssa::Function& function, source::Span span,
                         std::string text) {
  findings_.push_back({.file = &FileOf(function),
                       .diagnostic = {.code = check_.name,
                                      .severity = check_.severity,
                                      .span = span,
                                      .text = std::move(text),
                                      .notes = {}}});
  return Finding(TreeOf(function), findings_.back().diagnostic,
                 &findings_.back().fix);
}

FileIndexes::FileIndexes() = default;
FileIndexes::~FileIndexes() = default;

const syntax::FileIndex& FileIndexes::Of(const types::File& file) {
  std::unique_ptr<syntax::FileIndex>& index = indexes_[&file];
  if (index == nullptr) {
    index =
        std::make_unique<syntax::FileIndex>(*file.tree, file.source->text());
  }
  return *index;
}

}  // namespace gdlint::checks
