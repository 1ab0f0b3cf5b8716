#include <algorithm>
#include <functional>
#include <set>
#include <string_view>

#include "checks/check.h"
#include "checks/dropped_flushes.h"
#include "checks/fixes/checked_close.h"
#include "checks/package_pass.h"
#include "checks/places.h"
#include "checks/resources/package_lifetimes.h"
#include "checks/resources/returned_error.h"
#include "checks/scratch_files.h"
#include "dataflow/access_path.h"
#include "dataflow/dominance.h"
#include "dataflow/value_flow.h"
#include "dataflow/values.h"
#include "lexer/token.h"
#include "types/method_set.h"

namespace gdlint::checks {
namespace {

using knowledge::ResourceKind;
using resources::Known;
using resources::Lifetime;
using resources::UncheckedClose;
using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;
using ssa::Value;

// What cannot fail, and what nobody could do anything about.
enum class Sink : uint8_t { kOther, kMemory, kPeer };

// io.Discard.
bool IsDiscard(const Function& function, Value value) {
  if (!value.is_inst() || function.inst(value.inst()).op != Op::kLoad) {
    return false;
  }
  const Value addr = function.Operands(function.inst(value.inst()))[0];
  if (addr.kind() != Value::Kind::kGlobal) {
    return false;
  }
  const types::Var& global = *function.globals()[addr.index()];
  return global.name->text() == "Discard" && global.package != nullptr &&
         (global.package->path == "io" || global.package->path == "io/ioutil");
}

Sink SinkOf(const Function& function, const Inst& maker) {
  for (Value operand : function.Operands(maker)) {
    if (IsDiscard(function, operand)) {
      return Sink::kMemory;
    }
    const types::Type* type = function.TypeOf(operand);
    while (operand.is_inst() &&
           (function.inst(operand.inst()).op == Op::kMakeInterface ||
            function.inst(operand.inst()).op == Op::kChangeInterface)) {
      operand = function.Operands(function.inst(operand.inst()))[0];
      type = function.TypeOf(operand);
    }
    if (type == nullptr) {
      continue;
    }
    const auto* const pointer = types::UnderAs<types::Pointer>(type);
    const types::Named* const named =
        types::AsNamed(pointer != nullptr ? pointer->elem : type);
    if (named == nullptr || named->obj->package == nullptr) {
      continue;
    }
    const std::string_view package = named->obj->package->path;
    if (package == "bytes" || package == "strings" || package == "hash" ||
        package == "net/http/httptest" ||
        named->obj->name->text() == "discard") {
      return Sink::kMemory;
    }
    if (package == "net/http" || package == "net") {
      return Sink::kPeer;
    }
  }
  return Sink::kOther;
}

bool ReturnsOnlyError(const Function& function, const Inst& call) {
  const types::Func* const named = dataflow::NamedCallee(function, call);
  return named != nullptr && !named->signature()->results->params.empty();
}

// A Close of the code's own that has no error to tell.
bool TellsNothing(PackagePass& pass, const Function& function,
                  const Inst& call) {
  const dataflow::Summary summary =
      pass.program().SummaryOfCall(function, call);
  return summary.is_known && summary.results.size() == 1 &&
         (summary.results[0].nilness & dataflow::kMayBeNonNil) == 0;
}

// The Close in a helper or deferred literal whose error is dropped there; none
// if it is looked at. That a helper for all kinds of closers drops it on
// purpose
// (`_ =`) says nothing of the writer that it is called with.
InstId DroppedWithin(PackagePass& pass, const Function& body) {
  const bool is_helper = body.kind() != ssa::FunctionKind::kLiteral;
  for (const Inst& inst : body.insts()) {
    const InstId id = body.IdOf(inst);
    if ((inst.op == Op::kCall || inst.op == Op::kDefer) &&
        CalleeNameOf(body, inst) == "Close" && ReturnsOnlyError(body, inst) &&
        (is_helper ? body.UsersOf(id).empty() : IsDropped(pass, body, id))) {
      return id;
    }
  }
  return {};
}

struct Place {
  const Function* function = nullptr;
  InstId inst;
};

// Where the error is dropped; nothing if it is not.
Place FindDrop(PackagePass& pass, const Function& function, ResourceKind kind,
               InstId release) {
  const Inst& inst = function.inst(release);
  const std::string_view name = CalleeNameOf(function, inst);
  const types::Func* const callee = dataflow::NamedCallee(function, inst);
  if (name == "Close" || knowledge::Releases(kind, name) ||
      (callee != nullptr && knowledge::ReleasesArgument(kind, *callee))) {
    return IsDropped(pass, function, release) &&
                   ReturnsOnlyError(function, inst) &&
                   !TellsNothing(pass, function, inst)
               ? Place{&function, release}
               : Place{};
  }
  const dataflow::FunctionId target =
      pass.program().TargetsOf(function, inst).only();
  const Function* const body =
      target.has_value() ? pass.program().node(target).body : nullptr;
  if (body == nullptr || body->unit() == nullptr) {
    return {};
  }
  const InstId inner = DroppedWithin(pass, *body);
  if (!inner.has_value()) {
    return {};
  }
  // A literal is looked into; a helper is what the caller chose.
  return body->kind() == ssa::FunctionKind::kLiteral
             ? Place{body, inner}
             : Place{&function, release};
}

// `err != nil`.
bool IsFailure(const Function& function, Value test, bool is_true) {
  if (!test.is_inst() || function.inst(test.inst()).op != Op::kBinOp) {
    return false;
  }
  const Inst& inst = function.inst(test.inst());
  const std::span<const Value> sides = function.Operands(inst);
  const auto token = static_cast<lexer::TokenKind>(inst.detail);
  return (token == lexer::TokenKind::kNeq
              ? is_true
              : token == lexer::TokenKind::kEql && !is_true) &&
         dataflow::IsErrorType(function.TypeOf(sides[0])) &&
         dataflow::IsNilConst(function, sides[1]);
}

// Something has failed since: nobody expects what was written.
bool IsAfterFailure(PackagePass& pass, const Function& function,
                    InstId acquisition, const UncheckedClose& close) {
  const auto& dominance = pass.Get<dataflow::Dominance>(function);
  const bool is_deferred = function.inst(close.release).op == Op::kDefer;
  if (is_deferred && !close.exit.has_value()) {
    return false;
  }
  return dominance.AnyCondition(
      function.inst(is_deferred ? close.exit : close.release).block,
      [&](Value test, bool is_true) {
        return IsFailure(function, test, is_true) &&
               dominance.Precedes(acquisition, test.inst());
      });
}

// An io.WriteCloser that some store gives: what is written is kept when it is
// closed.
bool IsWriteCloser(const Function& function, const Lifetime& lifetime) {
  if (lifetime.what.kind != ResourceKind::kObject) {
    return false;
  }
  const types::Type* type = function.inst(lifetime.acquisition).type;
  if (const auto* const tuple = types::TryAs<types::Tuple>(type)) {
    type = tuple->params[lifetime.what.result].type;
  }
  const types::Named* const named = types::AsNamed(type);
  return named != nullptr && named->obj->package != nullptr &&
         named->obj->package->path == "io" &&
         named->obj->name->text() == "WriteCloser";
}

// What the acquisition gives.
const types::Type* TypeOf(const Function& function, const Lifetime& lifetime) {
  const types::Type* const type = function.inst(lifetime.acquisition).type;
  const auto* const tuple = types::TryAs<types::Tuple>(type);
  if (tuple == nullptr) {
    return type;
  }
  return lifetime.what.result < tuple->params.size()
             ? tuple->params[lifetime.what.result].type
             : nullptr;
}

bool HasMethod(const types::Type* type,
               const std::function<bool(std::string_view)>& fits) {
  return type != nullptr &&
         std::ranges::any_of(types::MethodSetOf(type), [&](const auto& entry) {
           return fits(entry.method->name->text());
         });
}

// `Commit` keeps what was written; a Close without one drops it.
bool IsCommitted(const Function& function, const Lifetime& lifetime) {
  return HasMethod(TypeOf(function, lifetime),
                   [](std::string_view name) { return name == "Commit"; });
}

// A struct over a file that was written when it was made, and is only read
// through it.
bool IsOnlyRead(const Function& function, const Lifetime& lifetime) {
  const types::Type* const type = TypeOf(function, lifetime);
  constexpr std::string_view kWrites[] = {"Add",   "Append", "Encode", "Flush",
                                          "Print", "Put",    "Save",   "Set",
                                          "Store", "Sync",   "Write"};
  return HasMethod(type,
                   [](std::string_view name) { return name == "Read"; }) &&
         !HasMethod(type, [&](std::string_view name) {
           return std::ranges::any_of(kWrites, [&](std::string_view prefix) {
             return name.starts_with(prefix);
           });
         });
}

void Examine(PackagePass& pass, const Function& function,
             const Lifetime& lifetime, std::set<uint32_t>& reported) {
  const Inst& call = function.inst(lifetime.acquisition);
  const bool is_file = lifetime.what.kind == ResourceKind::kFile;
  if (lifetime.is_incomplete ||
      (is_file ? !lifetime.what.is_writable
               : !knowledge::ErrorMatters(lifetime.what.kind) &&
                     !IsWriteCloser(function, lifetime)) ||
      IsCommitted(function, lifetime) || IsOnlyRead(function, lifetime)) {
    return;
  }
  const Sink sink = is_file ? Sink::kOther : SinkOf(function, call);
  if (sink == Sink::kMemory) {
    return;
  }
  for (const UncheckedClose& close : lifetime.unchecked) {
    const bool is_of_user = knowledge::IsOfUser(lifetime.what.kind);
    const InstId opened = lifetime.acquisition;
    if ((!close.is_written && !is_of_user) ||
        IsAfterFailure(pass, function, opened, close) ||
        resources::ReturnedErrorAt(function, close.exit, pass.analyses()) ==
            Known::kNonNil) {
      continue;
    }
    const Place place =
        FindDrop(pass, function, lifetime.what.kind, close.release);
    if (place.function == nullptr ||
        !reported.insert(place.function->inst(place.inst).pos.offset())
             .second) {
      continue;
    }
    Finding finding = pass.Report(
        function, SpanOfInst(pass, *place.function, place.inst),
        "the error of {} {} is dropped: {}, and that is found out here "
        "at the latest; return it, also from a deferred call",
        is_of_user ? "releasing" : "closing",
        resources::ResourcePhrase(function, lifetime),
        is_file      ? "what was written may not be on disk"
        : is_of_user ? "by `.gdlint.toml` it tells whether all went well"
                     : "the end of the data may not be written");
    const bool is_scratch =
        is_file && IsRemovedWhenClosed(function, lifetime, close.release);
    if (!is_scratch) {
      finding.Propose(
          fixes::ReturnCloseError(pass, *place.function, place.inst));
    }
    if (sink == Sink::kPeer || PackagePass::IsTest(function) || is_scratch) {
      finding.As(source::Severity::kInfo);
    }
  }
}

// `tx.Commit()` as a statement.
void ExamineCommits(PackagePass& pass, const Function& function) {
  for (const Inst& inst : function.insts()) {
    if ((inst.op != Op::kCall && inst.op != Op::kDefer) ||
        ModeOf(inst) != ssa::CallMode::kStatic ||
        CalleeNameOf(function, inst) != "Commit") {
      continue;
    }
    const types::Func* const named = dataflow::NamedCallee(function, inst);
    const InstId id = function.IdOf(inst);
    if (named->package != nullptr && named->package->path == "database/sql" &&
        IsDropped(pass, function, id)) {
      Finding finding = pass.Report(
          function, SpanOfInst(pass, function, id),
          "the error of `Commit` is dropped: if it fails nothing was saved, "
          "and nobody learns of it; return it");
      finding.Propose(fixes::ReturnCloseError(pass, function, id));
      if (PackagePass::IsTest(function)) {
        finding.As(source::Severity::kInfo);
      }
    }
  }
}

void Run(PackagePass& pass) {
  for (const Function* const function : pass.functions()) {
    if (function->unit() == nullptr) {
      continue;
    }
    std::set<uint32_t> reported;
    for (const Lifetime& lifetime :
         pass.Get<resources::FunctionLifetimes>(*function).all()) {
      Examine(pass, *function, lifetime, reported);
    }
    ExamineCommits(pass, *function);
    ReportDroppedFlushes(pass, *function);
  }
}

constexpr std::string_view kWhat = R"(
The error of the Close that decides whether written data is safe is dropped, on a way on which the function reports success: of
a file that was opened for writing and written, of a gzip, zip, tar or other compressing writer; of `tx.Commit`. Deferred
calls, literals and helpers are looked into. Also the error of the only Flush of a `bufio.Writer` or `csv.Writer` over a
file, or over what the caller gave, and a `bufio.Writer` that nothing flushes. For network peers, in tests, and of temporary files that go as
soon as they are closed it is information.
)";

constexpr std::string_view kWhy = R"(
Writes may be kept back until Close: a full disk, a lost network file system or a broken pipe is told there and nowhere else. The
caller takes a file for saved that is cut short.
)";

constexpr std::string_view kNotFlagged = R"(
- files that are only read, or that nothing was written to;
- writers into memory (`bytes.Buffer`, `strings.Builder`, hashes) and into `io.Discard`;
- `_ = f.Close()`, which says that it is meant so;
- a deferred Close as a safety net behind a checked Sync, Flush or Close;
- ways on which the function returns an error already, or has found one since.

Information only: in tests, towards a network peer, and for a file that a deferred `os.Remove` takes away at once.
)";

constexpr std::string_view kAka[] = {"unhandled-writable-file-close",
                                     "errcheck"};

constexpr GoFact kFacts[] = {
    {.claim = "A compressing writer writes the end of its data in Close.",
     .program = R"(package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
)

func main() {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte("hello"))
	before := b.Len()
	w.Close()
	fmt.Println(b.Len() > before)
}
)",
     .output = "true\n"},
};

}  // namespace

extern const Check close_error_lost = {
    .name = "close-error-lost",
    .doc = {.summary = "the error of a Close that saves data is dropped",
            .what = kWhat,
            .why = kWhy,
            .bad = R"(package p

import "os"

func save(name string, b []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}
)",
            .good = R"(package p

import "os"

func save(name string, b []byte) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	_, err = f.Write(b)
	return err
}
)",
            .not_flagged = kNotFlagged,
            .facts = kFacts,
            .since = "0.1",
            .aka = kAka},
    .severity = source::Severity::kWarning,
    .needs = Needs::kProgram,
    .on_by_default = true,
    .run_package = Run,
};

}  // namespace gdlint::checks
