#include "types/check_package.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "types/checker.h"
#include "types/decl_internal.h"
#include "types/declaration.h"
#include "types/monomorph.h"
#include "types/substitute.h"
#include "types/type_set.h"

namespace gdlint::types {
namespace {

void CompleteTypeParams(std::span<const TypeParam* const> type_params) {
  for (const TypeParam* const type_param : type_params) {
    TypeSetOf(ConstraintInterface(type_param));
  }
}

// Computes what others would otherwise compute when they first ask.
void CompleteType(const Type* type) {
  if (const auto* const alias = TryAs<Alias>(type)) {
    CompleteTypeParams(alias->type_params);
    return;
  }
  const auto* const named = TryAs<Named>(type);
  if (named == nullptr) {
    return;
  }
  CompleteTypeParams(TypeParamsOf(named));
  if (const auto* const interface = UnderAs<Interface>(named)) {
    TypeSetOf(interface);
  }
}

void FreezeObjects(Checker& checker) {
  for (Object* const object : checker.state.objects) {
    if (object->type == nullptr) {
      object->type = InvalidType();
    }
    switch (object->kind) {
      case ObjectKind::kTypeName:
        CompleteType(object->type);
        break;
      case ObjectKind::kFunc: {
        const auto* const func = static_cast<const Func*>(object);
        if (const auto* const signature = TryAs<Signature>(func->type)) {
          CompleteTypeParams(signature->type_params);
        }
        CompleteTypeParams(func->recv_type_params);
        break;
      }
      default:
        break;
    }
    if (TakeGivenUp()) {
      checker.ReportGivenUp(Checker::AtObject(object));
    }
  }
}

void CollectBodies(Package& package) {
  for (Object* const object : package.state->objects) {
    if (auto* const func = TryAs<Func>(object)) {
      const ast::FuncDecl& decl =
          func->decl->unit->tree->Get(func->decl->func_decl);
      if (decl.body.has_value() || decl.body_begin.is_valid()) {
        package.bodies.push_back(
            {func, func->decl->file, func->decl->func_decl});
      }
    }
  }
}

// By place; errors at one place stay in their order.
void SortErrors(Package& package) {
  std::unordered_map<const File*, size_t> order;
  for (const std::unique_ptr<File>& file : package.files) {
    order.emplace(file.get(), order.size());
  }
  std::ranges::stable_sort(package.errors, {}, [&](const TypeError& error) {
    const auto found = order.find(error.file);
    return std::pair(found != order.end() ? found->second : order.size(),
                     error.diagnostic.span.begin);
  });
}

// Moves `from` behind the package's errors, without those that earlier ones
// explain.
void AddErrors(Package& package, std::vector<TypeError>& from) {
  for (TypeError& error : from) {
    if (package.errors.empty() || !IsFollowOnMessage(error.diagnostic.text)) {
      package.errors.push_back(std::move(error));
    }
  }
  from.clear();
}

// Adds what bodies found out to what declarations did.
void MergeBodies(Package& package, std::vector<BodyResult>& results) {
  PackageState& state = *package.state;
  for (size_t i = 0; i < results.size() && i < package.bodies.size(); ++i) {
    BodyResult& result = results[i];
    AddErrors(package, result.errors);
    DeclInfo& decl = *package.bodies[i].func->decl;
    decl.dependencies.AddAll(std::move(result.dependencies));
    for (const uint32_t import : result.used_imports) {
      if (import < state.import_is_used.size()) {
        state.import_is_used[import] = true;
      }
    }
    state.instantiations.insert(state.instantiations.end(),
                                result.instantiations.begin(),
                                result.instantiations.end());
  }
}

void ReportEndlessInstantiation(Checker& checker) {
  for (EndlessInstantiation& endless : FindEndlessInstantiation(
           checker.package, checker.state.instantiations)) {
    checker.Error({endless.place.file, {endless.place.pos, endless.place.pos}},
                  Code::kInvalidInstanceCycle, std::move(endless.message));
  }
}

}  // namespace

void CheckApi(TypeTable& table, Package& package) {
  package.state = std::make_unique<PackageState>();
  Checker checker(table, package);
  // What another package left behind on this thread is not of this one.
  TakeGivenUp();
  checker.CollectObjects();
  checker.DirectCycles();
  checker.PackageObjects();
  checker.ProcessDelayed(0);
  if (TakeGivenUp()) {
    const File& file = *package.files.front();
    const source::Pos pos = file.tree->package_pos();
    checker.ReportGivenUp({&file, {pos, pos}});
  }
  FreezeObjects(checker);
  CollectBodies(package);
  package.state->instantiations = std::move(checker.instantiations);
  package.errors = std::move(checker.errors);
  package.state->scopes.Clear();
}

BodyResult::BodyResult() = default;
BodyResult::~BodyResult() = default;
BodyResult::BodyResult(BodyResult&&) noexcept = default;
BodyResult& BodyResult::operator=(BodyResult&&) noexcept = default;

struct BodyChecker::State {
  explicit State(TypeTable& of_table) : table(of_table) {}

  // The checker of the last package, or a new one.
  Checker& CheckerFor(const Package& package) {
    // One that did not come to the end of a body, because memory ran out, is in
    // the midst of it.
    if (checker == nullptr || &checker->package != &package || is_busy) {
      // In bodies it writes to nothing that the package owns, but to the units
      // of the bodies.
      checker = std::make_unique<Checker>(table, const_cast<Package&>(package));
      checker->is_body = true;
    }
    return *checker;
  }

  TypeTable& table;
  std::unique_ptr<Checker> checker;
  // A body is being checked, or an exception ended that.
  bool is_busy = false;
};

BodyChecker::BodyChecker(TypeTable& table)
    : state_(std::make_unique<State>(table)) {}
BodyChecker::~BodyChecker() = default;

BodyResult BodyChecker::Check(const Package& package, const BodyTask& task) {
  return Check(package, task, *task.file->unit, task.decl);
}

namespace {

// Clearing writes to every bucket, even of an empty table.
template <typename Table>
void ClearTable(Table& table) {
  if (!table.empty()) {
    table.clear();
  }
}

// Moves the result out, and leaves the checker as good as new.
BodyResult TakeResult(Checker& checker) {
  BodyResult result;
  result.errors = std::exchange(checker.errors, {});
  result.dependencies = checker.dependencies.Take();
  result.instantiations = std::exchange(checker.instantiations, {});
  for (uint32_t i = 0; i < checker.used_imports.size(); ++i) {
    if (checker.used_imports[i]) {
      result.used_imports.push_back(i);
    }
  }
  checker.used_imports.clear();
  ClearTable(checker.panic_calls);
  ClearTable(checker.delayed_shifts);
  checker.object_path.clear();
  checker.local_vars.clear();
  checker.delayed.clear();
  // These know local types, of which there are no more.
  ClearTable(checker.finite_types);
  ClearTable(checker.valid_types);
  checker.type_set_methods = 0;
  checker.string_bytes = 0;
  checker.has_given_up = false;
  checker.env = {};
  return result;
}

}  // namespace

BodyResult BodyChecker::Check(const Package& package, const BodyTask& task,
                              Unit& unit, ast::Ref<ast::FuncDecl> decl) {
  Checker& checker = state_->CheckerFor(package);
  const ast::Ref<ast::BlockStmt> body = unit.tree->Get(decl).body;
  const DeclInfo& info = *task.func->decl;
  const auto* const signature = TryAs<Signature>(task.func->type);
  if (!body.has_value() || signature == nullptr || !info.has_func_names) {
    return BodyResult();
  }
  state_->is_busy = true;
  TakeGivenUp();
  checker.env.unit = &unit;
  checker.env.version = info.version;
  checker.env.scope = info.scope;
  // The body's own variables share a scope with the parameters.
  Scope* const scope = checker.OpenScope(/*is_function=*/true);
  for (const Scope::Entry& entry : info.func_names) {
    scope->InsertAs(entry.name, entry.object);
  }
  const size_t result_count =
      signature->results != nullptr ? signature->results->params.size() : 0;
  checker.FuncBody(
      signature,
      info.func_vars.last(std::min(result_count, info.func_vars.size())), body);
  checker.ProcessDelayed(0);
  if (TakeGivenUp()) {
    checker.ReportGivenUp(checker.AtObject(task.func));
  }
  BodyResult result = TakeResult(checker);
  checker.scratch.Reset();
  state_->is_busy = false;
  return result;
}

void ForgetDeclarations(Package& package) {
  if (package.state == nullptr) {
    return;
  }
  for (Object* const object : package.state->objects) {
    object->decl = nullptr;
  }
  // What stands in for a package that is missing stays: uses refer to it.
  auto fakes = std::move(package.state->fake_packages);
  *package.state = PackageState();
  package.state->fake_packages = std::move(fakes);
}

void FinishPackage(TypeTable& table, Package& package,
                   std::vector<BodyResult> results) {
  MergeBodies(package, results);
  Checker checker(table, package);
  checker.InitOrder();
  if (!package.is_dependency) {
    checker.UnusedImports();
  }
  AddErrors(package, checker.errors);
  // Its graph is only meaningful for correct code.
  if (package.errors.empty()) {
    ReportEndlessInstantiation(checker);
    AddErrors(package, checker.errors);
  }
  SortErrors(package);
}

}  // namespace gdlint::types
