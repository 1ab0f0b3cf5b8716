#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/package_pass.h"
#include "checks/phrases.h"
#include "checks/typed/outlives.h"
#include "checks/typed/source.h"
#include "checks/unread_fields.h"
#include "dataflow/access_path.h"
#include "dataflow/cycle.h"
#include "dataflow/values.h"
#include "types/method_set.h"
#include "types/predicates.h"

namespace gdlint::checks {
namespace {

using dataflow::AccessPath;
using ssa::CallMode;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;
using typed::Source;

// What a call of a method is called on; none for other calls.
Value ReceiverOf(const Function& function, const Inst& call) {
  const types::Func* const method = dataflow::NamedCallee(function, call);
  const auto operands = function.Operands(call);
  const size_t at = ModeOf(call) == CallMode::kInvoke ? 0 : 1;
  return method != nullptr && method->is_method() && at < operands.size()
             ? operands[at]
             : Value();
}

std::string_view MethodName(const Function& function, const Inst& call) {
  const types::Func* const method = dataflow::NamedCallee(function, call);
  return method != nullptr && method->is_method() ? method->name->text()
                                                  : std::string_view();
}

// `func Err() error`.
bool HasErr(const types::Type* type) {
  return type != nullptr &&
         std::ranges::any_of(
             types::MethodSetOf(type), [](const types::MethodSetEntry& entry) {
               const types::Signature* const signature =
                   entry.method->signature();
               if (entry.method->name->text() != "Err" ||
                   signature == nullptr || !signature->params->params.empty() ||
                   signature->results->params.size() != 1) {
                 return false;
               }
               const types::Named* const result =
                   types::AsNamed(signature->results->params[0].type);
               return result != nullptr && result->obj->package == nullptr;
             });
}

// But a context: `cursor.Next(ctx)`.
bool TakesNothing(const types::Signature& signature) {
  const auto params = signature.params->params;
  if (params.size() != 1) {
    return params.empty();
  }
  const types::Named* const named = types::AsNamed(params[0].type);
  return named != nullptr && named->obj->package != nullptr &&
         named->obj->package->path == "context";
}

// `rows.Next()` or `lines.Scan()` of something that has Err.
bool Advances(const Function& function, const Inst& call) {
  const std::string_view name = MethodName(function, call);
  const types::Func* const method = dataflow::NamedCallee(function, call);
  return (name == "Next" || name == "Scan") && call.type != nullptr &&
         types::IsBoolean(call.type) && TakesNothing(*method->signature()) &&
         HasErr(function.TypeOf(ReceiverOf(function, call)));
}

// True if the result of the call decides whether the loop goes on.
bool DecidesLoop(const Function& function, InstId call,
                 const dataflow::BlockSet& cycle) {
  const auto decides = [&](Value value) {
    return std::ranges::any_of(function.UsersOf(value), [&](InstId user) {
      const Inst& inst = function.inst(user);
      return inst.op == Op::kIf &&
             std::ranges::any_of(
                 function.Succs(inst.block),
                 [&](ssa::BlockId next) { return !cycle[next.index]; });
    });
  };
  return decides(call) ||
         std::ranges::any_of(function.UsersOf(call), [&](InstId user) {
           return function.inst(user).op == Op::kUnOp && decides(user);
         });
}

// Some function within `function` asks for the error of what `path` names.
bool AsksForError(const Function& function, const AccessPath& path) {
  return std::ranges::any_of(
             function.insts(),
             [&](const Inst& inst) {
               const bool is_call = inst.op == Op::kCall ||
                                    inst.op == Op::kDefer || inst.op == Op::kGo;
               return is_call && MethodName(function, inst) == "Err" &&
                      dataflow::PathOf(function, ReceiverOf(function, inst)) ==
                          path;
             }) ||
         std::ranges::any_of(function.children(), [&](const auto& child) {
           return AsksForError(*child, path);
         });
}

// Reads from memory, which does not fail:
// `bufio.NewScanner(strings.NewReader(s))`.
bool IsInMemory(const Function& function, const Inst& maker) {
  return std::ranges::any_of(function.Operands(maker), [&](Value operand) {
    const typed::Base base = typed::BaseOf(function, operand);
    const types::Type* type =
        base.function == nullptr ? nullptr : base.function->TypeOf(base.value);
    const auto* pointer =
        type == nullptr ? nullptr : types::UnderAs<types::Pointer>(type);
    const types::Named* const named =
        pointer == nullptr ? nullptr : types::AsNamed(pointer->elem);
    if (named == nullptr || named->obj->package == nullptr) {
      return false;
    }
    const std::string_view package = named->obj->package->path;
    return package == "strings" || package == "bytes";
  });
}

// `scan(rows)` within the loop, which goes on with them: what is called reads
// one row.
bool ReadsOneRow(const Inst& inst, const dataflow::BlockSet& cycle) {
  return inst.op == Op::kCall && ModeOf(inst) == CallMode::kDynamic &&
         cycle[inst.block.index] && !types::IsBoolean(inst.type);
}

// True if something else gets it: a function, a field, a goroutine, the caller.
bool IsHandedOver(PackagePass& pass, const Function& function,
                  const typed::Base& base, const dataflow::BlockSet& cycle) {
  const typed::Iteration all{
      .function = &function,
      .blocks = dataflow::BlockSet(function.blocks().size(), true),
      .header = {},
      .span = {}};
  const std::vector<typed::WayOut> ways =
      typed::WaysOut(pass.program(), all, std::span(&base, 1),
                     {.strings = false,
                      .functions_by_name = true,
                      .all_uses = true,
                      .ignored_in = nullptr,
                      .ignored = {}});
  return std::ranges::any_of(ways, [&](const typed::WayOut& way) {
    if (way.way == typed::Way::kDeferred || way.way == typed::Way::kCarried ||
        (way.function == &function &&
         ReadsOneRow(function.inst(way.inst), cycle))) {
      return false;
    }
    if (way.way != typed::Way::kUsed) {
      return true;
    }
    // An argument, other than of a helper that closes.
    const Inst& inst = way.function->inst(way.inst);
    if (inst.op != Op::kCall) {
      return false;
    }
    const Value receiver = ReceiverOf(*way.function, inst);
    const types::Func* const callee =
        dataflow::NamedCallee(*way.function, inst);
    if (callee != nullptr && (callee->name->text().starts_with("Close") ||
                              callee->name->text().starts_with("close"))) {
      return false;
    }
    return std::ranges::any_of(
        way.function->Operands(inst), [&](Value operand) {
          if (operand == receiver) {
            return false;
          }
          const typed::Base given = typed::BaseOf(*way.function, operand);
          return given.function == base.function && given.value == base.value;
        });
  });
}

// What may have made the rows: a call of this function, or one of several.
// Nothing if it may be something else.
std::vector<typed::Base> MakersOf(const Function& function, Value rows) {
  const typed::Base base = typed::BaseOf(function, rows);
  if (!base.value.is_inst() || base.function != &function) {
    return {};
  }
  const Inst& made = function.inst(base.value.inst());
  if (made.op == Op::kCall) {
    return {base};
  }
  if (made.op != Op::kPhi) {
    return {};
  }
  std::vector<typed::Base> makers{base};
  for (const Value operand : function.Operands(made)) {
    const typed::Base one = typed::BaseOf(function, operand);
    if (dataflow::IsNilConst(function, operand)) {
      continue;
    }
    if (!one.value.is_inst() || one.function != &function ||
        function.inst(one.value.inst()).op != Op::kCall) {
      return {};
    }
    makers.push_back(one);
  }
  return makers;
}

// Fields of the package's structs with something that has Err, and that nothing
// in the package asks.
class UnaskedFields {
 public:
  explicit UnaskedFields(const PackagePass& pass) {
    for (const Function* const function : pass.functions()) {
      for (const Inst& inst : function->insts()) {
        Add(*function, inst);
      }
    }
  }

  // It is loaded from one.
  bool IsUnasked(const Function& function, Value rows) const {
    if (!rows.is_inst() || function.inst(rows.inst()).op != Op::kLoad) {
      return false;
    }
    const Value addr = function.Operands(function.inst(rows.inst()))[0];
    if (!addr.is_inst() || function.inst(addr.inst()).op != Op::kFieldAddr) {
      return false;
    }
    const types::Var* const field =
        FieldOf(function, function.inst(addr.inst()));
    return field != nullptr && field->name != nullptr &&
           field->package == function.package() && !field->is_embedded &&
           !field->name->is_exported && made_.contains(field) &&
           !asked_.contains(field);
  }

 private:
  void Add(const Function& function, const Inst& inst) {
    switch (inst.op) {
      case Op::kFieldAddr:
        AddUses(function, inst);
        break;
      case Op::kField:
        asked_.insert(FieldOf(function, inst));
        break;
      case Op::kConvert:
      case Op::kChangeType:
        // Another struct with the same fields.
        if (const auto* const whole = types::UnderAs<types::Struct>(
                types::Deref(function.TypeOf(function.Operands(inst)[0])))) {
          asked_.insert(whole->fields.begin(), whole->fields.end());
        }
        break;
      default:
        break;
    }
  }

  void AddUses(const Function& function, const Inst& addr) {
    const types::Var* const field = FieldOf(function, addr);
    if (field == nullptr || !HasErr(field->type)) {
      return;
    }
    const Value self(function.IdOf(addr));
    for (const InstId user : function.UsersOf(self)) {
      const Inst& use = function.inst(user);
      if (use.op == Op::kLoad && IsOnlyAdvanced(function, Value(user), {})) {
        continue;
      }
      if (use.op == Op::kStore && function.Operands(use)[0] == self &&
          IsMadeForIt(function, function.Operands(use)[1], user)) {
        made_.insert(field);
      } else {
        asked_.insert(field);
      }
    }
  }

  // Methods other than Err are called on it, and nothing else is done.
  static bool IsOnlyAdvanced(const Function& function, Value rows,
                             InstId besides) {
    return std::ranges::all_of(function.UsersOf(rows), [&](InstId user) {
      const Inst& call = function.inst(user);
      return user == besides ||
             (call.op == Op::kCall && ReceiverOf(function, call) == rows &&
              MethodName(function, call) != "Err");
    });
  }

  static bool IsMadeForIt(const Function& function, Value rows, InstId store) {
    return rows.is_inst() && function.inst(rows.inst()).op == Op::kCall &&
           !IsInMemory(function, function.inst(rows.inst())) &&
           IsOnlyAdvanced(function, rows, store);
  }

  std::set<const types::Var*> made_;
  std::set<const types::Var*> asked_;
};

// The loop that the call is in, if it decides when that ends.
struct Loop {
  ast::NodeId node;
  dataflow::BlockSet cycle;
};

std::optional<Loop> LoopBy(PackagePass& pass, const Function& function,
                           const Inst& call) {
  const Source source{*function.unit(), pass.IndexOf(function)};
  const std::vector<ast::NodeId> loops =
      typed::EnclosingLoops(source, call.node);
  if (loops.empty()) {
    return std::nullopt;
  }
  const auto& paths = pass.Get<dataflow::Paths>(function);
  dataflow::BlockSet cycle =
      paths.CycleOf(function.IdOf(call),
                    paths.BlocksIn(ast::SpanOf(source.tree(), loops[0])));
  if (cycle.empty() || !DecidesLoop(function, function.IdOf(call), cycle)) {
    return std::nullopt;
  }
  return Loop{loops[0], std::move(cycle)};
}

void Report(PackagePass& pass, const Function& function, const Inst& call,
            ast::NodeId loop) {
  const Source source{*function.unit(), pass.IndexOf(function)};
  pass.Report(function, typed::LoopHeader(source.tree(), loop),
              "{} is false at the end and after an error alike, and nothing "
              "asks `Err` which it was: what was read may be cut short; check "
              "`Err` behind the loop",
              CallPhrase(source.index, ast::ExprId::FromNode(call.node)));
}

void Examine(PackagePass& pass, const UnaskedFields& fields,
             const Function& function, const Inst& call) {
  const Value receiver = ReceiverOf(function, call);
  if (fields.IsUnasked(function, receiver)) {
    if (const auto loop = LoopBy(pass, function, call)) {
      Report(pass, function, call, loop->node);
    }
    return;
  }
  const AccessPath path = dataflow::PathOf(function, receiver);
  if (path.function == nullptr || !path.root.is_inst() ||
      path.function != &function) {
    return;
  }
  const std::vector<typed::Base> makers = MakersOf(function, path.root);
  if (makers.empty() ||
      std::ranges::any_of(makers, [&](const typed::Base& maker) {
        return IsInMemory(function, function.inst(maker.value.inst()));
      })) {
    return;
  }
  const auto loop = LoopBy(pass, function, call);
  if (!loop || AsksForError(function, path) ||
      std::ranges::any_of(makers, [&](const typed::Base& maker) {
        return IsHandedOver(pass, function, maker, loop->cycle);
      })) {
    return;
  }
  Report(pass, function, call, loop->node);
}

void Run(PackagePass& pass) {
  const UnaskedFields fields(pass);
  for (const Function* function : pass.functions()) {
    if (function->unit() == nullptr) {
      continue;
    }
    for (const Inst& inst : function->insts()) {
      if (inst.op == Op::kCall &&
          inst.node.kind() == ast::NodeKind::kCallExpr &&
          Advances(*function, inst)) {
        Examine(pass, fields, *function, inst);
      }
    }
  }
}

constexpr std::string_view kWhat = R"(
A loop by `Next` or `Scan` (`sql.Rows`, `bufio.Scanner`, and whatever else has a method `Err() error` beside it) in a
function that makes what it reads, and never asks it for its error.
)";

constexpr std::string_view kWhy = R"(
`Next` returns false when there is nothing more, and when reading has failed: the connection was lost, the context ended, a
line was too long. Without a look at `Err` a result that was cut short passes for a whole one.
)";

constexpr std::string_view kNotFlagged = R"(
- what comes from a parameter, or is returned, or given to a function, which may ask;
- what is in a field that some function of the package asks, or that others can ask;
- loops whose end `Next` does not decide;
- scanners of strings and byte slices.
)";

constexpr std::string_view kAka[] = {"rowserrcheck"};

constexpr GoFact kFacts[] = {
    {.claim = "`Scan` is false after an error as well as at the end; only "
              "`Err` tells.",
     .program = R"(package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("connection lost") }

func main() {
	lines := bufio.NewScanner(io.MultiReader(strings.NewReader("one\ntwo\n"), broken{}))
	for lines.Scan() {
		fmt.Println(lines.Text())
	}
	fmt.Println(lines.Err())
}
)",
     .output = "one\ntwo\nconnection lost\n"},
};

}  // namespace

extern const Check rows_error_unchecked = {
    .name = "rows-error-unchecked",
    .doc =
        {
            .summary = "a loop by `Next` or `Scan` whose `Err` nobody looks at",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	n := 0
	for lines.Scan() {
		n++
	}
	fmt.Println(n)
}
)",
            .good = R"(package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	n := 0
	for lines.Scan() {
		n++
	}
	if err := lines.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(n)
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = kAka,
        },
    .severity = source::Severity::kWarning,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
