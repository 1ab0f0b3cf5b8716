#include "dataflow/program_builder.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "dataflow/link.h"
#include "dataflow/program_state.h"
#include "dataflow/summarise.h"
#include "types/predicates.h"

namespace gdlint::dataflow {
namespace {

using ssa::Function;

// What is declared on its own: literals and loop bodies follow it.
struct TopLevel {
  const Function* function = nullptr;
  const types::Func* func = nullptr;
  bool is_root = false;
};

// Packages by path, then files by path, then places.
struct SortKey {
  explicit SortKey(const TopLevel& top)
      : package(top.func != nullptr ? top.func->package
                                    : top.function->package()),
        file(top.func != nullptr ? top.func->place.file
                                 : top.function->unit()->file),
        pos(top.func != nullptr ? top.func->place.pos : top.function->pos()),
        name(top.func != nullptr && top.func->name != nullptr
                 ? top.func->name->text()
                 : std::string_view()) {}

  std::string_view PackagePath() const {
    return package != nullptr ? std::string_view(package->path)
                              : std::string_view();
  }
  std::string_view FileName() const {
    return file != nullptr ? std::string_view(file->source->name())
                           : std::string_view();
  }
  friend bool operator<(const SortKey& a, const SortKey& b) {
    // Most neighbours are of one file: texts are compared for the others alone.
    if (a.file != b.file || a.package != b.package) {
      const auto order = std::pair(a.PackagePath(), a.FileName()) <=>
                         std::pair(b.PackagePath(), b.FileName());
      if (order != 0) {
        return order < 0;
      }
    }
    return std::pair(a.pos, a.name) < std::pair(b.pos, b.name);
  }

  const types::Package* package;
  const types::File* file;
  source::Pos pos;
  std::string_view name;
};

void SortTopLevels(std::vector<TopLevel>& top_levels) {
  std::vector<std::pair<SortKey, uint32_t>> order;
  order.reserve(top_levels.size());
  for (const TopLevel& top : top_levels) {
    order.emplace_back(SortKey(top), static_cast<uint32_t>(order.size()));
  }
  std::sort(order.begin(), order.end());
  std::vector<TopLevel> sorted;
  sorted.reserve(order.size());
  for (const auto& [key, index] : order) {
    sorted.push_back(top_levels[index]);
  }
  top_levels = std::move(sorted);
}

// Something may be behind a parameter other than the receiver.
bool IsGivenSomething(const Function& function) {
  const types::Func* const func = function.key().func;
  const types::Signature* const signature =
      func == nullptr ? nullptr : func->signature();
  return signature != nullptr &&
         std::ranges::any_of(
             signature->params->params, [](const types::Param& param) {
               return types::IsInterface(param.type) ||
                      types::UnderAs<types::Pointer>(param.type) != nullptr;
             });
}

const Function& Outermost(const Function& function) {
  const Function* outer = &function;
  while (outer->parent() != nullptr) {
    outer = outer->parent();
  }
  return *outer;
}

}  // namespace

struct ProgramBuilder::State {
  std::unique_ptr<ProgramState> program = std::make_unique<ProgramState>();
  std::vector<TopLevel> top_levels;
  // Declarations that were added, or found missing.
  std::unordered_set<DeclKey, DeclKeyHash> known;
  // From here on TakeMissing has not looked.
  size_t looked_at = 0;
  std::unordered_set<const types::Package*> whole;

  bool HasModel(const types::Func& func) const {
    return program->models && program->models(OriginOf(func)).has_value();
  }

  void Add(const Function& function, bool is_root) {
    const types::Func* const func = function.key().func;
    if (func != nullptr) {
      program->by_declaration.try_emplace(KeyOf(OriginOf(*func)));
      known.insert(KeyOf(OriginOf(*func)));
    }
    top_levels.push_back({&function, func, is_root});
  }

  // Declarations that `function` names, and what is in it.
  template <typename Fn>
  static void ForEachNamed(const Function& function, const Fn& fn) {
    for (const ssa::Callee& callee : function.callees()) {
      if (callee.key.func != nullptr) {
        fn(OriginOf(*callee.key.func));
      }
    }
    for (const types::Func* const method : function.methods()) {
      fn(OriginOf(*method));
    }
    for (const std::unique_ptr<Function>& child : function.children()) {
      ForEachNamed(*child, fn);
    }
  }

  // Functions without a body that calls lead to; methods of interfaces if they
  // have models.
  void AddBodiless() {
    std::unordered_set<DeclKey, DeclKeyHash> seen;
    const size_t count = top_levels.size();
    for (size_t i = 0; i < count; ++i) {
      ForEachNamed(*top_levels[i].function, [&](const types::Func& func) {
        if (!program->by_declaration.contains(KeyOf(func)) &&
            seen.insert(KeyOf(func)).second &&
            (!IsInterfaceMethod(func) || HasModel(func))) {
          top_levels.push_back({nullptr, &func, false});
        }
      });
    }
  }

  void AddNode(const Function* function, const types::Func* func,
               bool is_root) {
    const FunctionId id{static_cast<uint32_t>(program->nodes.size())};
    program->nodes.push_back({func, function, is_root});
    program->bodies.push_back(function);
    if (func != nullptr) {
      program->by_declaration[KeyOf(OriginOf(*func))] = id;
    }
    if (function != nullptr) {
      function->SetNumber(id.index);
      for (const std::unique_ptr<Function>& child : function->children()) {
        AddNode(child.get(), nullptr, is_root);
      }
    }
  }

  void Number() {
    AddBodiless();
    SortTopLevels(top_levels);
    for (const TopLevel& top : top_levels) {
      AddNode(top.function, top.func, top.is_root);
    }
  }

  // Of dependencies, most bodies are not needed any more.
  void DropBodies() {
    for (Node& node : program->nodes) {
      if (!node.is_root && node.body != nullptr) {
        if (IsGivenSomething(Outermost(*node.body))) {
          node.argument_body = node.body;
        }
        node.body = nullptr;
      }
    }
    program->bodies.clear();
    std::erase_if(program->owned, [&](const std::unique_ptr<Function>& body) {
      return !program->Find(body.get()).has_value();
    });
  }
};

ProgramBuilder::ProgramBuilder(ModelFn models)
    : state_(std::make_unique<State>()) {
  state_->program->models = std::move(models);
}
ProgramBuilder::~ProgramBuilder() = default;

void ProgramBuilder::AddFunction(std::unique_ptr<Function> function,
                                 bool is_root) {
  const size_t before = state_->top_levels.size();
  AddFunction(*function, is_root);
  // The caller may look at a root that does not count, too.
  const bool counts = state_->top_levels.size() > before;
  if (counts || is_root) {
    (counts ? state_->program->owned : state_->program->repeated)
        .push_back(std::move(function));
  }
}

void ProgramBuilder::AddFunction(const Function& function, bool is_root) {
  const types::Func* const func = function.key().func;
  // There may be several `init` and `_`, at places of their own.
  if (func == nullptr ||
      !state_->program->by_declaration.contains(KeyOf(OriginOf(*func)))) {
    state_->Add(function, is_root);
  }
}

void ProgramBuilder::SetWhole(const types::Package& package) {
  state_->whole.insert(&package);
}

std::vector<const types::Func*> ProgramBuilder::TakeMissing() {
  std::vector<const types::Func*> missing;
  for (; state_->looked_at < state_->top_levels.size(); ++state_->looked_at) {
    const TopLevel& top = state_->top_levels[state_->looked_at];
    State::ForEachNamed(*top.function, [&](const types::Func& func) {
      if (!IsInterfaceMethod(func) &&
          state_->known.insert(KeyOf(func)).second && !state_->HasModel(func)) {
        missing.push_back(&func);
      }
    });
  }
  return missing;
}

std::unique_ptr<Program> ProgramBuilder::Finish(TaskPool& pool) {
  auto program = std::make_unique<Program>();
  state_->Number();
  Link(*state_->program, state_->whole, pool);
  Summarise(*state_->program, pool);
  state_->DropBodies();
  program->state_ = std::move(state_->program);
  return program;
}

}  // namespace gdlint::dataflow
