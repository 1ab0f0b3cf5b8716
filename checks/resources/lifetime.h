// What becomes of an acquired resource on every way out of the function: a
// typestate for each acquisition, kept apart by what is known of its error and
// of conditions that are tested more than once (property simulation: Das,
// Lerner, Seigel, "ESP", PLDI 2002).

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "checks/knowledge/resources.h"
#include "checks/resources/holders.h"
#include "checks/resources/watch.h"
#include "dataflow/analyses.h"
#include "dataflow/program.h"
#include "ssa/function.h"

namespace gdlint::checks::resources {

using knowledge::Acquisition;
using knowledge::ResourceKind;

// What a function does with a resource that it gets, or a literal with one that
// it captures.
enum class Fate : uint8_t {
  // Uses it, at most.
  kBorrowed,
  // Gives it back, on some path at least.
  kReleased,
  // Stores it, hands it on, or who knows what.
  kKept,
  // Returns it, or something that holds it.
  kReturned,
};

// Its name; "" for null.
std::string_view NameOf(const types::Func* func);
// Of a package of the standard library.
bool IsStandard(const types::Func& func);

// A value of this type may hold a resource: numbers, strings, errors do not.
bool MayHold(const types::Type* type);

// The FieldAddr is of a field of that name; "": of one that is embedded.
bool IsField(const ssa::Function& function, ssa::InstId field_addr,
             std::string_view name);

// The variable that `addr` is a field of, if it is one made here: `&T{f: x}`.
ssa::Value LocalWhole(const ssa::Function& function, ssa::Value addr);
// A function, or the address of a variable of such a type.
bool IsFunctionValue(const ssa::Function& function, ssa::Value value);
// `addr` is the address of a stream (`Stdin`, `Stdout`, `Stderr`) of an
// exec.Cmd and `stream` is stored there. The function runs the command and
// gives it to no one, or what the stream is has another owner besides: a
// command does not close what it is given.
bool IsLentToCommand(const ssa::Function& function, ssa::Value addr,
                     ssa::Value stream);
// A call of one of the functions, or of a method of one of the objects, that
// the function is given as a list: an option, which sets something in its only
// argument.
bool IsOption(const ssa::Function& function, const ssa::Inst& call);
// The address of a number, a string or the like.
bool IsPlainVariable(const ssa::Function& function, ssa::Value addr);

// Answers for a whole package, kept. Unknown functions keep what they get.
class Fates {
 public:
  explicit Fates(const dataflow::Program& program) : program_(program) {}

  // Of parameter `param` (among Function::params()).
  Fate OfParam(const ssa::Function& function, uint32_t param,
               ResourceKind kind);
  // Of what field `field` holds of the struct that parameter `param` points to.
  // kReleased: on every way that returns; what is released on some ways is
  // kKept.
  Fate OfPart(const ssa::Function& function, uint32_t param, uint32_t field,
              ResourceKind kind);
  // On every way something is done with it that only works while it is open.
  bool UsesPart(const ssa::Function& function, uint32_t param, uint32_t field,
                ResourceKind kind) const;
  // The same of parameter `param` itself: it is read, written to or asked.
  bool UsesParam(const ssa::Function& function, uint32_t param,
                 ResourceKind kind, int depth = kMaxUseDepth) const;
  // Something is written to it, perhaps.
  static bool WritesPart(const ssa::Function& function, uint32_t param,
                         uint32_t field);
  // Of what free variable `index` holds.
  Fate OfFreeVar(const ssa::Function& literal, uint32_t index,
                 ResourceKind kind);
  // Of a parameter or free variable that is released: on every way that
  // returns.
  bool IsSurelyReleased(const ssa::Function& function, ssa::Value root) const {
    return sure_.contains({&function, root.kind(), root.index()});
  }
  // A wrapper of that type, or the first result of a tuple that may be one, has
  // a method by the name of the release, and that leaves open what it wraps.
  bool LeavesOpen(const types::Type* type, ResourceKind kind);
  // What a call gives the caller to release: by the table, or because the
  // function called returns what it acquired itself.
  std::optional<Acquisition> AcquiredBy(const ssa::Function& caller,
                                        const ssa::Inst& call);

  // Where to ask what becomes of the arguments of a call that runs `target`;
  // null where that is not known. What a function of a dependency keeps is left
  // to what is known of its name.
  const ssa::Function* ArgumentBody(dataflow::FunctionId target, uint32_t param,
                                    bool is_receiver, ResourceKind kind);

  const dataflow::Program& program() const { return program_; }

 private:
  // Calls lead no deeper.
  static constexpr int kMaxDepth = 6;
  static constexpr int kMaxUseDepth = 3;

  struct FlowTrace {
    // The blocks with calls that release it.
    std::vector<ssa::BlockId> released_in;
    // Somebody keeps it, whatever else happens.
    bool is_kept = false;
    // A call that is passed over.
    ssa::InstId besides = {};
  };
  Fate Flow(const ssa::Function& function, ssa::Value root, bool is_address,
            ResourceKind kind, FlowTrace* trace = nullptr);
  void AddUses(const ssa::Function& function,
               const std::vector<ssa::Value>& roots, ResourceKind kind,
               int depth, std::vector<ssa::BlockId>& uses) const;
  Fate PartFlow(const ssa::Function& function, uint32_t param, uint32_t field,
                ResourceKind kind);
  Fate PartUse(const ssa::Function& function, ssa::Value root, ssa::InstId user,
               uint32_t field, ResourceKind kind,
               std::vector<ssa::BlockId>& releases);
  bool OwnsOneOf(const ssa::Function& function, ssa::Value call,
                 const std::vector<ssa::Value>& values, ResourceKind kind);
  bool IsReturnedReleased(const ssa::Function& function,
                          ssa::BlockId acquired_in,
                          const std::vector<ssa::Value>& values,
                          ResourceKind kind, ssa::InstId besides = {});
  bool IsReleasedInHolder(const ssa::Function& function,
                          ssa::BlockId acquired_in,
                          const std::vector<ssa::Value>& values,
                          const Acquisition& wrapped);
  bool HasReleasingMethod(const types::Type* type, ResourceKind kind);
  bool IsReleaseOfReceiver(const ssa::Function& function, const ssa::Inst& call,
                           ResourceKind kind);
  bool ReleasesList(const types::Type* type, uint32_t field, ResourceKind kind);
  bool CallsHeldFunction(const types::Type* type, const Holder& holder,
                         knowledge::ResourceKind kind);
  bool IsReleasedByHolder(const ssa::Function& function, const Holder& holder,
                          ResourceKind kind);
  std::optional<Acquisition> WrappedIn(const ssa::Function& function,
                                       const std::vector<Holder>& holders,
                                       ResourceKind kind,
                                       ssa::InstId besides = {});
  bool IsBuiltAround(const ssa::Function& function, ssa::Value call,
                     const std::vector<ssa::Value>& values, ResourceKind kind);
  struct Kept {
    Acquisition what;
    KeptPart part;
  };
  std::optional<Acquisition> ReturnedByOneOf(const ssa::Function& caller,
                                             const ssa::Inst& call);
  std::optional<Kept> KeptByReceiver(const ssa::Function& method);
  std::optional<Acquisition> ReturnedWithKept(const ssa::Function& function,
                                              const ssa::Inst& call);
  const ssa::Function* MethodOn(const ssa::Function& function,
                                const ssa::Inst& call,
                                ssa::Value receiver) const;
  bool FindLeavesOpen(const types::Type* type, ResourceKind kind);
  std::optional<Acquisition> FindAcquisition(const ssa::Function& caller,
                                             const ssa::Inst& call);
  std::optional<std::vector<ssa::Value>> CleanupIn(
      const ssa::Function& function, const ssa::Inst& closure,
      const std::vector<ssa::Value>& cells,
      const std::vector<ssa::Value>& values, ResourceKind kind);
  std::optional<Acquisition> ReturnedBy(const ssa::Function& function);
  std::optional<Acquisition> ReturnedOf(const ssa::Function& function,
                                        ssa::Value root,
                                        const Acquisition& acquired);
  std::optional<Acquisition> GivenBack(const ssa::Function& function,
                                       uint32_t param, ResourceKind kind);
  std::optional<Acquisition> GivenBackBy(const ssa::Function& caller,
                                         const ssa::Inst& call,
                                         const ssa::Function& body);
  bool IsLeftTo(const ssa::Function& caller, const ssa::Inst& call,
                ssa::Value value, ResourceKind kind);
  std::optional<Acquisition> ReturnedByLiteral(const ssa::Function& function);

  const dataflow::Program& program_;
  std::map<std::tuple<const ssa::Function*, uint32_t, ResourceKind>, Fate>
      fates_;
  std::set<std::tuple<const ssa::Function*, ssa::Value::Kind, uint32_t>> sure_;
  std::map<const ssa::Function*, std::optional<Acquisition>> returned_;
  std::map<std::tuple<const ssa::Function*, uint32_t, ResourceKind>,
           std::optional<Acquisition>>
      given_back_;
  std::map<const ssa::Function*, std::optional<Kept>> kept_;
  std::map<std::pair<const types::Type*, ResourceKind>, bool> leaves_open_;
  // Of the program; not known yet if empty.
  std::optional<bool> ends_spans_of_contexts_;
  int depth_ = 0;
};

// A place where a resource is lost.
// The parameter of the body called that gets that operand, which is not 0. Of a
// method of an interface operand 0 is the receiver, else it is the callee.
uint32_t ParamGiven(const ssa::Inst& call, size_t operand);

struct Leak {
  // The Return, or the acquisition itself if it is made anew while the last one
  // is still open.
  ssa::InstId exit;
  // The branch taken last before it, if any.
  ssa::InstId branch;
  // There it has given itself back: a `Next` that said that there are no more
  // rows.
  bool has_ended = false;
  // The Defer of a literal that releases it on other ways out, but not on this
  // one.
  ssa::InstId kept_by = {};
};

// A use or second release of something released.
struct LateUse {
  ssa::InstId use;
  ssa::InstId release;
  bool is_release = false;
  // The first release was explicit and this one is a deferred one's.
  bool is_deferred = false;
  // Of a use by a Defer, which runs after the release: the Return.
  ssa::InstId exit = {};
};

// The function returns, and the error of the release was looked at nowhere
// before.
struct UncheckedClose {
  // A Call or Defer.
  ssa::InstId release;
  ssa::InstId exit;
  // Something was written before.
  bool is_written = false;
};

// The function's own deferred release comes while someone else has the
// resource.
struct Outlived {
  // The Return, Store, Send, MapUpdate or Go that hands it on.
  ssa::InstId at;
  // The Defer; none for a Store or MapUpdate that no deferred release precedes
  // (one may follow).
  ssa::InstId release;
};

// A deferred call is going to release it, and this runs before.
struct Holding {
  // A Call, Recv, Select or Send.
  ssa::InstId at;
  // The Defer.
  ssa::InstId release;
};

// How a resource is left at a way out, on some path.
struct ResourceAtExit {
  enum class State : uint8_t { kOpen, kReleased, kHandedOver, kReturned };
  ssa::InstId exit;
  State state;
  // What released it, the Defer for a deferred call if that is known, or handed
  // it over; none for others.
  ssa::InstId by = {};
  friend bool operator==(const ResourceAtExit&,
                         const ResourceAtExit&) = default;
};

struct Lifetime {
  ssa::InstId acquisition;
  Acquisition what;
  // If a literal acquires it that `acquisition` runs: where.
  const ssa::Function* literal = nullptr;
  ssa::InstId in_literal = {};
  // The variable that it is in then.
  ssa::Value variable = {};
  // Nobody looks at the result at all.
  bool is_unused = false;
  std::vector<Leak> leaks;
  std::vector<LateUse> late_uses;
  std::vector<UncheckedClose> unchecked;
  std::vector<Outlived> outlived;
  std::vector<Holding> held;
  // What has to do with it or with what holds it, deferred releases aside: a
  // Defer is one that does more.
  std::vector<ssa::InstId> uses;
  // On some way someone else has it from there on, or who knows.
  bool is_handed_on = false;
  // Only if they were asked for: at returns, and at the exits of the Watch.
  std::vector<ResourceAtExit> at_exits;
  // More paths than the analysis follows: nothing is known.
  bool is_incomplete = false;
};

// Of all acquisitions in one function, in order. With a Watch, what is handed
// over is followed further, so that no more than `at_exits` is then of use.
std::vector<Lifetime> LifetimesOf(const ssa::Function& function, Fates& fates,
                                  const Watch* watch = nullptr);

// Of what literals acquire for the function. There is nothing in them but
// leaks.
std::vector<Lifetime> LifetimesByLiterals(const ssa::Function& function,
                                          Fates& fates);

// The uses of what the function has closed without having acquired it: of a
// parameter, or a field of one. `acquisition` is the release; there is nothing
// in them but late uses.
std::vector<Lifetime> ReleasesOfOthers(const ssa::Function& function,
                                       Fates& fates);

}  // namespace gdlint::checks::resources
