#include "loader/package_graph.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "loader/directory.h"
#include "loader/go_version.h"
#include "loader/goroot.h"
#include "loader/package_patterns.h"
#include "loader/workspace.h"
#include "source/line_table.h"
#include "source/read_file.h"

namespace gdlint::loader {
namespace {

constexpr std::string_view kCommandLine = "command-line-arguments";

bool IsAtOrBelow(std::string_view path, std::string_view prefix) {
  return prefix.empty() ||
         (path.starts_with(prefix) &&
          (path.size() == prefix.size() || path[prefix.size()] == '/'));
}

// Where the last element `internal` of a path begins.
std::optional<size_t> FindInternal(std::string_view path) {
  constexpr std::string_view kInternal = "internal";
  for (size_t at = path.rfind(kInternal); at != std::string_view::npos;
       at = at == 0 ? std::string_view::npos : path.rfind(kInternal, at - 1)) {
    const size_t end = at + kInternal.size();
    if ((at == 0 || path[at - 1] == '/') &&
        (end == path.size() || path[end] == '/')) {
      return at;
    }
  }
  return std::nullopt;
}

// True if `importer` may import the package, as far as `internal` goes.
// `importer_path` is the path that counts for the rule.
bool MayImport(const Node& importer, std::string_view importer_path,
               const Node& imported) {
  const std::string_view path = imported.import_path;
  const std::optional<size_t> internal = FindInternal(path);
  if (!internal) {
    return true;
  }
  // All of crypto may use these, and they no more than what is internal there.
  constexpr std::string_view kFips = "crypto/internal/fips140";
  if (IsAtOrBelow(importer_path, "crypto") && IsAtOrBelow(path, kFips)) {
    return true;
  }
  if (IsAtOrBelow(importer_path, kFips)) {
    return IsAtOrBelow(path, "crypto/internal");
  }
  const size_t parent = *internal == 0 ? 0 : *internal - 1;
  if (imported.is_standard) {
    // By directories: `internal/x` is for all of GOROOT/src.
    const std::string dir =
        imported.dir.substr(0, imported.dir.size() - path.size() + parent);
    return PathBelow(importer.dir, dir.ends_with('/')
                                       ? dir.substr(0, dir.size() - 1)
                                       : dir) != nullptr;
  }
  return IsAtOrBelow(importer_path, path.substr(0, parent));
}

// Packages that cgo makes a file import cannot import themselves.
bool IsBelowCgo(const Node& node) {
  return node.is_standard && node.import_path == "runtime/cgo";
}
bool IsBelowSyscall(const Node& node) {
  return node.is_standard && (node.import_path == "runtime/cgo" ||
                              node.import_path == "runtime/race" ||
                              node.import_path == "runtime/msan" ||
                              node.import_path == "runtime/asan");
}

// True if programs for the platform can only be linked by way of cgo.
bool IsLinkedExternally(const BuildContext& context) {
  return context.goos() == "ios" ||
         (context.goos() == "android" && context.goarch() != "arm64");
}

// Where nothing can be but what stands in for it.
constexpr const char* kStandInGoroot = "/dev/null/go";

// `--goroot built-in`: this, whatever is installed.
constexpr const char* kBuiltIn = "built-in";

class GraphLoader {
 public:
  GraphLoader(const LoadOptions& options, const BuildContext& context,
              const Environment& environment, TaskPool* pool)
      : options_(options),
        context_(context),
        environment_(environment),
        pool_(pool),
        dirs_(context, options.max_file_size) {
    out_.modules.push_back({.path = {},
                            .version = {},
                            .dir = {},
                            .language = source::kNewestLang});
  }

  PackageGraph Load(const std::vector<std::string>& patterns) {
    if (const auto mode = environment_("GO111MODULE").value_or("");
        mode == "off") {
      out_.usage_errors.emplace_back(
          "GO111MODULE=off: packages are only found by modules; unset it");
      return std::move(out_);
    }
    ModuleSettings settings = ModuleSettings::Make(environment_);
    if (const auto goroot = FindGoroot(options_.goroot, environment_)) {
      settings.goroot = AbsolutePath(*goroot);
    } else if (options_.goroot.value_or(kBuiltIn) == kBuiltIn &&
               !options_.standard.empty()) {
      has_stand_in_ = true;
      settings.goroot = kStandInGoroot;
      for (const Overlay& overlay : options_.standard) {
        dirs_.SetOverlay(JoinPath(JoinPath(kStandInGoroot, "src"), overlay.dir),
                         overlay);
      }
    }
    for (const Overlay& overlay : options_.overlays) {
      dirs_.SetOverlay(
          overlay.is_standard
              ? JoinPath(JoinPath(settings.goroot, "src"), overlay.dir)
              : overlay.dir,
          overlay);
    }
    const std::string dir = AbsolutePath(options_.dir);
    Workspaces workspaces(dir, settings, dirs_, out_.modules);
    workspaces_ = &workspaces;
    FindStandardLanguage();

    NamedPackages named =
        FindPackages(patterns, dir, context_, workspaces, dirs_, pool_);
    out_.usage_errors = std::move(named.usage_errors);
    out_.warnings = std::move(named.warnings);
    out_.problems = std::move(named.problems);
    with_tests_ = options_.tests || named.with_imports;
    if (out_.usage_errors.empty()) {
      for (NamedPackage& package : named.packages) {
        AddRoot(package);
      }
      for (const std::string& path : options_.additional) {
        if (!workspaces.standard_dir().empty()) {
          additional_.push_back(AddStandard(path));
        }
      }
      LoadClosure(named.with_imports);
      Finish();
    }
    TakeRemarks();
    return std::move(out_);
  }

 private:
  struct Key {
    size_t workspace;
    std::string import_path;
    friend auto operator<=>(const Key&, const Key&) = default;
  };

  // GOROOT/src/go.mod says which language the standard library is in.
  void FindStandardLanguage() {
    standard_language_ = source::kNewestLang;
    const std::string path = workspaces_->standard_dir() + "/go.mod";
    const source::ReadResult read =
        source::ReadFile(path, path, options_.max_file_size);
    if (read.file) {
      standard_language_ = ParseGoMod(read.file->text()).version;
    }
  }

  NodeIndex Add(size_t workspace, const std::string& import_path,
                const std::string& dir, ModuleIndex module) {
    const auto [found, is_new] = by_path_.try_emplace(
        {workspace, import_path}, static_cast<NodeIndex>(nodes_.size()));
    if (is_new) {
      Node node;
      node.import_path = import_path;
      node.workspace = workspace;
      node.dir = dir;
      node.module = module;
      node.is_standard = workspace == Workspaces::kStandard;
      nodes_.push_back(std::move(node));
      pending_.push_back(found->second);
    }
    return found->second;
  }

  NodeIndex AddStandard(const std::string& path) {
    return Add(Workspaces::kStandard, path,
               workspaces_->standard_dir() + "/" + path,
               ModuleTable::kNoModule);
  }

  void AddRoot(NamedPackage& package) {
    if (!package.files.empty()) {
      AddFiles(package);
      return;
    }
    ModuleIndex module = ModuleTable::kNoModule;
    if (package.workspace != Workspaces::kStandard &&
        !package.import_path.starts_with('_')) {
      const PackagePlace& place =
          (*workspaces_)[package.workspace].Find(package.import_path);
      module = place.module;
      if (!place.problem.empty()) {
        out_.problems.push_back(
            {.path = package.dir, .message = place.problem});
      }
    }
    const NodeIndex index =
        Add(package.workspace, package.import_path, package.dir, module);
    nodes_[index].is_root = true;
    nodes_[index].is_literal |= package.is_literal;
  }

  // A package of files that were named, each directory's its own.
  void AddFiles(NamedPackage& package) {
    const auto index = static_cast<NodeIndex>(nodes_.size());
    Node node;
    node.import_path = kCommandLine;
    node.workspace = package.workspace;
    node.dir = package.dir;
    node.is_root = true;
    node.is_literal = true;
    if (package.workspace == Workspaces::kStandard) {
      // What it may import, not what it is.
      node.is_standard = true;
      rule_paths_[index] =
          workspaces_->StandardPathOf(package.dir).value_or(".");
    } else {
      Workspace& workspace = (*workspaces_)[package.workspace];
      const auto path = workspace.ImportPathOf(package.dir);
      rule_paths_[index] = path.value_or(".");
      if (path) {
        node.module = workspace.Find(*path).module;
      }
    }
    named_.push_back(dirs_.ReadFiles(package.files));
    node.contents = named_.back().get();
    nodes_.push_back(std::move(node));
    pending_.push_back(index);
  }

  // Loads what has been named, with all that it needs.
  void LoadClosure(bool with_imports) {
    ReadPending();
    if (with_imports) {
      NameImports();
      ReadPending();
    }
    if (options_.tests && options_.test_mains &&
        !workspaces_->standard_dir().empty()) {
      for (const char* const path :
           {"os", "reflect", "testing", "testing/internal/testdeps"}) {
        main_imports_.push_back(AddStandard(path));
      }
      AddLinkerNeeds(main_imports_);
      ReadPending();
    }
  }

  // Reads packages, then those that they import, and so on.
  void ReadPending() {
    while (!pending_.empty()) {
      const std::vector<NodeIndex> wave = std::exchange(pending_, {});
      std::vector<std::string> dirs;
      for (const NodeIndex index : wave) {
        if (nodes_[index].contents == nullptr) {
          dirs.push_back(nodes_[index].dir);
        }
      }
      dirs_.Read(dirs, pool_);
      for (const NodeIndex index : wave) {
        if (nodes_[index].contents == nullptr) {
          nodes_[index].contents = &dirs_[nodes_[index].dir];
        }
        Link(index);
      }
    }
  }

  // For `all`: makes roots of what the roots and their tests import.
  void NameImports() {
    std::vector<NodeIndex> pending;
    for (NodeIndex i = 0; i < nodes_.size(); ++i) {
      if (nodes_[i].is_root) {
        pending.push_back(i);
      }
    }
    const auto name = [&](const Edge& edge) {
      const NodeIndex node =
          edge.path == "unsafe" && !workspaces_->standard_dir().empty()
              ? AddStandard("unsafe")
              : edge.node;
      if (node != kNoNode && !nodes_[node].is_root) {
        nodes_[node].is_root = true;
        pending.push_back(node);
      }
    };
    while (!pending.empty()) {
      const NodeIndex index = pending.back();
      pending.pop_back();
      // Of what was not named itself the tests have not been looked at.
      for (const auto edges : {&Node::imports, &Node::test_imports,
                               &Node::external_test_imports}) {
        for (size_t i = 0; i < (nodes_[index].*edges).size(); ++i) {
          name(Edge((nodes_[index].*edges)[i]));
        }
      }
    }
    for (NodeIndex i = 0; options_.tests && i < nodes_.size(); ++i) {
      if (nodes_[i].is_root && nodes_[i].contents != nullptr) {
        Link(i);
      }
    }
  }

  // Finds what a package that has been read imports.
  void Link(NodeIndex index) {
    const bool with_tests = with_tests_ && nodes_[index].is_root;
    std::set<std::string> paths;
    std::set<std::string> test_paths;
    std::set<std::string> external_paths;
    for (const GoFile& file : nodes_[index].contents->files) {
      if (file.is_test && !with_tests) {
        continue;
      }
      std::set<std::string>& list = file.is_external_test ? external_paths
                                    : file.is_test        ? test_paths
                                                          : paths;
      for (const ImportHeader::Import& import : file.header.imports) {
        list.insert(import.path);
      }
    }
    // Nodes move when others are added.
    std::vector<Edge> edges = Resolve(index, paths);
    nodes_[index].imports = std::move(edges);
    edges = Resolve(index, test_paths);
    nodes_[index].test_imports = std::move(edges);
    edges = Resolve(index, external_paths);
    nodes_[index].external_test_imports = std::move(edges);
    if (options_.implicit_imports) {
      AddImplicit(index);
    }
  }

  std::vector<Edge> Resolve(NodeIndex importer,
                            const std::set<std::string>& paths) {
    std::vector<Edge> edges;
    for (const std::string& path : paths) {
      edges.push_back(Resolve(importer, path));
    }
    return edges;
  }

  Edge Resolve(NodeIndex importer, const std::string& path) {
    Edge edge = {.path = path, .problem = {}};
    if (path == "unsafe" || path == "C") {
      return edge;
    }
    if (nodes_[importer].is_standard) {
      edge.node = FindFromStandard(importer, path);
      if (edge.node == kNoNode) {
        edge.problem = "package " + path + " is not in std";
      }
    } else if (workspaces_->HasStandard(path)) {
      edge.node = AddStandard(path);
    } else if (edge.problem = ImportPathProblem(path); edge.problem.empty()) {
      const size_t workspace = nodes_[importer].workspace;
      const PackagePlace& place = (*workspaces_)[workspace].Find(path);
      edge.problem = place.problem;
      if (!place.dir.empty()) {
        edge.node = Add(workspace, path, place.dir, place.module);
      } else if ((has_stand_in_ || workspaces_->standard_dir().empty()) &&
                 IsStandardPath(path)) {
        edge.problem = "package " + path +
                       " is not found: there is no Go installation to look in "
                       "(see --goroot)";
      }
    }
    if (edge.node != kNoNode &&
        !MayImport(nodes_[importer], RulePath(importer), nodes_[edge.node])) {
      edge.problem = "use of internal package " +
                     nodes_[edge.node].import_path + " not allowed";
    }
    return edge;
  }

  const std::string& RulePath(NodeIndex index) const {
    const auto found = rule_paths_.find(index);
    return found == rule_paths_.end() ? nodes_[index].import_path
                                      : found->second;
  }

  // The standard library has its own copies of what it needs from elsewhere.
  NodeIndex FindFromStandard(NodeIndex importer, const std::string& path) {
    std::string full = path;
    if (!IsStandardPath(path)) {
      full =
          (IsAtOrBelow(RulePath(importer), "cmd") ? "cmd/vendor/" : "vendor/") +
          path;
    }
    return workspaces_->HasStandard(full) ? AddStandard(full) : kNoNode;
  }

  void AddImplicit(NodeIndex index) {
    std::vector<NodeIndex> implicit;
    if (workspaces_->standard_dir().empty()) {
      return;
    }
    bool uses_cgo = false;
    for (const GoFile& file : nodes_[index].contents->files) {
      uses_cgo |= file.imports_c && !file.is_test;
    }
    const auto imports_unsafe = [](const std::vector<Edge>& edges) {
      return std::ranges::find(edges, "unsafe", &Edge::path) != edges.end();
    };
    if (uses_cgo || imports_unsafe(nodes_[index].imports) ||
        imports_unsafe(nodes_[index].test_imports) ||
        imports_unsafe(nodes_[index].external_test_imports)) {
      implicit.push_back(AddStandard("unsafe"));
    }
    if (uses_cgo && !IsBelowCgo(nodes_[index])) {
      implicit.push_back(AddStandard("runtime/cgo"));
    }
    if (uses_cgo && !IsBelowSyscall(nodes_[index])) {
      implicit.push_back(AddStandard("syscall"));
    }
    if (nodes_[index].contents->name == "main") {
      AddLinkerNeeds(implicit);
    }
    nodes_[index].implicit = std::move(implicit);
  }

  // What every program is linked with.
  void AddLinkerNeeds(std::vector<NodeIndex>& list) {
    list.push_back(AddStandard("runtime"));
    if (IsLinkedExternally(context_) && context_.cgo_enabled()) {
      list.push_back(AddStandard("runtime/cgo"));
    }
    if (context_.goarch() == "arm") {
      list.push_back(AddStandard("math"));
    }
  }

  // What can only be said of a package once it has been read.
  void CheckImported(Node& node) {
    for (std::vector<Edge>* const edges :
         {&node.imports, &node.test_imports, &node.external_test_imports}) {
      for (Edge& edge : *edges) {
        if (edge.node == kNoNode || !edge.problem.empty()) {
          continue;
        }
        const Node& imported = nodes_[edge.node];
        const auto& files = imported.contents->files;
        if (imported.contents->name == "main" && imported.dir != node.dir) {
          edge.problem = "import \"" + edge.path +
                         "\" is a program, not an importable package";
        } else if (std::ranges::all_of(files, &GoFile::is_test) &&
                   imported.contents->problems.empty() &&
                   edges != &node.external_test_imports) {
          edge.problem =
              files.empty()
                  ? "build constraints exclude all Go files in " + imported.dir
                  : "no non-test Go files in " + imported.dir;
        }
      }
    }
  }

  void Finish() {
    for (Node& node : nodes_) {
      if (node.is_literal && node.contents->files.empty() &&
          node.contents->problems.empty()) {
        node.problems.push_back(
            {.path = node.dir,
             .message = "build constraints exclude all Go files"});
      }
      CheckImported(node);
    }
    const std::vector<NodeIndex> order = BreakCycles(nodes_);
    if (options_.tests) {
      AddTestVariants(nodes_, order, main_imports_);
    }
    Emit();
  }

  std::string ShownPath(const Node& node) const {
    switch (node.kind) {
      case NodeKind::kPlain:
        return node.import_path;
      case NodeKind::kTest:
      case NodeKind::kRecompiled:
        return node.import_path + " [" + node.test_of + ".test]";
      case NodeKind::kExternalTest:
        return node.import_path + "_test [" + node.test_of + ".test]";
      case NodeKind::kTestMain:
        return node.import_path + ".test";
    }
    return node.import_path;
  }

  // Writes out the nodes that the roots need, in an order that depends on
  // nothing but their names.
  void Emit() {
    std::vector<NodeIndex> roots;
    for (NodeIndex i = 0; i < nodes_.size(); ++i) {
      if (nodes_[i].is_root) {
        roots.push_back(i);
      }
    }
    std::ranges::sort(roots, {}, [this](NodeIndex index) {
      const Node& node = nodes_[index];
      return std::tuple(ShownPath(node), node.dir);
    });
    index_of_.assign(nodes_.size(), kMissing);
    struct Frame {
      NodeIndex node;
      std::vector<NodeIndex> needed;
      size_t next = 0;
    };
    std::vector<bool> seen(nodes_.size(), false);
    std::vector<Frame> stack;
    const auto enter = [&](NodeIndex node) {
      if (seen[node]) {
        return;
      }
      seen[node] = true;
      std::vector<NodeIndex> needed;
      ForEachNeeded(nodes_[node],
                    [&](NodeIndex other) { needed.push_back(other); });
      stack.push_back({.node = node, .needed = std::move(needed)});
    };
    const auto emit_from = [&](NodeIndex root) {
      enter(root);
      while (!stack.empty()) {
        if (stack.back().next < stack.back().needed.size()) {
          const NodeIndex next = stack.back().needed[stack.back().next++];
          enter(next);
        } else {
          EmitNode(stack.back().node);
          stack.pop_back();
        }
      }
    };
    std::ranges::for_each(additional_, emit_from);
    for (const NodeIndex root : roots) {
      emit_from(root);
      out_.roots.push_back(index_of_[root]);
    }
  }

  void EmitNode(NodeIndex index) {
    Node& node = nodes_[index];
    const auto at = static_cast<PackageIndex>(out_.packages.size());
    Package package;
    package.import_path = ShownPath(node);
    package.type_path = node.import_path;
    package.dir = node.dir;
    package.is_root = node.is_root;
    package.is_standard = node.is_standard;
    package.is_test_main = node.kind == NodeKind::kTestMain;
    package.module = node.module;
    package.version = node.is_standard ? standard_language_
                                       : out_.modules[node.module].language;
    package.problems = std::move(node.problems);
    if (package.is_test_main) {
      package.name = "main";
      package.type_path = "main";
    } else {
      FillFromFiles(node, package);
    }
    for (Edge& edge : node.imports) {
      Import import = {.path = std::move(edge.path),
                       .problem = std::move(edge.problem)};
      if (edge.node != kNoNode) {
        import.package = index_of_[edge.node];
      } else if (import.problem.empty()) {
        import.package = import.path == "C" ? kC : kUnsafe;
      }
      package.imports.push_back(std::move(import));
    }
    for (const NodeIndex needed : node.implicit) {
      package.implicit_imports.push_back(index_of_[needed]);
    }
    index_of_[index] = at;
    out_.packages.push_back(std::move(package));
  }

  void FillFromFiles(const Node& node, Package& package) {
    package.name = node.contents->name;
    if (node.kind == NodeKind::kExternalTest) {
      package.name += "_test";
      package.type_path += "_test";
    }
    if (node.kind == NodeKind::kPlain || node.kind == NodeKind::kTest) {
      package.problems.insert(package.problems.end(),
                              node.contents->problems.begin(),
                              node.contents->problems.end());
    }
    for (GoFile& file : node.contents->files) {
      if (!HasFile(node, file)) {
        continue;
      }
      const auto [source, is_new] = source_of_.try_emplace(
          &file, static_cast<uint32_t>(out_.sources.size()));
      if (is_new) {
        out_.sources.push_back(std::move(file.source));
      }
      package.files.push_back(
          {.path = file.path,
           .base_name = file.base_name,
           .source_index = source->second,
           .source = out_.sources[source->second].get(),
           .is_test = file.is_test,
           .imports_c = file.imports_c,
           .version = FileVersion(package.version, file.version)});
    }
  }

  void TakeRemarks() {
    for (size_t i = Workspaces::kHere; i < workspaces_->end(); ++i) {
      const Workspace& workspace = (*workspaces_)[i];
      out_.problems.insert(out_.problems.end(), workspace.problems().begin(),
                           workspace.problems().end());
      out_.usage_errors.insert(out_.usage_errors.end(),
                               workspace.usage_errors().begin(),
                               workspace.usage_errors().end());
      const std::vector<std::string> warnings = workspace.Warnings();
      out_.warnings.insert(out_.warnings.end(), warnings.begin(),
                           warnings.end());
    }
  }

  const LoadOptions& options_;
  const BuildContext& context_;
  const Environment& environment_;
  TaskPool* const pool_;
  // Of LoadOptions::additional.
  std::vector<NodeIndex> additional_;
  PackageDirs dirs_;
  PackageGraph out_;
  // Only while Load runs.
  Workspaces* workspaces_ = nullptr;
  source::LangVersion standard_language_;
  bool with_tests_ = false;
  // Of the standard library: LoadOptions::standard.
  bool has_stand_in_ = false;

  std::vector<Node> nodes_;
  std::map<Key, NodeIndex> by_path_;
  std::vector<NodeIndex> pending_;
  // Of packages that were named as files.
  std::vector<std::unique_ptr<PackageDir>> named_;
  // What their import paths would be.
  std::map<NodeIndex, std::string> rule_paths_;
  std::vector<NodeIndex> main_imports_;

  std::vector<PackageIndex> index_of_;
  std::unordered_map<const GoFile*, uint32_t> source_of_;
};

// Depth first, with a stack of its own: the depth of imports is their authors'
// choice.
class CycleBreaker {
 public:
  explicit CycleBreaker(std::vector<Node>& nodes)
      : nodes_(nodes), state_(nodes.size(), State::kNew) {}

  std::vector<NodeIndex> Run() {
    for (NodeIndex i = 0; i < nodes_.size(); ++i) {
      Enter(i);
      while (!stack_.empty()) {
        Step();
      }
    }
    return std::move(order_);
  }

 private:
  enum class State : uint8_t { kNew, kOpen, kDone };
  struct Frame {
    NodeIndex node;
    size_t next = 0;
  };

  void Enter(NodeIndex node) {
    if (state_[node] == State::kNew) {
      state_[node] = State::kOpen;
      stack_.push_back({.node = node});
    }
  }

  void Step() {
    Frame& frame = stack_.back();
    Node& node = nodes_[frame.node];
    const size_t at = frame.next++;
    if (at < node.imports.size()) {
      Edge& edge = node.imports[at];
      if (edge.node != kNoNode && state_[edge.node] == State::kOpen) {
        edge.problem = "import cycle not allowed: " + CyclePath(edge.node);
        edge.node = kNoNode;
      } else if (edge.node != kNoNode) {
        Enter(edge.node);
      }
    } else if (at < node.imports.size() + node.implicit.size()) {
      Enter(node.implicit[at - node.imports.size()]);
    } else {
      state_[frame.node] = State::kDone;
      order_.push_back(frame.node);
      stack_.pop_back();
    }
  }

  // "p imports q imports p"; the middle of a long one is left out.
  std::string CyclePath(NodeIndex first) const {
    constexpr size_t kMaxShown = 20;
    size_t begin = stack_.size();
    while (stack_[begin - 1].node != first) {
      --begin;
    }
    std::string path;
    for (size_t i = begin - 1; i < stack_.size(); ++i) {
      if (i - begin + 1 == kMaxShown && i + 1 < stack_.size()) {
        path += "... imports ";
        i = stack_.size() - 1;
      }
      path += nodes_[stack_[i].node].import_path + " imports ";
    }
    return path + nodes_[first].import_path;
  }

  std::vector<Node>& nodes_;
  std::vector<State> state_;
  std::vector<Frame> stack_;
  std::vector<NodeIndex> order_;
};

}  // namespace

std::vector<NodeIndex> BreakCycles(std::vector<Node>& nodes) {
  return CycleBreaker(nodes).Run();
}

PackageGraph LoadPackages(const std::vector<std::string>& patterns,
                          const LoadOptions& options,
                          const BuildContext& context,
                          const Environment& environment, TaskPool* pool) {
  return GraphLoader(options, context, environment, pool).Load(patterns);
}

std::vector<Problem> ImportProblems(const PackageGraph& graph) {
  std::vector<Problem> problems;
  std::set<std::string> seen;
  for (const Package& package : graph.packages) {
    for (const Import& import : package.imports) {
      if (import.problem.empty() || !seen.insert(import.problem).second) {
        continue;
      }
      std::string place = package.dir;
      for (const PackageFile& file : package.files) {
        const ImportHeader header = ReadImportHeader(file.source->text());
        const auto found = std::ranges::find(header.imports, import.path,
                                             &ImportHeader::Import::path);
        if (found != header.imports.end()) {
          const source::LineColumn at =
              source::LineTable(file.source->text())
                  .Find(source::Pos::At(found->offset));
          place = file.path + ":" + std::to_string(at.line) + ":" +
                  std::to_string(at.column);
          break;
        }
      }
      problems.push_back({.path = std::move(place), .message = import.problem});
    }
  }
  return problems;
}

}  // namespace gdlint::loader
