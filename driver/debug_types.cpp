#include "driver/debug_types.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "driver/debug_packages.h"
#include "driver/type_check.h"
#include "driver/type_errors.h"
#include "driver/type_facts.h"
#include "lexer/literal.h"
#include "loader/file_header.h"
#include "loader/go_version.h"
#include "loader/package.h"
#include "parser/parser.h"
#include "source/read_file.h"
#include "support/deep_stack.h"
#include "support/task_pool.h"

namespace gdlint::driver {
namespace {

ExitCode DumpPackages(const Options& options,
                      const loader::Environment& environment, Output& out) {
  const std::unique_ptr<DebugPackages> packages =
      CheckForDebug(options, environment);
  if (packages == nullptr) {
    return kUsageError;
  }
  const CheckedPackages& checked = packages->checked;
  const std::vector<loader::PackageIndex>& order = packages->order;
  std::vector<std::vector<std::string>> blocks(order.size());
  const size_t batch = size_t{4} * packages->pool.worker_count();
  for (size_t first = 0; first < order.size() && out.error() == 0;
       first += batch) {
    const size_t count = std::min(batch, order.size() - first);
    packages->pool.ParallelFor(count, [&](size_t i, unsigned) {
      // `unsafe` is built in; its file is documentation.
      const types::Package& package = *checked.packages[order[first + i]];
      if (package.path != "unsafe") {
        blocks[first + i] = TypeFacts(package);
      }
    });
    for (size_t i = first; i < first + count; ++i) {
      if (order.size() > 1) {
        out.Write("# " + checked.graph.packages[order[i]].import_path + "\n");
      }
      for (const std::string& line : blocks[i]) {
        out.Write(line);
        out.Write("\n");
      }
      blocks[i] = {};
    }
  }
  return PrintErrors(*packages) ? kIncomplete : kClean;
}

// Loose files as one package: for tests of the type checker.
class LooseFiles {
 public:
  LooseFiles(const Options& options, const loader::Environment& environment)
      : options_(options),
        environment_(environment),
        context_(loader::BuildContext::Make(options.build, environment)),
        pool_(1),
        checked_(SizesOf(context_)) {}

  ExitCode Run(Output& out) {
    for (const std::string& import : options_.imports) {
      const size_t equals = import.find('=');
      if (equals == std::string::npos) {
        PrintMessage("--import takes PATH=FILE,FILE, not `" + import + "`");
        return kUsageError;
      }
      Read(import.substr(0, equals), Split(import.substr(equals + 1)));
    }
    Read("p", {options_.arguments.begin() + 1, options_.arguments.end()});
    LoadImports();
    for (LoosePackage& package : packages_) {
      Check(package);
    }
    return Print(out);
  }

 private:
  static std::vector<std::string> Split(std::string_view list) {
    std::vector<std::string> parts;
    while (!list.empty()) {
      const size_t comma = std::min(list.find(','), list.size());
      parts.emplace_back(list.substr(0, comma));
      list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return parts;
  }

  void Read(const std::string& path, const std::vector<std::string>& files) {
    LoosePackage& package = packages_.emplace_back();
    package.path = path;
    for (const std::string& file : files) {
      source::ReadResult read =
          source::ReadFile(file, file, options_.max_file_size);
      if (!read.file) {
        PrintMessage(file + ": " + read.message);
        failed_ = true;
        continue;
      }
      package.sources.push_back(
          std::make_unique<source::SourceFile>(std::move(*read.file)));
      RunOnDeepStack([&] {
        package.parsed.push_back(
            parser_.Parse(*package.sources.back(), parser::Mode::kWholeFile));
      });
    }
  }

  static std::set<std::string> ImportPaths(const LoosePackage& package) {
    std::set<std::string> paths;
    for (size_t i = 0; i < package.parsed.size(); ++i) {
      const ast::Tree& tree = package.parsed[i].tree;
      for (const ast::ImportSpec& spec : tree.All<ast::ImportSpec>()) {
        if (!spec.path.has_value()) {
          continue;
        }
        const ast::BasicLit& literal = tree.Get(spec.path);
        if (auto path = lexer::StringValue(package.sources[i]->text().substr(
                literal.pos.offset(), literal.length))) {
          paths.insert(std::move(*path));
        }
      }
    }
    return paths;
  }

  bool IsLoose(const std::string& path) const {
    return std::ranges::find(packages_, path, &LoosePackage::path) !=
           packages_.end();
  }

  // From GOROOT.
  void LoadImports() {
    std::set<std::string> wanted;
    for (const LoosePackage& package : packages_) {
      wanted.merge(ImportPaths(package));
    }
    // What is no path of a package is for the type checker to report.
    std::erase_if(wanted, [this](const std::string& path) {
      return path == "C" || path == "unsafe" || path.empty() ||
             path.front() == '.' || path.front() == '/' || IsLoose(path) ||
             path.find_first_not_of(
                 "abcdefghijklmnopqrstuvwxyz"
                 "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                 "0123456789-._~/+") != std::string::npos;
    });
    if (wanted.empty()) {
      return;
    }
    checked_.graph = LoadForDebug({wanted.begin(), wanted.end()}, false,
                                  options_, context_, environment_, pool_);
    CheckPackages(checked_, {.lang = std::nullopt, .bodies = false}, pool_);
  }

  types::Package* Find(const std::string& path) {
    for (LoosePackage& package : packages_) {
      if (package.path == path) {
        return package.package.get();
      }
    }
    for (size_t i = 0; i < checked_.packages.size(); ++i) {
      if (checked_.graph.packages[i].import_path == path) {
        return checked_.packages[i].get();
      }
    }
    return nullptr;
  }

  void Check(LoosePackage& loose) {
    auto package = std::make_unique<types::Package>();
    package->path = loose.path;
    package->version = options_.lang.value_or(source::kNewestLang);
    for (size_t i = 0; i < loose.sources.size(); ++i) {
      const std::string& name = loose.sources[i]->name();
      AddFile(*package, *loose.sources[i], loose.parsed[i].tree,
              loader::FileVersion(
                  package->version,
                  loader::ReadFileHeader(loose.sources[i]->text(), context_)
                      .version),
              name.substr(name.rfind('/') + 1));
    }
    for (const std::string& path : ImportPaths(loose)) {
      types::Package* const imported = Find(path);
      package->imports.push_back(
          {.path = StablePath(path),
           .package = imported,
           .problem = imported == nullptr ? "package not found" : ""});
    }
    loose.package = std::move(package);
    RunOnDeepStack([&] { CheckWholePackage(checked_.table, *loose.package); });
  }

  // Packages refer to the paths of their imports.
  std::string_view StablePath(const std::string& path) {
    return *paths_.insert(path).first;
  }

  ExitCode Print(Output& out) {
    const LoosePackage& package = packages_.back();
    std::vector<std::string> lines;
    for (size_t i = 0; i < package.sources.size(); ++i) {
      std::ranges::move(
          SyntaxErrorLines(*package.sources[i], package.parsed[i]),
          std::back_inserter(lines));
    }
    std::ranges::move(TypeErrorLines(*package.package),
                      std::back_inserter(lines));
    for (const std::string& line : lines) {
      out.Write(line);
    }
    return failed_ || !lines.empty() ? kIncomplete : kClean;
  }

  const Options& options_;
  const loader::Environment& environment_;
  loader::BuildContext context_;
  TaskPool pool_;
  CheckedPackages checked_;
  parser::Parser parser_;
  std::set<std::string> paths_;
  // Those of --import in their order, then the one that is asked for.
  std::vector<LoosePackage> packages_;
  bool failed_ = false;
};

}  // namespace

ExitCode RunDebugTypes(const Options& options,
                       const loader::Environment& environment, Output& out) {
  if (!options.errors_only) {
    return DumpPackages(options, environment, out);
  }
  return LooseFiles(options, environment).Run(out);
}

}  // namespace gdlint::driver
