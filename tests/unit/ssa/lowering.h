// Go text, lowered: for tests.

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "driver/lower.h"
#include "driver/type_check.h"
#include "parser/parser.h"
#include "source/lang_version.h"
#include "source/source_file.h"
#include "ssa/build.h"
#include "ssa/function.h"
#include "support/deep_stack.h"
#include "types/package.h"
#include "types/type_table.h"

namespace gdlint::tests {

// A package `p` of one file without imports. It must be without errors.
class Lowering {
 public:
  explicit Lowering(std::string_view text, bool is_naive = false)
      : file_(source::SourceFile::FromText("p.go",
                                           "package p\n" + std::string(text))),
        table_(types::Sizes::ForArchitecture("amd64")) {
    RunOnDeepStack([&] {
      parsed_ = parser::Parser().Parse(file_, parser::Mode::kWholeFile);
      package_.path = "p";
      package_.version = source::kNewestLang;
      driver::AddFile(package_, file_, parsed_.tree, package_.version, "p.go");
      driver::CheckWholePackage(table_, package_);
      is_lowerable_ = parsed_.errors.empty() && driver::IsLowerable(package_);
      if (!is_lowerable_) {
        return;
      }
      tasks_ = driver::LowerTasksOf(package_);
      ssa::Builder builder(table_, {.is_naive = is_naive, .verify = false});
      for (const driver::LowerTask& task : tasks_) {
        if (task.is_var_init) {
          ssa::VarInitSource source = task.init;
          source.lhs = task.lhs;
          functions_.push_back(builder.Build(source));
        } else {
          functions_.push_back(builder.Build(task.function));
        }
      }
    });
  }

  bool is_lowerable() const { return is_lowerable_; }
  const std::vector<std::unique_ptr<ssa::Function>>& functions() const {
    return functions_;
  }
  // Null if there is none of that name.
  const ssa::Function* Find(std::string_view name) const {
    for (const auto& function : functions_) {
      if (function->name() == name) {
        return function.get();
      }
    }
    return nullptr;
  }
  types::TypeTable& table() { return table_; }
  const types::Package& package() const { return package_; }

 private:
  source::SourceFile file_;
  types::TypeTable table_;
  parser::ParsedFile parsed_;
  types::Package package_;
  bool is_lowerable_ = false;
  std::vector<driver::LowerTask> tasks_;
  std::vector<std::unique_ptr<ssa::Function>> functions_;
};

inline int CountOf(const ssa::Function& function, ssa::Op op) {
  int count = 0;
  for (const ssa::Inst& inst : function.insts()) {
    count += inst.op == op ? 1 : 0;
  }
  return count;
}

}  // namespace gdlint::tests
