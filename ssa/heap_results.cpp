#include "ssa/heap_results.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "ssa/escape_batch.h"
#include "ssa/inline_cost.h"
#include "ssa/kept_syntax.h"

namespace gdlint::ssa {
namespace {

using types::TryAs;

// Nothing is known of any function.
class NoLeaks : public CalleeLeaks {
 public:
  const ParamLeaks* Of(const types::Func*) override { return nullptr; }
  const FunctionBody* BodyToInline(const types::Func*) override {
    return nullptr;
  }
};

const types::Func* OriginOf(const types::Func* func) {
  return func != nullptr && func->origin != nullptr ? func->origin : func;
}

// The functions of the same package that a body refers to.
class References {
 public:
  References(const types::Func* from, const FunctionBody& body)
      : from_(from), unit_(*body.unit), kept_(unit_) {
    Visit(body.body);
  }

  const std::vector<const types::Func*>& list() const { return list_; }

 private:
  void Visit(ast::NodeId id) {
    if (id.kind() == ast::NodeKind::kIdent) {
      const types::Func* const func = OriginOf(TryAs<types::Func>(
          unit_.info.UsedObject(ast::Ref<ast::Ident>::FromNode(id))));
      if (func != nullptr && func->package == from_->package &&
          seen_.insert(func).second) {
        list_.push_back(func);
      }
      return;
    }
    kept_.ForEachChild(id, [this](ast::NodeId child) { Visit(child); });
  }

  const types::Func* from_;
  const types::Unit& unit_;
  KeptSyntax kept_;
  std::vector<const types::Func*> list_;
  std::unordered_set<const types::Func*> seen_;
};

}  // namespace

class HeapResults::Program : public CalleeLeaks {
 public:
  explicit Program(FindBody find_body)
      : find_body_(std::move(find_body)), costs_(find_body_) {}

  bool Has(const types::Unit& unit, ast::NodeId function) {
    const ast::Ref<ast::FuncDecl> decl = DeclAround(unit, function);
    if (!decl.has_value()) {
      return LiteralHas(unit, ast::Ref<ast::FuncLit>::FromNode(function));
    }
    const auto* const func =
        TryAs<types::Func>(unit.info.DefinedObject(unit.tree->Get(decl).name));
    const FunctionBody* const body =
        func != nullptr ? find_body_(func) : nullptr;
    if (body == nullptr) {
      return false;
    }
    // Most are settled without looking at what they call.
    if (quick_.insert(func).second) {
      NoLeaks unknown;
      EscapeBatch batch(unknown, 1);
      batch.Add(func, *body);
      batch.Run();
      AddHeapResults(batch, maybe_);
    }
    const bool is_func = function.kind() == ast::NodeKind::kFuncDecl;
    const Results& all = maybe_;
    if (is_func ? !all.funcs.contains(func)
                : !all.literals.contains({&unit, function})) {
      return false;
    }
    Of(func);
    return is_func ? certain_.funcs.contains(func)
                   : certain_.literals.contains({&unit, function});
  }

  const ParamLeaks* Of(const types::Func* func) override {
    if (const auto found = leaks_.find(func); found != leaks_.end()) {
      return &found->second;
    }
    const FunctionBody* const body = find_body_(func);
    if (body == nullptr) {
      const types::Signature* const signature = func->signature();
      const size_t count =
          1 + (signature != nullptr && signature->params != nullptr
                   ? signature->params->params.size()
                   : 0);
      const Leaks leaks =
          HasDirective(func, "//go:noescape") ? Leaks() : Leaks::ToHeap();
      return &leaks_.emplace(func, ParamLeaks(count, leaks)).first->second;
    }
    if (in_progress_.contains(func)) {
      return nullptr;
    }
    Groups groups;
    Visit(groups, func);
    const auto found = leaks_.find(func);
    return found != leaks_.end() ? &found->second : nullptr;
  }

  const FunctionBody* BodyToInline(const types::Func* func) override {
    return costs_.CanInline(func) ? find_body_(func) : nullptr;
  }

 private:
  struct Results {
    std::unordered_set<const types::Func*> funcs;
    std::set<std::pair<const types::Unit*, ast::NodeId>> literals;
  };
  // Tarjan's strongly connected components of functions that refer to each
  // other.
  struct Groups {
    struct Mark {
      uint32_t index;
      uint32_t low;
      bool is_open;
    };
    std::unordered_map<const types::Func*, Mark> marks;
    std::vector<const types::Func*> open;
  };

  static void AddHeapResults(const EscapeBatch& batch, Results& results) {
    batch.ForEachHeapResult(
        [&](const types::Func* func) { results.funcs.insert(func); },
        [&](const types::Unit* unit, ast::NodeId literal) {
          results.literals.insert({unit, literal});
        });
  }

  // The declaration that a function is or lies in.
  static ast::Ref<ast::FuncDecl> DeclAround(const types::Unit& unit,
                                            ast::NodeId function) {
    if (function.kind() == ast::NodeKind::kFuncDecl) {
      return ast::Ref<ast::FuncDecl>::FromNode(function);
    }
    const source::Pos pos = ast::Begin(*unit.tree, function);
    for (const ast::DeclId decl : unit.tree->decls()) {
      if (decl.kind() == ast::NodeKind::kFuncDecl) {
        const source::Span span = ast::SpanOf(*unit.tree, decl);
        if (span.begin <= pos && pos < span.end) {
          return ast::Ref<ast::FuncDecl>::FromNode(decl);
        }
      }
    }
    return {};
  }

  // Of a literal outside of functions.
  bool LiteralHas(const types::Unit& unit, ast::Ref<ast::FuncLit> literal) {
    Results results;
    {
      NoLeaks unknown;
      EscapeBatch batch(unknown, 1);
      batch.AddLiteral(unit, literal);
      batch.Run();
      AddHeapResults(batch, results);
    }
    if (!results.literals.contains({&unit, literal})) {
      return false;
    }
    EscapeBatch batch(*this, 1);
    batch.AddLiteral(unit, literal);
    batch.Run();
    results = {};
    AddHeapResults(batch, results);
    return results.literals.contains({&unit, literal});
  }

  uint32_t Visit(Groups& groups, const types::Func* func) {
    const auto index = static_cast<uint32_t>(groups.marks.size());
    groups.marks[func] = {.index = index, .low = index, .is_open = true};
    groups.open.push_back(func);
    in_progress_.insert(func);
    uint32_t low = index;
    const References references(func, *find_body_(func));
    for (const types::Func* const other : references.list()) {
      const auto found = groups.marks.find(other);
      if (found != groups.marks.end()) {
        if (found->second.is_open) {
          low = std::min(low, found->second.index);
        }
      } else if (!leaks_.contains(other) && find_body_(other) != nullptr) {
        low = std::min(low, Visit(groups, other));
      }
    }
    if (low == index) {
      const auto first = std::ranges::find(groups.open, func);
      std::vector<const types::Func*> group(first, groups.open.end());
      groups.open.erase(first, groups.open.end());
      for (const types::Func* const member : group) {
        groups.marks[member].is_open = false;
      }
      Analyze(group);
    }
    return low;
  }

  void Analyze(const std::vector<const types::Func*>& group) {
    EscapeBatch batch(*this, group.size());
    for (const types::Func* const func : group) {
      batch.Add(func, *find_body_(func));
    }
    batch.Run();
    AddHeapResults(batch, certain_);
    for (const types::Func* const func : group) {
      leaks_.emplace(func, batch.LeaksOf(func));
      in_progress_.erase(func);
    }
  }

  FindBody find_body_;
  InlineCosts costs_;
  std::unordered_map<const types::Func*, ParamLeaks> leaks_;
  std::unordered_set<const types::Func*> in_progress_;
  // Whose results lie on the heap if all that is passed on leaks, and the
  // functions that this is known of.
  Results maybe_;
  std::unordered_set<const types::Func*> quick_;
  // Whose results do.
  Results certain_;
};

HeapResults::HeapResults(FindBody find_body)
    : program_(std::make_unique<Program>(std::move(find_body))) {}

HeapResults::~HeapResults() = default;

bool HeapResults::Has(const types::Unit& unit, ast::NodeId function) {
  return program_->Has(unit, function);
}

}  // namespace gdlint::ssa
