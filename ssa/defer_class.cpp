#include "ssa/defer_class.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <unordered_map>
#include <utility>

#include "lexer/token.h"
#include "ssa/ident_text.h"
#include "ssa/instances.h"
#include "ssa/kept_syntax.h"
#include "types/name_table.h"

namespace gdlint::ssa {
namespace {

using lexer::TokenKind;

// cmd/compile/internal/walk: one bit of a byte for each.
constexpr size_t kMaxOpenDefers = 8;
// cmd/compile/internal/ssagen: code is made for each defer at each return.
constexpr size_t kMaxOpenDefersTimesReturns = 15;

// True if a statement of one kind occurs below `id`, function literals left
// out, whether it is compiled or not.
bool Contains(const ast::Tree& tree, ast::NodeId id, ast::NodeKind kind) {
  if (id.kind() == kind) {
    return true;
  }
  bool found = false;
  if (id.kind() != ast::NodeKind::kFuncLit) {
    ast::ForEachChild(tree, id, [&](ast::NodeId child) {
      found = found || Contains(tree, child, kind);
    });
  }
  return found;
}

// Classifies the defers of one function; function literals in it are noted for
// later.
class FunctionScan {
 public:
  FunctionScan(const types::Unit& unit, const KeptSyntax& kept,
               std::vector<ast::NodeId>& literals)
      : unit_(unit), tree_(*unit.tree), kept_(kept), literals_(literals) {}

  void Run(ast::NodeId function, ast::Ref<ast::BlockStmt> body,
           const DeferClassOptions& options, std::vector<DeferClass>& classes) {
    labels_.emplace(unit_, kept_, body);
    Stmt(body);
    const size_t count = defers_.size();
    const bool is_open =
        count > 0 && count <= kMaxOpenDefers && !defers_in_range_func_ &&
        returns_ * count <= kMaxOpenDefersTimesReturns &&
        std::ranges::none_of(defers_, &Defer::is_in_loop) &&
        !(options.has_heap_result && options.has_heap_result(unit_, function));
    for (const Defer& found : defers_) {
      if (found.is_reached) {
        classes[found.stmt.index()] = is_open ? DeferClass::kOpenCoded
                                      : found.is_in_loop
                                          ? DeferClass::kHeapAllocated
                                          : DeferClass::kStackAllocated;
      }
    }
    for (const Defer& found : range_func_defers_) {
      if (found.is_reached) {
        classes[found.stmt.index()] = DeferClass::kHeapAllocated;
      }
    }
  }

  // Notes the function literals in an expression or a declaration.
  void Exprs(ast::NodeId id) {
    if (id.kind() == ast::NodeKind::kFuncLit) {
      literals_.push_back(id);
      return;
    }
    ast::ForEachChild(tree_, id, [this](ast::NodeId child) { Exprs(child); });
  }

 private:
  struct Defer {
    ast::NodeId stmt;
    bool is_in_loop;
    bool is_reached;
  };

  void OptionalExpr(ast::NodeId id) {
    if (id.has_value()) {
      Exprs(id);
    }
  }
  void OptionalStmt(ast::NodeId id) {
    if (id.has_value()) {
      Stmt(id);
    }
  }

  // A statement. gc's ssagen passes by what follows the end of a block, but for
  // labels at the same level: it counts, and is not compiled.
  void Stmt(ast::NodeId id) {
    if (is_live_ || id.kind() == ast::NodeKind::kLabeledStmt) {
      LiveStmt(id);
      return;
    }
    ++unreachable_;
    LiveStmt(id);
    --unreachable_;
    is_live_ = false;
  }

  void LiveStmt(ast::NodeId id) {
    switch (id.kind()) {
      case ast::NodeKind::kBlockStmt:
        // A block of its own does not end the loop of a label in it.
        StmtList(tree_.TryGet<ast::BlockStmt>(id)->stmts);
        break;
      case ast::NodeKind::kIfStmt:
        If(*tree_.TryGet<ast::IfStmt>(id));
        break;
      case ast::NodeKind::kForStmt:
        For(*tree_.TryGet<ast::ForStmt>(id));
        break;
      case ast::NodeKind::kRangeStmt:
        Range(*tree_.TryGet<ast::RangeStmt>(id));
        break;
      case ast::NodeKind::kSwitchStmt:
      case ast::NodeKind::kTypeSwitchStmt:
      case ast::NodeKind::kSelectStmt:
        Choice(id);
        break;
      case ast::NodeKind::kLabeledStmt: {
        const auto& labeled = *tree_.TryGet<ast::LabeledStmt>(id);
        is_live_ = true;
        if (labels_->Has(labeled.label)) {
          ++loop_depth_;
        }
        Stmt(labeled.stmt);
        break;
      }
      case ast::NodeKind::kReturnStmt:
        Exprs(id);
        if (range_func_depth_ == 0) {
          ++returns_;
        }
        is_live_ = false;
        break;
      case ast::NodeKind::kBranchStmt:
        if (tree_.TryGet<ast::BranchStmt>(id)->keyword !=
            TokenKind::kFallthrough) {
          is_live_ = false;
        }
        break;
      case ast::NodeKind::kExprStmt:
        Exprs(id);
        if (kept_.Terminates(ast::StmtId::FromNode(id))) {
          is_live_ = false;
        }
        break;
      case ast::NodeKind::kDeferStmt:
        (range_func_depth_ > 0 ? range_func_defers_ : defers_)
            .push_back({.stmt = id,
                        .is_in_loop = loop_depth_ > 0,
                        .is_reached = unreachable_ == 0});
        Exprs(id);
        break;
      default:
        Exprs(id);
        break;
    }
  }

  void StmtList(ast::List<ast::StmtId> list) {
    for (const ast::StmtId stmt : kept_.Statements(list)) {
      Stmt(stmt);
    }
  }

  // A part that control enters by a block of its own.
  template <typename Fn>
  void Part(const Fn& fn) {
    const int depth = loop_depth_;
    is_live_ = true;
    fn();
    loop_depth_ = depth;
  }

  void If(const ast::IfStmt& stmt) {
    OptionalStmt(stmt.init);
    const int condition = kept_.StaticBool(stmt.cond);
    Exprs(kept_.Condition(stmt.cond));
    if (condition != 0) {
      // It is made a block.
      if (condition > 0) {
        Stmt(stmt.body);
      } else {
        OptionalStmt(stmt.els);
      }
      return;
    }
    Part([&] { Stmt(stmt.body); });
    Part([&] { OptionalStmt(stmt.els); });
    is_live_ = true;
  }

  void For(const ast::ForStmt& stmt) {
    OptionalStmt(stmt.init);
    if (kept_.IsBodyDropped(stmt)) {
      Exprs(kept_.Condition(stmt.cond));
      is_live_ = is_live_ || !unit_.info.TypeOf(stmt.cond).is_constant();
      return;
    }
    OptionalExpr(stmt.cond);
    ++loop_depth_;
    OptionalStmt(stmt.post);
    Part([&] { Stmt(stmt.body); });
    --loop_depth_;
    is_live_ = true;
  }

  void Range(const ast::RangeStmt& stmt) {
    OptionalExpr(stmt.key);
    OptionalExpr(stmt.value);
    Exprs(stmt.x);
    if (IsRangeOverFunc(unit_, stmt)) {
      RangeFunc(stmt);
    } else {
      ++loop_depth_;
      Part([&] { Stmt(stmt.body); });
      --loop_depth_;
    }
    is_live_ = true;
  }

  // The body becomes a function literal, before anything is left out: a return
  // in it makes one `if next == -1 { return }` after the outermost loop, and a
  // defer in it makes the function around ask for its list of defers.
  void RangeFunc(const ast::RangeStmt& stmt) {
    if (range_func_depth_ == 0) {
      returns_ +=
          Contains(tree_, stmt.body, ast::NodeKind::kReturnStmt) ? 1 : 0;
      defers_in_range_func_ =
          defers_in_range_func_ ||
          Contains(tree_, stmt.body, ast::NodeKind::kDeferStmt);
    }
    const int unreachable = std::exchange(unreachable_, 0);
    ++range_func_depth_;
    Part([&] { Stmt(stmt.body); });
    --range_func_depth_;
    unreachable_ = unreachable;
  }

  void Choice(ast::NodeId id) {
    kept_.ForEachChild(id, [this](ast::NodeId child) {
      if (const auto* const clause = tree_.TryGet<ast::CaseClause>(child)) {
        for (const ast::ExprId expr : tree_.Items(clause->exprs)) {
          Exprs(expr);
        }
        Part([&] { StmtList(clause->body); });
      } else if (const auto* const comm =
                     tree_.TryGet<ast::CommClause>(child)) {
        Part([&] {
          OptionalStmt(comm->comm);
          StmtList(comm->body);
        });
      } else {
        Exprs(child);
      }
    });
    is_live_ = true;
  }

  const types::Unit& unit_;
  const ast::Tree& tree_;
  const KeptSyntax& kept_;
  std::vector<ast::NodeId>& literals_;
  std::optional<LoopingLabels> labels_;
  std::vector<Defer> defers_;
  std::vector<Defer> range_func_defers_;
  bool defers_in_range_func_ = false;
  size_t returns_ = 0;
  int loop_depth_ = 0;
  int range_func_depth_ = 0;
  // Control may get here, as far as gc's ssagen sees.
  bool is_live_ = true;
  // Within so many statements that it passes by.
  int unreachable_ = 0;
};

// Everything in one file.
class FileScan {
 public:
  FileScan(const types::Unit& unit, const DeferClassOptions& options)
      : unit_(unit), tree_(*unit.tree), options_(options), kept_(unit) {}

  std::vector<DeferClass> Run() {
    classes_.resize(tree_.All<ast::DeferStmt>().size());
    if (classes_.empty()) {
      return std::move(classes_);
    }
    for (const ast::DeclId id : tree_.decls()) {
      if (const auto* const decl = tree_.TryGet<ast::FuncDecl>(id)) {
        if (decl->body.has_value() && IsCompiled(*decl)) {
          Function(id, decl->body);
        }
      } else {
        FunctionScan(unit_, kept_, literals_).Exprs(id);
      }
      Literals();
    }
    return std::move(classes_);
  }

 private:
  bool IsCompiled(const ast::FuncDecl& decl) const {
    if (IsBlank(unit_, decl.name)) {
      return false;
    }
    const types::Object* const generic = GenericOf(
        types::TryAs<types::Func>(unit_.info.DefinedObject(decl.name)));
    return generic == nullptr || options_.instantiated == nullptr ||
           options_.instantiated->contains(generic);
  }

  void Function(ast::NodeId function, ast::Ref<ast::BlockStmt> body) {
    FunctionScan(unit_, kept_, literals_)
        .Run(function, body, options_, classes_);
  }

  void Literals() {
    while (!literals_.empty()) {
      const ast::NodeId literal = literals_.back();
      literals_.pop_back();
      Function(literal, tree_.TryGet<ast::FuncLit>(literal)->body);
    }
  }

  const types::Unit& unit_;
  const ast::Tree& tree_;
  const DeferClassOptions& options_;
  KeptSyntax kept_;
  std::vector<ast::NodeId> literals_;
  std::vector<DeferClass> classes_;
};

}  // namespace

std::string_view DeferClassName(DeferClass defer_class) {
  switch (defer_class) {
    case DeferClass::kOpenCoded:
      return "open-coded";
    case DeferClass::kStackAllocated:
      return "stack-allocated";
    case DeferClass::kHeapAllocated:
      return "heap-allocated";
    case DeferClass::kNone:
      break;
  }
  return "none";
}

std::vector<DeferClass> ClassifyDefers(const types::Unit& unit,
                                       const DeferClassOptions& options) {
  return FileScan(unit, options).Run();
}

}  // namespace gdlint::ssa
