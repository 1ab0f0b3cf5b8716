// Type-checks packages: the stage's entry points.
//
// First the API of every package, in import order (different packages in
// parallel, as soon as what they import is done); then bodies, each alone, in
// any order and in parallel; then, for packages whose bodies were all checked,
// what needs all of them.

#pragma once

#include <memory>
#include <vector>

#include "types/package.h"
#include "types/type_table.h"

namespace gdlint::types {

// Declares everything in `package` and determines the types of its
// package-level objects and methods, initialisers of variables included. Fills
// `package.scope`, `bodies` and `errors`, and the units of its files.
// Afterwards the API is frozen. Never fails.
void CheckApi(TypeTable& table, Package& package);

// What checking one body found out that concerns its package.
struct BodyResult {
  std::vector<TypeError> errors;
  // Package-level objects that it refers to, in order, without repeats.
  std::vector<Object*> dependencies;
  // By PkgName::index.
  std::vector<uint32_t> used_imports;
  // Edges of the graph of instantiations; see monomorph.h.
  std::vector<struct InstantiationEdge> instantiations;

  BodyResult();
  ~BodyResult();
  BodyResult(BodyResult&&) noexcept;
  BodyResult& operator=(BodyResult&&) noexcept;
};

// Checks bodies; keeps memory from one to the next. One for each thread.
class BodyChecker {
 public:
  explicit BodyChecker(TypeTable& table);
  ~BodyChecker();

  // `package`'s API must be frozen. Types are recorded in the unit of the
  // task's file; bodies of the same file may be checked at the same time.
  BodyResult Check(const Package& package, const BodyTask& task);
  // As above for a body that was parsed by itself: `unit` is of its tree, and
  // `decl` of that tree.
  BodyResult Check(const Package& package, const BodyTask& task, Unit& unit,
                   ast::Ref<ast::FuncDecl> decl);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Reports what needs all bodies: initialisation cycles, imports that nothing
// uses, endless instantiation. `results` are those of `package.bodies`, in that
// order. Sorts `package.errors` and adds the bodies' to them.
void FinishPackage(TypeTable& table, Package& package,
                   std::vector<BodyResult> results);

// Frees what only CheckApi, BodyChecker and FinishPackage need of a package
// that is finished. Not while bodies of others are being checked.
void ForgetDeclarations(Package& package);

}  // namespace gdlint::types
