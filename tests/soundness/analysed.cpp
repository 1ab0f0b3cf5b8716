#include "tests/soundness/analysed.h"

#include <tuple>
#include <utility>

#include "driver/lower.h"

namespace gdlint::soundness {
namespace {

bool HaveSameInsts(const ssa::Function& a, const ssa::Function& b) {
  if (a.insts().size() != b.insts().size()) {
    return false;
  }
  for (size_t i = 0; i < a.insts().size(); ++i) {
    if (a.insts()[i].op != b.insts()[i].op ||
        a.insts()[i].node != b.insts()[i].node) {
      return false;
    }
  }
  return true;
}

// By operation and place, where that is unique.
std::vector<const ssa::Inst*> InstsByPlace(const ssa::Function& running,
                                           const ssa::Function& analysed) {
  using Place = std::tuple<ssa::Op, uint32_t, uint32_t>;
  const auto place_of = [](const ssa::Inst& inst) {
    return Place(inst.op, inst.node.raw(), inst.pos.offset());
  };
  std::map<Place, std::vector<const ssa::Inst*>> by_place;
  for (const ssa::Inst& inst : analysed.insts()) {
    by_place[place_of(inst)].push_back(&inst);
  }
  std::map<Place, size_t> count;
  for (const ssa::Inst& inst : running.insts()) {
    ++count[place_of(inst)];
  }
  std::vector<const ssa::Inst*> insts;
  for (const ssa::Inst& inst : running.insts()) {
    const auto& found = by_place[place_of(inst)];
    insts.push_back(found.size() == 1 && count[place_of(inst)] == 1 ? found[0]
                                                                    : nullptr);
  }
  return insts;
}

}  // namespace

Analysed::Analysed(driver::LoadedProgram& loaded, TaskPool& pool,
                   dataflow::ModelFn models) {
  driver::CheckedPackages& checked = loaded.checked;
  dataflow::ProgramBuilder builder(std::move(models));
  for (size_t i = 0; i < checked.packages.size(); ++i) {
    const types::Package& package = *checked.packages[i];
    if (checked.graph.packages[i].is_standard || package.is_fake) {
      continue;
    }
    const std::vector<driver::LowerTask> tasks = driver::LowerTasksOf(package);
    std::vector<std::unique_ptr<ssa::Function>> lowered(tasks.size());
    driver::LowerAll(checked, tasks, {}, pool,
                     [&](size_t task, std::unique_ptr<ssa::Function> function) {
                       lowered[task] = std::move(function);
                     });
    for (std::unique_ptr<ssa::Function>& function : lowered) {
      if (function != nullptr) {
        Add(*function);
        builder.AddFunction(std::move(function), /*is_root=*/true);
      }
    }
    if (package.name == "main") {
      builder.SetWhole(package);
    }
  }
  program_ = builder.Finish(pool);
  analyses_ = std::make_unique<dataflow::Analyses>(*program_);
}

void Analysed::Add(const ssa::Function& function) {
  if (function.unit() != nullptr && function.syntax().has_value()) {
    by_syntax_.emplace(
        Syntax(function.unit(), function.syntax().raw(), function.kind()),
        &function);
  }
  for (const std::unique_ptr<ssa::Function>& child : function.children()) {
    Add(*child);
  }
}

const Match* Analysed::MatchOf(const ssa::Function* running) {
  if (running == nullptr || running->unit() == nullptr ||
      !running->syntax().has_value() || ssa::IsWrapper(running->kind())) {
    return nullptr;
  }
  const auto [found, is_new] = matches_.try_emplace(running);
  if (!is_new) {
    return found->second.get();
  }
  const auto analysed = by_syntax_.find(
      Syntax(running->unit(), running->syntax().raw(), running->kind()));
  if (analysed == by_syntax_.end()) {
    return nullptr;
  }
  auto match = std::make_unique<Match>();
  match->function = analysed->second;
  match->node = program_->Find(analysed->second);
  if (HaveSameInsts(*running, *match->function)) {
    for (const ssa::Inst& inst : match->function->insts()) {
      match->insts.push_back(&inst);
    }
  } else {
    match->insts = InstsByPlace(*running, *match->function);
  }
  found->second = std::move(match);
  return found->second.get();
}

}  // namespace gdlint::soundness
