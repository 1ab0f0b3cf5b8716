// One check's view of one package: its functions, lowered, and what the passes
// of dataflow/ say about them.

#pragma once

#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ast/tree.h"
#include "checks/check.h"
#include "dataflow/analyses.h"
#include "dataflow/program.h"
#include "source/lang_version.h"
#include "ssa/function.h"
#include "types/package.h"

namespace gdlint::checks {

// What all checks of one package share.
struct PackageView {
  const types::Package* package = nullptr;
  const dataflow::Program* program = nullptr;
  dataflow::Analyses* analyses = nullptr;
  // Those that could be lowered, in the order of files and places: declared
  // functions, initialisers, and what is in each right behind it.
  std::span<const ssa::Function* const> functions;
  // The whole program is seen: no other package can use what this one exports
  // (package main and its tests).
  bool is_program = false;
};

// A finding and the file that it is in.
struct PackageFinding {
  const types::File* file = nullptr;
  source::Diagnostic diagnostic;
  // Without edits if there is none.
  Fix fix = {};
};

// Parents and the like of a file, made when first asked for.
class FileIndexes {
 public:
  FileIndexes();
  ~FileIndexes();
  const syntax::FileIndex& Of(const types::File& file);

 private:
  std::map<const types::File*, std::unique_ptr<syntax::FileIndex>> indexes_;
};

class PackagePass {
 public:
  PackagePass(const Check& check, const PackageView& view, FileIndexes& indexes)
      : check_(check), view_(view), indexes_(indexes) {}

  const types::Package& package() const { return *view_.package; }
  const dataflow::Program& program() const { return *view_.program; }
  bool is_program() const { return view_.is_program; }
  std::span<const ssa::Function* const> functions() const {
    return view_.functions;
  }
  // `pass.Get<dataflow::DeferRegistration>(function)`.
  template <typename T>
  const T& Get(const ssa::Function& function) {
    return view_.analyses->Get<T>(function);
  }
  dataflow::Analyses& analyses() { return *view_.analyses; }

  static const types::File& FileOf(const ssa::Function& function) {
    return *function.unit()->file;
  }
  static const ast::Tree& TreeOf(const ssa::Function& function) {
    return *function.unit()->tree;
  }
  static source::LangVersion LangOf(const ssa::Function& function) {
    return FileOf(function).version;
  }
  static bool IsTest(const ssa::Function& function) {
    return FileOf(function).display_name.ends_with("_test.go");
  }
  // Where a program begins, and in packages of other names that of an example
  // or of a command: the process ends with it.
  static bool IsMain(const ssa::Function& function) {
    return function.kind() == ssa::FunctionKind::kDeclared &&
           function.name() == "main";
  }
  const syntax::FileIndex& IndexOf(const ssa::Function& function) {
    return indexes_.Of(FileOf(function));
  }

  // At the extent of `node`, or at `span`, in the file of `function`.
  template <typename... Args>
  Finding Report(const ssa::Function& function, ast::NodeId node,
                 fmt::format_string<Args...> text, Args&&... args) {
    return Add(function, ast::SpanOf(TreeOf(function), node),
               fmt::format(text, std::forward<Args>(args)...));
  }
  template <typename... Args>
  Finding Report(const ssa::Function& function, source::Span span,
                 fmt::format_string<Args...> text, Args&&... args) {
    return Add(function, span, fmt::format(text, std::forward<Args>(args)...));
  }

  std::vector<PackageFinding> Take() { return std::exchange(findings_, {}); }

 private:
  Finding Add(const ssa::Function& function, source::Span span,
              std::string text);

  const Check& check_;
  const PackageView& view_;
  FileIndexes& indexes_;
  std::vector<PackageFinding> findings_;
};

}  // namespace gdlint::checks
