#include "interp/intrinsics.h"

#include "support/invariant.h"

namespace gdlint::interp {
namespace {

thread_local IntrinsicState* current_state = nullptr;

// Between the program counters of two places, so that pc-1 and pc+1 still
// belong to a place.
constexpr uintptr_t kPcStep = 16;
constexpr uintptr_t kFirstPc = 0x40'0000;

const std::unordered_map<std::string_view, Intrinsic>& Table() {
  static const std::unordered_map<std::string_view, Intrinsic> table = {
#define INTRINSIC(Name, Function) {Name, Function},
#include "interp/intrinsics.def"
  };
  return table;
}

}  // namespace

Intrinsic FindIntrinsic(std::string_view name) {
  const auto found = name.empty() ? Table().end() : Table().find(name);
  return found == Table().end() ? nullptr : found->second;
}

IntrinsicState::IntrinsicState(Machine& machine, ProcessInfo process)
    : machine_(machine), process_(std::move(process)) {
  GDLINT_ASSERT(current_state == nullptr);
  current_state = this;
}

IntrinsicState::~IntrinsicState() { current_state = nullptr; }

IntrinsicState& IntrinsicState::Current() { return *current_state; }

uintptr_t IntrinsicState::PcOf(const Callable* callable, source::Pos pos) {
  const auto [found, is_new] = pcs_.try_emplace(
      {callable, pos.offset()}, static_cast<uint32_t>(places_.size()));
  if (is_new) {
    places_.push_back({callable, pos});
  }
  return kFirstPc + found->second * kPcStep + kPcStep / 2;
}

IntrinsicState::CodePlace IntrinsicState::PlaceOf(uintptr_t pc) const {
  const uintptr_t index = (pc - kFirstPc) / kPcStep;
  return pc < kFirstPc || index >= places_.size() ? CodePlace()
                                                  : places_[index];
}

Callable* IntrinsicState::Made(MadeCallables& all, const RunType* type,
                               Intrinsic intrinsic, std::string_view name) {
  std::unique_ptr<Callable>& made = all[type];
  if (made == nullptr) {
    made = std::make_unique<Callable>();
    made->self = made.get();
    made->intrinsic = intrinsic;
    made->signature = types::TryAs<types::Signature>(type->under);
    made->is_wrapper = true;
    made->name = name;
  }
  return made.get();
}

Callable* IntrinsicState::MadeFunction(const RunType* type) {
  return Made(made_, type, CallMadeFunction, "reflect.makeFuncStub");
}

Callable* IntrinsicState::MethodFunction(const RunType* type) {
  return Made(made_of_methods_, type, CallMethodFunction,
              "reflect.methodValueCall");
}

}  // namespace gdlint::interp
