// Fields of a package's structs that nothing reads.

#pragma once

#include <set>

#include "checks/package_pass.h"
#include "ssa/function.h"

namespace gdlint::checks {

class UnreadFields {
 public:
  explicit UnreadFields(const PackagePass& pass);

  // The field behind the address has a name that no other package can use, and
  // in this one it is only assigned to.
  bool IsUnread(const ssa::Function& function, ssa::Value address) const;

 private:
  std::set<const types::Var*> read_;
};

// The field that a FieldAddr or Field is of; the generic struct's for one of an
// instance. Null if that is not known.
const types::Var* FieldOf(const ssa::Function& function, const ssa::Inst& inst);

}  // namespace gdlint::checks
