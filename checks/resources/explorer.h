// Follows one acquired resource through its function. See lifetime.h.

#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "checks/resources/conditions.h"
#include "checks/resources/deferred_guards.h"
#include "checks/resources/lifetime.h"
#include "checks/resources/literal_acquisitions.h"
#include "checks/resources/path_context.h"
#include "checks/resources/path_state.h"
#include "dataflow/access_path.h"
#include "dataflow/accesses.h"
#include "ssa/function.h"

namespace gdlint::checks::resources {

// Functions that say whether a path goes on return false where it ends, or
// where the resource is in other hands.
class Explorer {
 public:
  Explorer(const ssa::Function& function, Fates& fates, ssa::InstId call,
           const Acquisition& what, PathContext& context, const Watch* watch);

  Lifetime Run();
  // From a release, the call, of `value`, which the function has from
  // elsewhere: late uses alone are of use.
  Lifetime RunReleased(ssa::Value value);
  // From the call that runs the literal.
  Lifetime RunByLiteral(const LiteralAcquisition& acquired);

 private:
  // Another function may have put something else where what was released is.
  bool MayReplace(const ssa::Inst& inst) const;
  bool IsReleasedPlace(ssa::Value loaded) const;
  bool IsTuple() const;
  void Follow(State start);
  void Acquire(State& state);
  // Deferred literals that are registered before, perhaps, release what their
  // variables hold in the end.
  void AddEarlierDefers(State& state);
  // What branches say that lead to the acquisition and nowhere else.
  void AddEarlierBranches(State& state);
  // Blocks from which control can come to the one of the acquisition.
  std::vector<bool> BlocksBefore() const;
  void Walk(ssa::BlockId block, uint32_t from, State state);
  void Enter(ssa::BlockId from, ssa::BlockId to, State state);
  // A state that can lead to nothing new is dropped.
  bool Matters(const State& state) const;
  // False: this path is of no more interest.
  bool AcquireAgain(State& state);
  bool Refine(ssa::Value condition, bool is_true, State& state);
  // The channel of the case of a select that a branch leads to.
  ssa::Value ChosenChannel(ssa::Value condition, bool is_true) const;
  // That of a timer.
  bool IsItsChannel(ssa::Value channel, const State& state) const;
  // The `ok` of `v, ok := <-c`.
  bool IsReceived(ssa::Value ok) const;
  // `Next` of the rows that are followed: false has closed them, unless the
  // function goes on to another set of results.
  bool ClosesOnError(ssa::Value error, const State& state) const;
  bool IsEndOfRows(const ssa::Inst& call, const State& state);
  bool RefineNil(ssa::Value condition, bool is_true, State& state);
  bool SetError(Known known, State& state);
  bool Step(ssa::InstId id, const ssa::Inst& inst, State& state);
  // It, what holds it, or a variable with either goes into the instruction.
  bool Touches(const ssa::Inst& inst, const State& state);
  void AddUse(ssa::InstId id, const State& state);
  bool MayBeKept(const ssa::Inst& inst, const State& state) const;
  // Calls and waits before the deferred release.
  void AddHolding(ssa::InstId id, const ssa::Inst& inst, const State& state);
  void Copy(ssa::Value from, uint32_t to, State& state);
  // A variable of this function or of one around: what names it in `cells`.
  bool IsLocal(ssa::Value alloc) const;
  bool IsOnlyDeferred(const ssa::Function& literal) const;
  // A variable for errors, though others have its address, as in `defer
  // capture(&err, f.Close)()`: only calls that are given that change it.
  std::optional<uint32_t> LentError(ssa::Value addr) const;
  // A struct that no function that is given its address keeps.
  bool IsOnlyLent(const dataflow::Access& access) const;
  // A call that has the error of the acquisition as an argument.
  bool IsGivenError(ssa::Value call, const State& state) const;
  // An assertion of its type.
  bool IsAssertedError(ssa::Value value, const State& state) const;
  std::optional<uint32_t> CellOf(ssa::Value addr);
  bool Load(ssa::InstId id, ssa::Value addr, State& state);
  // The field has that name; "": it is embedded.
  bool IsField(ssa::InstId field_addr, std::string_view name) const;
  bool IsVariable(ssa::Value addr) const;
  bool HasPart(uint32_t cell, const State& state) const;
  bool IsKnownToOthers(ssa::InstId store, ssa::Value addr);
  // It, a part of it, or what only holds it.
  bool HasAny(uint32_t cell, const State& state) const;
  bool Store(ssa::Value addr, ssa::Value value, State& state);
  // Of a folder, which is known by its name alone (lifetime_folders.cpp).
  bool IsFolder() const { return what_.kind == ResourceKind::kTempDir; }
  bool MayKeep(const types::Type* type) const;
  bool StoreName(ssa::Value addr, ssa::Value value, State& state) const;
  bool NameArgument(ssa::InstId id, const ssa::Inst& inst,
                    const types::Func* named, size_t operand,
                    State& state) const;
  void Release(ssa::InstId id, bool is_deferred, State& state);
  bool Call(ssa::InstId id, const ssa::Inst& inst, State& state);
  // A call that is given the struct which has it in a field.
  bool CallOnWhole(ssa::InstId id, const ssa::Inst& inst, size_t operand,
                   uint32_t cell, State& state);
  // A call of an interface's method: one of those that it may be returns its
  // receiver, or something that holds that.
  bool MayReturnReceiver(const ssa::Inst& call) const;
  // A call of a method, of a struct that has it and is no pointer, which
  // releases what is in there.
  bool ReleasesPartOfValue(const ssa::Inst& call) const;
  // What a function does with the field, of a struct that it is given, which
  // was released.
  enum class OnPart : uint8_t { kNothing, kUses, kMayReplace };
  OnPart OnReleasedPart(const ssa::Function& body, uint32_t param,
                        const State& state);
  // A call that is given what was released, and keeps it not.
  bool CallOnReleased(ssa::InstId id, const ssa::Function& body, uint32_t param,
                      const State& state);
  // A field of what was released: it may be open again.
  bool IsSetAnew(ssa::Value addr, const State& state) const;
  // Of a call of a function or method that has a name.
  void NoteDeferredUse(ssa::InstId id, const ssa::Inst& inst,
                       const types::Func& named, State& state) const;
  bool StepCommand(ssa::InstId id, const ssa::Inst& inst, State& state);
  bool HasBody(const ssa::Inst& call) const;
  // A test that wants the acquisition to fail says so: `require.Error(t, err)`,
  // `if err == nil { t.Error("…") }`.
  bool WantsFailure(const ssa::Inst& call, const types::Func* named,
                    const State& state) const;
  // `t.Error("…")` behind a question for the error.
  bool FailsTestBehind(const ssa::Inst& call, const State& state) const;
  // gomega's `Expect(err).To(HaveOccurred())`.
  bool ExpectsError(const ssa::Inst& call, const types::Func& named,
                    const State& state) const;
  // `check(t, errors.Is(err, fs.ErrNotExist))`.
  bool AsksForError(const ssa::Inst& call, const State& state) const;
  bool ReleaseBy(ssa::InstId id, const ssa::Inst& inst, State& state);
  // `w.Cancel()` of an interface: by one of the methods that may be called.
  // Of a method: it neither releases nor keeps what its receiver holds, as far
  // as is known.
  bool IsOnlyUsedBy(const ssa::Inst& call) const;
  bool IsReleasedByMethods(const ssa::Inst& call,
                           const types::Func& method) const;
  bool Method(ssa::InstId id, const ssa::Inst& inst, const types::Func* method,
              State& state);
  bool Argument(ssa::InstId id, const ssa::Inst& inst, const types::Func* named,
                size_t operand, bool is_alias, State& state);
  // Where all goes well the function itself goes on to release what it gives to
  // the call: that does not take it.
  bool IsReleasedAfter(ssa::InstId call, ssa::Value operand) const;
  bool ReleasesOrReads(const ssa::Inst& inst,
                       const dataflow::AccessPath& path) const;
  const ssa::Function* LiteralOf(ssa::Value value, const ssa::Inst** closure);
  // What a literal does with the variables that it captures and that hold the
  // resource. Calls `fn(cell, fate)` for each.
  template <typename Fn>
  void ForEachCapture(const ssa::Inst& closure, const ssa::Function& literal,
                      const Fn& fn) {
    const std::span<const ssa::Value> captures =
        function_.Operands(closure).subspan(1);
    for (uint32_t i = 0; i < captures.size(); ++i) {
      // What a function variable does is its own affair, unless that is what
      // releases the resource.
      if (what_.cleanup < 0 && !knowledge::IsReleasedByCall(what_.kind) &&
          IsFunctionValue(function_, captures[i])) {
        continue;
      }
      if (what_.kind != ResourceKind::kTempDir &&
          IsPlainVariable(function_, captures[i])) {
        continue;
      }
      if (const auto cell = CellOf(captures[i])) {
        fn(*cell, i, fates_.OfFreeVar(literal, i, what_.kind));
      }
    }
  }
  // A literal that is called, deferred or started where it stands.
  bool CallClosure(ssa::InstId id, const ssa::Inst& inst, ssa::Value callee,
                   State& state);
  bool Closure(ssa::InstId id, const ssa::Inst& inst, State& state);
  // By a literal that has it as that free variable.
  bool IsWrittenBy(const ssa::Function& literal, uint32_t index) const;
  bool IsOnlyCalled(ssa::InstId closure);
  void RunDefers(ssa::InstId id, State& state);
  // It is among what is returned, or held by that.
  bool IsReturned(const ssa::Inst& inst, const State& state);
  bool Return(ssa::InstId id, const ssa::Inst& inst, State& state);
  // For the Watch: what is so at a way out; whether a path that ends for all
  // others goes on.
  void NoteExit(ssa::InstId id, const ssa::Inst& inst, State state);
  bool GoesOn(ssa::InstId id, const ssa::Inst& inst, State& state) const;
  void AddLeak(ssa::InstId exit, const State& state);
  void AddLateUse(const LateUse& use);
  // What the name of a method called on it says.
  void NoteMethod(ssa::InstId id, std::string_view name, State& state) const;
  void AddDeferral(ssa::InstId defer, const ssa::Inst& closure,
                   const ssa::Function& literal, uint32_t index, uint32_t cell);
  // Someone else has it from `at` on, perhaps beyond the deferred release.
  void AddOutlived(ssa::InstId at, const State& state);
  // The callee may write to what it is given as that operand.
  bool MayWrite(const ssa::Inst& call, const types::Func* named,
                size_t operand) const;
  // A result that was made to hold it by a call, not a field of it.
  bool IsMadeOfIt(ssa::Value value, const State& state) const;

  const ssa::Function& function_;
  Fates& fates_;
  ssa::InstId call_;
  Acquisition what_;
  // Null: of no interest.
  const Watch* const watch_;
  // Of what the call gives; null if that is not to be told.
  const types::Type* type_ = nullptr;
  Lifetime result_;
  Values result_values_;
  Values error_values_;
  PathContext& context_;
  Conditions& conditions_;
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> parts_;
  std::optional<bool> has_more_results_;
  // What is in Lifetime::uses and Lifetime::held.
  std::set<uint32_t> used_;
  std::set<uint32_t> held_;
  // Of what a variable holds in the end: the Defer that surely releases it.
  std::map<uint32_t, ssa::InstId> deferrals_;
  // Of the literal that alone is deferred with a variable: by that Defer, under
  // these conditions. None if there are several.
  struct Guarded {
    ssa::InstId by;
    std::vector<DeferredGuard> guards;
  };
  std::map<uint32_t, Guarded> guarded_;
  // By the block of a RunDefers: the Defer whose literal does not release
  // there.
  std::map<uint32_t, ssa::InstId> kept_at_;
  std::deque<std::pair<ssa::BlockId, State>> work_;
  std::unordered_set<std::string> seen_;
  size_t steps_ = 0;
  // A field of a parameter that was released, if that is what is followed.
  std::optional<dataflow::AccessPath> place_;
};

}  // namespace gdlint::checks::resources
