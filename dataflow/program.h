// The functions under analysis, who calls whom, and what is known of each.
//
// Generic functions are there once, as they are. Wrappers, method values and
// method expressions are no functions of their own here: they stand for what
// they lead to.

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dataflow/summary.h"
#include "ssa/function.h"
#include "support/ids.h"
#include "types/object.h"
#include "types/package.h"

namespace gdlint::dataflow {

using FunctionId = Id<struct FunctionTag>;

// How a call comes about.
enum class CallKind : uint8_t { kCall, kDefer, kGo };

// One function of the program: a node of the call graph.
struct Node {
  // The declared function or method; null for literals, loop bodies and
  // initialisers.
  const types::Func* func = nullptr;
  // Null without a body in Go, with a model, and of dependencies.
  const ssa::Function* body = nullptr;
  // The rules run on it; not so for dependencies.
  bool is_root = false;
  // Of a dependency's function that can be given something to keep: its body,
  // to ask what becomes of its arguments. Nothing else is looked for in it.
  const ssa::Function* argument_body = nullptr;
};

// What a call may run.
struct CallTargets {
  // In order of their ids, each once.
  std::vector<FunctionId> functions;
  // Nothing else can be called. If false, there may be others, and nothing is
  // known of them.
  bool is_complete = false;

  // The function that is called, if there is exactly one possibility.
  FunctionId only() const {
    return is_complete && functions.size() == 1 ? functions[0] : FunctionId{};
  }
};

// A Call, Defer or Go in the body of a root function.
struct CallSite {
  FunctionId caller;
  ssa::InstId inst;
  CallKind kind;
};

class Program {
 public:
  Program();
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // In an order that does not depend on threads: packages by path, functions by
  // file and place, what is within a function behind it.
  std::span<const Node> nodes() const;
  const Node& node(FunctionId id) const { return nodes()[id.index]; }

  // None if it is not in the program. Of an instance the generic function; of a
  // method in a package's test variant the one that was analysed.
  FunctionId Find(const types::Func* func) const;
  FunctionId Find(const ssa::Function* body) const;

  // Never fails; of what is not known the most general one.
  const Summary& SummaryOf(FunctionId id) const;
  const Summary& SummaryOf(const types::Func* func) const;

  // Of a Call, Defer or Go of `caller`. Built-ins have none, and are complete.
  CallTargets TargetsOf(const ssa::Function& caller,
                        const ssa::Inst& call) const;
  // What a call may do, joined over its targets, under what is known of its
  // arguments: ConditionalEnds that do not apply are left out. For Defer and
  // Go: of the deferred or started call.
  Summary SummaryOfCall(const ssa::Function& caller,
                        const ssa::Inst& call) const;

  // Calls from root functions, in order.
  std::span<const CallSite> CallersOf(FunctionId id) const;
  // There may be other callers than CallersOf: it is exported, main, init, a
  // test, implements an interface, or its value is used otherwise than by
  // calling it.
  bool MayHaveOtherCallers(FunctionId id) const;

 private:
  friend class ProgramBuilder;
  std::unique_ptr<struct ProgramState> state_;
};

// The method or function that a static call, or a call of an interface's
// method, names; null for calls of values and built-ins.
const types::Func* NamedCallee(const ssa::Function& caller,
                               const ssa::Inst& call);
// "os.Exit", "(*net/http.Response).Write", "(io.Closer).Close": of the origin
// of a generic function or method.
std::string FullName(const types::Func& func);

}  // namespace gdlint::dataflow
