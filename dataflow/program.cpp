#include "dataflow/program.h"

#include <map>
#include <unordered_map>
#include <utility>

#include "dataflow/program_builder.h"

namespace gdlint::dataflow {
namespace {

// The same for a package and its test variant.
using DeclKey = std::pair<const source::SourceFile*, uint32_t>;

DeclKey KeyOf(const types::Func& func) {
  return {func.place.file == nullptr ? nullptr : func.place.file->source,
          func.place.pos.is_valid() ? func.place.pos.offset() : 0};
}

}  // namespace

struct Program::State {
  std::vector<std::unique_ptr<ssa::Function>> owned;
  std::vector<Node> nodes;
  std::map<DeclKey, FunctionId> by_decl;
  std::unordered_map<const ssa::Function*, FunctionId> by_body;
  std::vector<std::vector<CallSite>> callers;
  Summary unknown;
};

struct ProgramBuilder::State {
  std::vector<std::unique_ptr<ssa::Function>> owned;
  std::vector<std::pair<const ssa::Function*, bool>> functions;
};

Program::Program() : state_(std::make_unique<State>()) {}
Program::~Program() = default;

std::span<const Node> Program::nodes() const { return state_->nodes; }

FunctionId Program::Find(const types::Func* func) const {
  if (func == nullptr) {
    return {};
  }
  const auto found = state_->by_decl.find(
      KeyOf(func->origin != nullptr ? *func->origin : *func));
  return found == state_->by_decl.end() ? FunctionId{} : found->second;
}

FunctionId Program::Find(const ssa::Function* body) const {
  const auto found = state_->by_body.find(body);
  return found == state_->by_body.end() ? FunctionId{} : found->second;
}

const Summary& Program::SummaryOf(FunctionId) const { return state_->unknown; }
const Summary& Program::SummaryOf(const types::Func*) const {
  return state_->unknown;
}

CallTargets Program::TargetsOf(const ssa::Function& caller,
                               const ssa::Inst& call) const {
  const auto mode =
      static_cast<ssa::CallMode>(call.detail & ssa::kCallModeMask);
  CallTargets targets;
  targets.is_complete = mode == ssa::CallMode::kBuiltin;
  if (mode == ssa::CallMode::kStatic) {
    const ssa::Callee& callee =
        caller.callees()[caller.Operands(call)[0].index()];
    const FunctionId id =
        callee.child != nullptr ? Find(callee.child) : Find(callee.key.func);
    if (id.has_value()) {
      targets.functions.push_back(id);
      targets.is_complete = true;
    }
  }
  return targets;
}

Summary Program::SummaryOfCall(const ssa::Function&, const ssa::Inst&) const {
  return state_->unknown;
}

std::span<const CallSite> Program::CallersOf(FunctionId id) const {
  return state_->callers[id.index];
}

bool Program::MayHaveOtherCallers(FunctionId) const { return true; }

ProgramBuilder::ProgramBuilder(ModelFn) : state_(std::make_unique<State>()) {}
ProgramBuilder::~ProgramBuilder() = default;

void ProgramBuilder::AddFunction(std::unique_ptr<ssa::Function> function,
                                 bool is_root) {
  AddFunction(*function, is_root);
  state_->owned.push_back(std::move(function));
}

void ProgramBuilder::AddFunction(const ssa::Function& function, bool is_root) {
  state_->functions.emplace_back(&function, is_root);
  for (const std::unique_ptr<ssa::Function>& child : function.children()) {
    AddFunction(*child, is_root);
  }
}

void ProgramBuilder::SetWhole(const types::Package&) {}

std::vector<const types::Func*> ProgramBuilder::TakeMissing() { return {}; }

std::unique_ptr<Program> ProgramBuilder::Finish(TaskPool&) {
  auto program = std::make_unique<Program>();
  Program::State& state = *program->state_;
  state.owned = std::move(state_->owned);
  for (const auto& [body, is_root] : state_->functions) {
    const FunctionId id{static_cast<uint32_t>(state.nodes.size())};
    state.nodes.push_back({.func = body->kind() == ssa::FunctionKind::kDeclared
                                       ? body->key().func
                                       : nullptr,
                           .body = body,
                           .is_root = is_root});
    state.by_body.emplace(body, id);
    if (state.nodes.back().func != nullptr) {
      state.by_decl.emplace(KeyOf(*state.nodes.back().func), id);
    }
  }
  state.callers.resize(state.nodes.size());
  for (uint32_t i = 0; i < state.nodes.size(); ++i) {
    const ssa::Function& body = *state.nodes[i].body;
    for (const ssa::Inst& inst : body.insts()) {
      const bool is_call = inst.op == ssa::Op::kCall ||
                           inst.op == ssa::Op::kDefer ||
                           inst.op == ssa::Op::kGo;
      if (!is_call) {
        continue;
      }
      const CallKind kind = inst.op == ssa::Op::kCall    ? CallKind::kCall
                            : inst.op == ssa::Op::kDefer ? CallKind::kDefer
                                                         : CallKind::kGo;
      for (const FunctionId target : program->TargetsOf(body, inst).functions) {
        state.callers[target.index].push_back(
            {.caller = FunctionId{i}, .inst = body.IdOf(inst), .kind = kind});
      }
    }
  }
  return program;
}

const types::Func* NamedCallee(const ssa::Function& caller,
                               const ssa::Inst& call) {
  switch (static_cast<ssa::CallMode>(call.detail & ssa::kCallModeMask)) {
    case ssa::CallMode::kStatic:
      return caller.callees()[caller.Operands(call)[0].index()].key.func;
    case ssa::CallMode::kInvoke:
      return caller.methods()[call.aux];
    default:
      return nullptr;
  }
}

}  // namespace gdlint::dataflow
