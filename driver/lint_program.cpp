#include "driver/lint_program.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "driver/belonging.h"
#include "driver/standard_api.h"
#include "lexer/literal.h"
#include "loader/goroot.h"
#include "loader/modules.h"
#include "loader/package.h"

namespace gdlint::driver {
namespace {

std::string DirOf(const std::string& path) {
  const std::string absolute = loader::AbsolutePath(path);
  return absolute.substr(0, std::max<size_t>(absolute.rfind('/'), 1));
}

// What is no path of a package is for the type checker to report.
bool CanBeLoaded(std::string_view path) {
  return path != "C" && path != "unsafe" && !path.empty() &&
         path.front() != '.' && path.front() != '/' &&
         path.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyz"
             "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
             "0123456789-._~/+") == std::string_view::npos;
}

std::set<std::string> ImportPaths(const LoosePackageFiles& package) {
  std::set<std::string> paths;
  for (const LoosePackageFiles::File& file : package.files) {
    const ast::Tree& tree = file.parsed->tree;
    for (const ast::ImportSpec& spec : tree.All<ast::ImportSpec>()) {
      if (!spec.path.has_value()) {
        continue;
      }
      const ast::BasicLit& literal = tree.Get(spec.path);
      if (auto path = lexer::StringValue(file.source->text().substr(
              literal.pos.offset(), literal.length))) {
        paths.insert(std::move(*path));
      }
    }
  }
  return paths;
}

}  // namespace

LintProgram::LintProgram(std::span<const Input> inputs, const Options& options,
                         const loader::BuildContext& context,
                         const loader::Environment& environment)
    : options_(options), context_(context), environment_(environment) {
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (!inputs[i].is_standard_input) {
      input_by_path_[loader::AbsolutePath(inputs[i].path.path)] = i;
    }
  }
}

std::optional<size_t> LintProgram::InputOf(const types::File& file) const {
  const auto found = input_by_source_.find(file.source);
  return found == input_by_source_.end() ? std::nullopt
                                         : std::optional(found->second);
}

std::vector<loader::Problem> LintProgram::TakeFailures() {
  std::vector<loader::Problem> failures;
  for (CheckedPackages* const checked :
       {checked_.get(), loose_imports_.get()}) {
    if (checked != nullptr) {
      std::ranges::move(checked->failures, std::back_inserter(failures));
      checked->failures.clear();
    }
  }
  std::ranges::sort(failures, {}, &loader::Problem::path);
  return failures;
}

void LintProgram::Load(std::span<Input> inputs, TaskPool& pool) {
  std::set<std::string> dirs;
  for (const Input& input : inputs) {
    if (!input.is_standard_input) {
      dirs.insert(DirOf(input.path.path));
    }
  }
  const auto goroot = loader::FindGoroot(options_.goroot, environment_);
  has_standard_ =
      goroot.has_value() || options_.goroot.value_or("built-in") == "built-in";
  if (goroot) {
    // It only documents what is built in.
    dirs.erase(loader::AbsolutePath(*goroot + "/src/builtin"));
  }
  if (dirs.empty()) {
    return;
  }
  checked_ = std::make_unique<CheckedPackages>(
      types::Sizes::ForArchitecture(context_.goarch()));
  checked_->graph =
      loader::LoadPackages({dirs.begin(), dirs.end()},
                           {.tests = options_.tests,
                            .goroot = options_.goroot,
                            .max_file_size = options_.max_file_size,
                            .standard = StandardApi()},
                           context_, environment_, &pool);
  CheckPackages(*checked_,
                {.lang = options_.lang,
                 .bodies = true,
                 .only_widest_variant = true,
                 .skip_syntax_errors = true,
                 .keep_facts = true},
                pool);
  for (size_t i = 0; i < checked_->packages.size(); ++i) {
    const types::Package& package = *checked_->packages[i];
    const loader::Package& loaded = checked_->graph.packages[i];
    // What is whole of a package with syntax errors is looked at by itself.
    if (loaded.is_root && !package.is_fake) {
      for (const loader::PackageFile& file : loaded.files) {
        const auto input = input_by_path_.find(loader::AbsolutePath(file.path));
        if (input != input_by_path_.end()) {
          inputs[input->second].source = file.source;
          input_by_source_[file.source] = input->second;
          inputs[input->second].parsed = &checked_->parsed[file.source_index];
        }
      }
    }
    if (!package.is_dependency && !package.is_fake) {
      packages_.push_back(
          {.package = &package, .loaded = &loaded, .table = &checked_->table});
    }
  }
  std::ranges::stable_sort(packages_, {}, [](const LintPackage& package) {
    return std::string_view(package.loaded->import_path);
  });
}

void LintProgram::AddLoose(std::span<const LoosePackageFiles> packages,
                           TaskPool& pool) {
  if (packages.empty()) {
    return;
  }
  std::set<std::string> wanted;
  for (const LoosePackageFiles& package : packages) {
    wanted.merge(ImportPaths(package));
  }
  std::erase_if(wanted,
                [](const std::string& path) { return !CanBeLoaded(path); });
  loose_imports_ = std::make_unique<CheckedPackages>(
      types::Sizes::ForArchitecture(context_.goarch()));
  if (!wanted.empty()) {
    loose_imports_->graph =
        loader::LoadPackages({wanted.begin(), wanted.end()},
                             {.tests = false,
                              .goroot = options_.goroot,
                              .max_file_size = options_.max_file_size,
                              .standard = StandardApi()},
                             context_, environment_, &pool);
    // They are only imported, whoever named them.
    for (loader::Package& package : loose_imports_->graph.packages) {
      package.is_root = false;
    }
    CheckPackages(*loose_imports_, {.lang = std::nullopt, .bodies = false},
                  pool);
  }
  for (const LoosePackageFiles& package : packages) {
    loose_.push_back(MakeLoose(package));
  }
  pool.ParallelFor(loose_.size(), [&](size_t i, unsigned) {
    FileResult ignored;
    GuardFile(ignored,
              [&] { CheckWholePackage(loose_imports_->table, *loose_[i]); });
    if (ignored.outcome == Outcome::kFailed) {
      loose_[i]->is_fake = true;
    }
  });
  for (const std::unique_ptr<types::Package>& package : loose_) {
    if (!package->is_fake) {
      packages_.push_back(
          {.package = package.get(), .table = &loose_imports_->table});
    }
  }
}

std::unique_ptr<types::Package> LintProgram::MakeLoose(
    const LoosePackageFiles& files) {
  auto package = std::make_unique<types::Package>();
  const LoosePackageFiles::File& first = files.files[0];
  package->path = PackageName(first.parsed->tree, first.source->text());
  package->version = first.version;
  for (const LoosePackageFiles::File& file : files.files) {
    const std::string& name = file.source->name();
    AddFile(*package, *file.source, file.parsed->tree, file.version,
            name.substr(name.rfind('/') + 1));
    input_by_source_[file.source] = file.input;
  }
  const std::vector<loader::Package>& loaded = loose_imports_->graph.packages;
  for (const std::string& path : ImportPaths(files)) {
    const auto found =
        std::ranges::find(loaded, path, &loader::Package::import_path);
    const auto index = static_cast<size_t>(found - loaded.begin());
    package->imports.push_back(
        {.path = *paths_.insert(path).first,
         .package = index < loaded.size()
                        ? loose_imports_->packages[index].get()
                        : nullptr,
         .problem = index < loaded.size() ? "" : "package not found"});
  }
  return package;
}

}  // namespace gdlint::driver
