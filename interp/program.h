// What is run: packages, their variables and functions, each lowered and
// decoded when it is first called.

#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "interp/closure.h"
#include "interp/heap.h"
#include "interp/run_type.h"
#include "ssa/build.h"
#include "ssa/function.h"
#include "types/package.h"
#include "types/type_table.h"

namespace gdlint::interp {

class Call;
class Program;
struct Code;
enum class Outcome : uint8_t;

// A function that is implemented here (machine.h).
using Intrinsic = Outcome (*)(Call& call);

// A function of the running program: an instance, a method, a literal, a
// wrapper. Never moves; is also the Closure of a function that captures
// nothing, by its first member.
struct Callable {
  Callable* self;
  ssa::FunctionKey key;
  // Of a literal or loop body: set from the start. Else null until the first
  // call, and always for intrinsics and functions without a body.
  const ssa::Function* function = nullptr;
  // Null until the first call.
  const Code* code = nullptr;
  Intrinsic intrinsic = nullptr;
  // The receiver is not among its parameters; with the type arguments of an
  // instance. Null for the initialisation of variables.
  const types::Signature* signature = nullptr;
  // Null for none.
  const types::Type* receiver = nullptr;
  // Compiler-made: does not count as a frame for `recover`.
  bool is_wrapper = false;
  // As gc's traces and runtime.Func.Name have it: "main.(*T).M",
  // "main.f.func1".
  std::string name;

  Closure* closure() { return reinterpret_cast<Closure*>(this); }
};

// One package, in the order in which packages are initialised.
struct ProgramPackage {
  const types::Package* package = nullptr;
  // In order.
  std::vector<ssa::VarInitSource> initializers;
  // Its functions of the name `init`, in order.
  std::vector<const types::Func*> inits;
};

struct ProgramOptions {
  // Looks up what is implemented here by the name that Callable::name has; null
  // for none. An intrinsic goes before a body.
  Intrinsic (*find_intrinsic)(std::string_view name) = nullptr;
  bool verify = false;
  // Code tells the observer of results (Observer::OnResultStored, OnReturn).
  bool tells_results = false;
  // Code tells the observer of steps (Observer::OnStep and its like): slower.
  bool tells_steps = false;
};

// Not for several threads.
class Program {
 public:
  Program(types::TypeTable& table, RunTypes& run_types, Heap& heap,
          const ProgramOptions& options);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // All bodies of the package must have been checked, in the units of its
  // files.
  void AddPackage(ProgramPackage package);
  std::span<const ProgramPackage> packages() const { return packages_; }
  const ProgramOptions& options() const { return options_; }

  types::TypeTable& table() { return table_; }
  types::TypeContext& types() { return types_; }
  RunTypes& run_types() { return run_types_; }
  Heap& heap() { return heap_; }

  // The function or variable of a package by name, null if there is none.
  Callable* FindFunction(std::string_view package, std::string_view name);
  const types::Var* FindVariable(std::string_view package,
                                 std::string_view name);
  const types::Type* FindType(std::string_view package, std::string_view name);

  // The one for a key; equal for identical type arguments.
  Callable* CallableOf(const ssa::FunctionKey& key);
  // Of a literal or a loop's body.
  Callable* CallableOf(const ssa::Function& child);
  // The initialisation of variables.
  Callable* CallableOf(const ssa::VarInitSource& source);

  // Memory of a package-level variable; zero at first.
  uint8_t* AddressOf(const types::Var* var);

  // Lowers and decodes; afterwards `code` or `intrinsic` is set. False if it
  // has no body: `problem()` says what cannot be run.
  bool Prepare(Callable& callable);
  const std::string& problem() const { return problem_; }

  // A method of a type that is no interface, as interfaces call it.
  struct Method {
    Callable* callable = nullptr;
    // The method is of the value, and the receiver in the interface points to
    // it: it is copied from there, `copied_size` bytes.
    bool copies_receiver = false;
    // The interface holds a *T, which must not be nil ("value method main.T.M
    // called using nil *T pointer").
    bool derefs_pointer = false;
    uint32_t copied_size = 0;
  };
  // Null if `type` has no such method. `method` is an interface's; of it only
  // the name and, if not exported, the package count.
  const Method* FindMethod(const RunType* type, const types::Func* method);

 private:
  struct State;

  types::TypeTable& table_;
  types::TypeContext types_;
  RunTypes& run_types_;
  Heap& heap_;
  ProgramOptions options_;
  std::vector<ProgramPackage> packages_;
  std::string problem_;
  std::unique_ptr<State> state_;
};

}  // namespace gdlint::interp
