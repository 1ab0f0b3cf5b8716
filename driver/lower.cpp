#include "driver/lower.h"

#include <algorithm>
#include <exception>
#include <mutex>
#include <new>
#include <string_view>
#include <unordered_map>

#include "ast/category.h"
#include "ast/tree.h"
#include "driver/inert_value.h"
#include "lexer/literal.h"
#include "support/invariant.h"

namespace gdlint::driver {
namespace {

// The specs of `var` declarations at the package level.
void AddVarInits(const types::Package& package, const types::Unit& unit,
                 uint32_t& index, std::vector<LowerTask>& tasks) {
  const ast::Tree& tree = *unit.tree;
  const auto add = [&](std::vector<const types::Var*> lhs, ast::ExprId rhs) {
    LowerTask task;
    task.is_var_init = true;
    task.init = {.package = &package,
                 .unit = &unit,
                 .lhs = {},
                 .rhs = rhs,
                 .index = index++};
    task.lhs = std::move(lhs);
    tasks.push_back(std::move(task));
  };
  const auto var_of = [&](ast::Ref<ast::Ident> name) -> const types::Var* {
    const auto* const var =
        types::TryAs<types::Var>(unit.info.DefinedObject(name));
    return var == nullptr || var->name->is_blank ? nullptr : var;
  };
  for (const ast::DeclId id : tree.decls()) {
    const auto* const decl = tree.TryGet<ast::GenDecl>(id);
    if (decl == nullptr || decl->keyword != lexer::TokenKind::kVar) {
      continue;
    }
    for (const ast::SpecId spec_id : tree.Items(decl->specs)) {
      const auto* const spec = tree.TryGet<ast::ValueSpec>(spec_id);
      if (spec == nullptr || spec->values.empty()) {
        continue;
      }
      const auto names = tree.Items(spec->names);
      const auto values = tree.Items(spec->values);
      if (names.size() == values.size()) {
        for (size_t i = 0; i < names.size(); ++i) {
          add({var_of(names[i])}, values[i]);
        }
        continue;
      }
      std::vector<const types::Var*> lhs;
      for (const ast::Ref<ast::Ident> name : names) {
        lhs.push_back(var_of(name));
      }
      add(std::move(lhs), values[0]);
    }
  }
}

// The errors of a package that leave types unknown, to be asked for by place.
class HardErrors {
 public:
  explicit HardErrors(const types::Package& package) {
    for (const types::TypeError& error : package.errors) {
      if (!error.is_soft) {
        places_[error.file].push_back(error.diagnostic.span.begin);
      }
    }
    for (auto& [file, places] : places_) {
      std::ranges::sort(places);
    }
  }

  // At one of [begin, end).
  bool IsWithin(const types::File* file, source::Pos begin,
                source::Pos end) const {
    const auto found = places_.find(file);
    if (found == places_.end() || begin >= end) {
      return false;
    }
    const auto at = std::ranges::lower_bound(found->second, begin);
    return at != found->second.end() && *at < end;
  }

 private:
  std::unordered_map<const types::File*, std::vector<source::Pos>> places_;
};

bool IsInvalid(const types::Type* type) {
  // What `{}` among the elements of a []*T is.
  const auto* const pointer =
      type == nullptr ? nullptr : types::TryAs<types::Pointer>(type);
  if (pointer != nullptr) {
    return IsInvalid(pointer->elem);
  }
  const auto* const basic =
      type == nullptr ? nullptr : types::UnderAs<types::Basic>(type);
  return basic != nullptr && basic->basic == types::BasicKind::kInvalid;
}

// The declaration that it refers to may have the error.
bool DenotesUnknown(const types::Unit& unit, ast::Ref<ast::Ident> ident) {
  const types::Object* const object = unit.info.ObjectOf(ident);
  return (types::TryAs<types::Var>(object) != nullptr ||
          types::TryAs<types::Const>(object) != nullptr ||
          types::TryAs<types::TypeName>(object) != nullptr ||
          types::TryAs<types::Func>(object) != nullptr) &&
         (object->type == nullptr || IsInvalid(object->type));
}

bool IsUnknown(const types::Unit& unit, ast::NodeId expr) {
  if (expr.kind() == ast::NodeKind::kIdent &&
      DenotesUnknown(unit, ast::Ref<ast::Ident>::FromNode(expr))) {
    return true;
  }
  const types::TypeAndValue fact =
      unit.info.TypeOf(ast::ExprId::FromNode(expr));
  if (!fact.is_recorded()) {
    switch (expr.kind()) {
      case ast::NodeKind::kCallExpr:
      case ast::NodeKind::kSelectorExpr:
      case ast::NodeKind::kCompositeLit:
      case ast::NodeKind::kBinaryExpr:
      case ast::NodeKind::kUnaryExpr:
      case ast::NodeKind::kIndexExpr:
      case ast::NodeKind::kSliceExpr:
        return true;
      default:
        return false;
    }
  }
  return IsInvalid(fact.type());
}

}  // namespace

bool HasUnknownWithin(const types::Unit& unit, ast::NodeId root) {
  const ast::Tree& tree = *unit.tree;
  std::vector<ast::NodeId> stack = {root};
  while (!stack.empty()) {
    const ast::NodeId node = stack.back();
    stack.pop_back();
    if (ast::CategoryOf(node.kind()) == ast::Category::kExpr &&
        IsUnknown(unit, node)) {
      return true;
    }
    ast::ForEachChild(tree, node,
                      [&stack](ast::NodeId child) { stack.push_back(child); });
  }
  return false;
}

namespace {

bool TouchesUnknown(const LowerTask& task) {
  return task.is_var_init
             ? HasUnknownWithin(*task.init.unit, task.init.rhs)
             : HasUnknownWithin(*task.function.unit, task.function.decl);
}

// Of a function: true if a type that lowering asks for may be unknown, after an
// error or because a package is missing.
bool HasUnknown(const HardErrors& errors, const LowerTask& task) {
  const types::Unit& unit = *task.function.unit;
  const ast::Tree& tree = *unit.tree;
  const ast::NodeId root = task.function.decl;
  const source::Span span = ast::SpanOf(tree, root);
  // That it is declared twice says nothing about its body.
  const source::Span name =
      ast::SpanOf(tree, tree.Get(task.function.decl).name);
  if (errors.IsWithin(unit.file, span.begin, name.begin) ||
      errors.IsWithin(unit.file, name.end, span.end)) {
    return true;
  }
  return HasUnknownWithin(unit, root);
}

std::vector<LowerTask> AllTasksOf(const types::Package& package) {
  std::vector<LowerTask> tasks;
  uint32_t index = 0;
  for (const std::unique_ptr<types::File>& file : package.files) {
    if (file->unit != nullptr) {
      AddVarInits(package, *file->unit, index, tasks);
    }
  }
  for (const types::BodyTask& body : package.bodies) {
    LowerTask task;
    task.function = {.package = &package,
                     .unit = body.file->unit.get(),
                     .decl = body.decl,
                     .func = body.func,
                     .type_args = {},
                     .vars = {}};
    tasks.push_back(std::move(task));
  }
  if (package.is_partly_known || UsesCgo(package)) {
    for (LowerTask& task : tasks) {
      task.has_unknown = TouchesUnknown(task);
    }
  }
  return tasks;
}

}  // namespace

std::string LowerTask::Name() const {
  if (is_var_init) {
    return init.package->path + ".init#" + std::to_string(init.index);
  }
  return function.package->path + "." +
         std::string(function.func->name->text());
}

bool LowerTask::IsPartlyKnown() const {
  const types::Package& package =
      *(is_var_init ? init.package : function.package);
  return UsesCgo(package) || !IsLowerable(package) || TouchesUnknown(*this);
}

bool UsesCgo(const types::Package& package) {
  return std::ranges::any_of(
      package.files, [](const std::unique_ptr<types::File>& file) {
        const ast::Tree& tree = *file->tree;
        const std::string_view text = file->source->text();
        return std::ranges::any_of(
            tree.All<ast::ImportSpec>(), [&](const ast::ImportSpec& spec) {
              if (!spec.path.has_value()) {
                return false;
              }
              const ast::BasicLit& path = tree.Get(spec.path);
              return lexer::StringValue(
                         text.substr(path.pos.offset(), path.length)) == "C";
            });
      });
}

bool IsLowerable(const types::Package& package) {
  return !package.is_fake && !package.is_dependency &&
         std::ranges::all_of(package.errors, &types::TypeError::is_soft);
}

std::vector<LowerTask> LowerTasksOf(const types::Package& package) {
  return IsLowerable(package) ? AllTasksOf(package) : std::vector<LowerTask>();
}

std::vector<LowerTask> KnownLowerTasksOf(const types::Package& package) {
  std::vector<LowerTask> tasks;
  if (package.is_fake || package.is_dependency) {
    return tasks;
  }
  tasks = AllTasksOf(package);
  std::erase_if(tasks, [](const LowerTask& task) {
    return task.is_var_init && IsInert(*task.init.unit, task.init.rhs);
  });
  if (!IsLowerable(package)) {
    const HardErrors errors(package);
    std::erase_if(tasks, [&errors](const LowerTask& task) {
      // What variables begin with is checked with the package's declarations,
      // and errors that follow from others are not reported.
      return task.is_var_init || HasUnknown(errors, task);
    });
  }
  return tasks;
}

void LowerAll(CheckedPackages& checked, std::span<const LowerTask> tasks,
              const ssa::BuildOptions& options, TaskPool& pool,
              const LoweredFn& fn) {
  LowerAll(checked.table, tasks, options, pool, fn, checked.failures);
}

void LowerAll(types::TypeTable& table, std::span<const LowerTask> tasks,
              const ssa::BuildOptions& options, TaskPool& pool,
              const LoweredFn& fn, std::vector<loader::Problem>& failures) {
  std::vector<std::unique_ptr<ssa::Builder>> builders(pool.worker_count());
  std::mutex mutex;
  // Functions that follow each other: threads do not meet at each.
  constexpr size_t kRun = 32;
  pool.ParallelFor(
      (tasks.size() + kRun - 1) / kRun, [&](size_t run, unsigned worker) {
        if (builders[worker] == nullptr) {
          builders[worker] = std::make_unique<ssa::Builder>(table, options);
        }
        const size_t end = std::min(tasks.size(), (run + 1) * kRun);
        for (size_t i = run * kRun; i < end; ++i) {
          const LowerTask& task = tasks[i];
          std::string failure;
          std::unique_ptr<ssa::Function> function;
          try {
            if (task.has_unknown) {
              failure = kPartlyKnown;
            } else if (task.is_var_init) {
              ssa::VarInitSource source = task.init;
              source.lhs = task.lhs;
              function = builders[worker]->Build(source);
            } else {
              function = builders[worker]->Build(task.function);
            }
          } catch (const std::bad_alloc&) {
            failure = "out of memory";
          } catch (const std::exception& error) {
            failure = task.IsPartlyKnown()
                          ? kPartlyKnown
                          : std::string("internal error: ") + error.what();
          }
          if (!failure.empty()) {
            // What is half made is of no use.
            builders[worker] = std::make_unique<ssa::Builder>(table, options);
            const std::lock_guard lock(mutex);
            failures.push_back(
                {.path = task.Name(), .message = std::move(failure)});
          }
          fn(i, std::move(function));
        }
      });
}

}  // namespace gdlint::driver
