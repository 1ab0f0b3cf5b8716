// Labels and the branch statements that name them, after the spec's sections on
// labeled, break, continue and goto statements.

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "source/line_table.h"
#include "types/checker.h"

namespace gdlint::types {
namespace {

using lexer::TokenKind;

class LabelCheck {
 public:
  explicit LabelCheck(Checker& checker) : checker_(checker) {}

  void Check(ast::Ref<ast::BlockStmt> body) {
    Block outermost;
    CheckList(outermost, checker_.Get(body).stmts);
    ReportOpenJumps(outermost);
    for (const auto& [name, label] : ordered_) {
      if (!label->is_used) {
        checker_.SoftError(
            Checker::AtObject(label), Code::kUnusedLabel,
            fmt::format("label {} declared and not used", name->text()));
      }
    }
  }

 private:
  // A goto whose label was not seen yet.
  struct Jump {
    ast::Ref<ast::Ident> label;
    // Jumps of a block are numbered in the order in which they became its own.
    uint32_t number = 0;
  };

  struct Block {
    Block* parent = nullptr;
    // The labeled statement that the block belongs to, or none.
    ast::Ref<ast::LabeledStmt> statement;
    std::unordered_map<const Name*, Label*> labels;
    std::unordered_map<const Name*, std::vector<Jump>> jumps;
    uint32_t jump_count = 0;
    // The last declaration of a variable, and how many jumps came before it:
    // these jump over it if their label comes later in this block.
    source::Pos var_decl;
    uint32_t jumps_before_var_decl = 0;

    void DeclareVar(source::Pos pos) {
      var_decl = pos;
      jumps_before_var_decl = jump_count;
    }
  };

  void CheckList(Block& block, ast::List<ast::StmtId> list) {
    for (const ast::StmtId stmt : checker_.tree().Items(list)) {
      CheckStmt(block, {}, stmt);
    }
  }

  // `label` is the labeled statement that `id` is the statement of, or none.
  void CheckStmt(Block& block, ast::Ref<ast::LabeledStmt> label,
                 ast::StmtId id) {
    switch (id.kind()) {
      case ast::NodeKind::kDeclStmt:
        CheckDecl(block, As<ast::DeclStmt>(id).decl);
        break;
      case ast::NodeKind::kLabeledStmt:
        CheckLabeled(block, ast::Ref<ast::LabeledStmt>::FromNode(id), label);
        break;
      case ast::NodeKind::kBranchStmt:
        CheckBranch(block, id, As<ast::BranchStmt>(id));
        break;
      case ast::NodeKind::kAssignStmt:
        if (As<ast::AssignStmt>(id).op == TokenKind::kDefine) {
          block.DeclareVar(ast::Begin(checker_.tree(), id));
        }
        break;
      case ast::NodeKind::kBlockStmt:
        CheckInner(block, label, As<ast::BlockStmt>(id).stmts);
        break;
      case ast::NodeKind::kIfStmt:
        CheckBody(block, label, As<ast::IfStmt>(id).body);
        if (As<ast::IfStmt>(id).els.has_value()) {
          CheckStmt(block, label, As<ast::IfStmt>(id).els);
        }
        break;
      case ast::NodeKind::kCaseClause:
        CheckInner(block, {}, As<ast::CaseClause>(id).body);
        break;
      case ast::NodeKind::kCommClause:
        CheckInner(block, {}, As<ast::CommClause>(id).body);
        break;
      case ast::NodeKind::kSwitchStmt:
        CheckBody(block, label, As<ast::SwitchStmt>(id).body);
        break;
      case ast::NodeKind::kTypeSwitchStmt:
        CheckBody(block, label, As<ast::TypeSwitchStmt>(id).body);
        break;
      case ast::NodeKind::kSelectStmt:
        CheckBody(block, label, As<ast::SelectStmt>(id).body);
        break;
      case ast::NodeKind::kForStmt:
        CheckBody(block, label, As<ast::ForStmt>(id).body);
        break;
      case ast::NodeKind::kRangeStmt:
        CheckBody(block, label, As<ast::RangeStmt>(id).body);
        break;
      default:
        break;
    }
  }

  template <typename T>
  const T& As(ast::NodeId id) const {
    return *checker_.TryGet<T>(id);
  }

  void CheckDecl(Block& block, ast::DeclId id) {
    const auto* decl = checker_.TryGet<ast::GenDecl>(id);
    if (decl != nullptr && decl->keyword == TokenKind::kVar) {
      block.DeclareVar(decl->pos);
    }
  }

  void CheckBody(Block& block, ast::Ref<ast::LabeledStmt> label,
                 ast::Ref<ast::BlockStmt> body) {
    if (body.has_value()) {
      CheckInner(block, label, checker_.Get(body).stmts);
    }
  }

  void CheckInner(Block& outer, ast::Ref<ast::LabeledStmt> label,
                  ast::List<ast::StmtId> list) {
    Block inner;
    inner.parent = &outer;
    inner.statement = label;
    CheckList(inner, list);
    // A label further on in the outer block may still be meant.
    for (auto& [name, jumps] : inner.jumps) {
      for (const Jump& jump : jumps) {
        AddJump(outer, name, jump.label);
      }
    }
  }

  static void AddJump(Block& block, const Name* name,
                      ast::Ref<ast::Ident> label) {
    block.jumps[name].push_back({label, block.jump_count++});
  }

  void CheckLabeled(Block& block, ast::Ref<ast::LabeledStmt> id,
                    ast::Ref<ast::LabeledStmt> outer_label) {
    const ast::LabeledStmt& stmt = checker_.Get(id);
    const Name* const name = checker_.NameOf(stmt.label);
    if (!name->is_blank) {
      DeclareLabel(block, stmt, name);
      outer_label = id;
    }
    if (stmt.stmt.has_value()) {
      CheckStmt(block, outer_label, stmt.stmt);
    }
  }

  void DeclareLabel(Block& block, const ast::LabeledStmt& stmt,
                    const Name* name) {
    Label* const label = checker_.NewObject<Label>(checker_.Get(stmt.label).pos,
                                                   name, InvalidType());
    const auto [known, is_new] = all_.try_emplace(name, label);
    if (is_new) {
      ordered_.emplace_back(name, label);
      block.labels.emplace(name, label);
      checker_.RecordDef(stmt.label, label);
    } else {
      checker_.ErrorWithNotes(
          Checker::AtObject(label), Code::kDuplicateLabel,
          fmt::format("label {} already declared", name->text()),
          {{Checker::AtObject(known->second),
            fmt::format("other declaration of {}", name->text())}},
          true);
    }
    ResolveJumps(block, name, label);
  }

  void ResolveJumps(Block& block, const Name* name, Label* label) {
    const auto found = block.jumps.find(name);
    if (found == block.jumps.end()) {
      return;
    }
    for (const Jump& jump : found->second) {
      label->is_used = true;
      checker_.RecordUse(jump.label, label);
      if (block.var_decl.is_valid() &&
          jump.number < block.jumps_before_var_decl) {
        checker_.ErrorWithNotes(
            checker_.AtNode(jump.label), Code::kJumpOverDecl,
            fmt::format("goto {} jumps over variable declaration at line {}",
                        name->text(), LineOf(block.var_decl)),
            {{checker_.AtPos(block.var_decl), "variable declaration"}}, true);
      }
    }
    block.jumps.erase(found);
  }

  uint32_t LineOf(source::Pos pos) const {
    return checker_.env.unit->file->Lines().Find(pos).line;
  }

  void CheckBranch(Block& block, ast::StmtId id, const ast::BranchStmt& stmt) {
    if (!stmt.label.has_value()) {
      return;
    }
    const Name* const name = checker_.NameOf(stmt.label);
    if (stmt.keyword == TokenKind::kGoto) {
      Label* const target = GotoTarget(block, name);
      if (target == nullptr) {
        AddJump(block, name, stmt.label);
      } else {
        Use(stmt.label, target);
      }
      return;
    }
    const bool is_break = stmt.keyword == TokenKind::kBreak;
    if (!is_break && stmt.keyword != TokenKind::kContinue) {
      checker_.Error(
          checker_.AtNode(id), Code::kInvalidSyntaxTree,
          fmt::format("branch statement: {} {}",
                      lexer::TokenKindName(stmt.keyword), name->text()));
      return;
    }
    if (!IsEnclosingTarget(block, name, is_break)) {
      checker_.Error(
          checker_.AtNode(stmt.label), Code::kMisplacedLabel,
          fmt::format("invalid {} label {}", lexer::TokenKindName(stmt.keyword),
                      name->text()));
      return;
    }
    Use(stmt.label, all_.at(name));
  }

  void Use(ast::Ref<ast::Ident> ident, Label* label) {
    label->is_used = true;
    checker_.RecordUse(ident, label);
  }

  static Label* GotoTarget(const Block& from, const Name* name) {
    for (const Block* block = &from; block != nullptr; block = block->parent) {
      if (const auto found = block->labels.find(name);
          found != block->labels.end()) {
        return found->second;
      }
    }
    return nullptr;
  }

  bool IsEnclosingTarget(const Block& from, const Name* name,
                         bool is_break) const {
    for (const Block* block = &from; block != nullptr; block = block->parent) {
      if (!block->statement.has_value()) {
        continue;
      }
      const ast::LabeledStmt& stmt = checker_.Get(block->statement);
      if (checker_.NameOf(stmt.label) != name) {
        continue;
      }
      switch (stmt.stmt.kind()) {
        case ast::NodeKind::kForStmt:
        case ast::NodeKind::kRangeStmt:
          return true;
        case ast::NodeKind::kSwitchStmt:
        case ast::NodeKind::kTypeSwitchStmt:
        case ast::NodeKind::kSelectStmt:
          return is_break;
        default:
          return false;
      }
    }
    return false;
  }

  // Jumps whose label is not in their block or around it.
  void ReportOpenJumps(const Block& block) {
    std::vector<std::pair<ast::Ref<ast::Ident>, const Name*>> open;
    for (const auto& [name, jumps] : block.jumps) {
      for (const Jump& jump : jumps) {
        open.emplace_back(jump.label, name);
      }
    }
    std::ranges::sort(open, {},
                      [](const auto& entry) { return entry.first.raw(); });
    for (const auto& [label, name] : open) {
      const auto known = all_.find(name);
      if (known != all_.end()) {
        known->second->is_used = true;
        checker_.Error(checker_.AtNode(label), Code::kJumpIntoBlock,
                       fmt::format("goto {} jumps into block", name->text()));
      } else {
        checker_.Error(checker_.AtNode(label), Code::kUndeclaredLabel,
                       fmt::format("label {} not declared", name->text()));
      }
    }
  }

  Checker& checker_;
  std::unordered_map<const Name*, Label*> all_;
  // In source order.
  std::vector<std::pair<const Name*, Label*>> ordered_;
};

}  // namespace

void Checker::Labels(ast::Ref<ast::BlockStmt> body) {
  LabelCheck(*this).Check(body);
}

}  // namespace gdlint::types
