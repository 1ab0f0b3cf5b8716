// The lifetimes of a package's functions, for all rules about resources.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/package_pass.h"
#include "checks/resources/lifetime.h"

namespace gdlint::checks::resources {

// An analysis (dataflow/analyses.h).
class FunctionLifetimes {
 public:
  FunctionLifetimes(const ssa::Function& function,
                    dataflow::Analyses& analyses);
  const std::vector<Lifetime>& all() const { return all_; }
  // See LifetimesByLiterals.
  const std::vector<Lifetime>& by_literals() const { return by_literals_; }

 private:
  std::vector<Lifetime> all_;
  std::vector<Lifetime> by_literals_;
};

// How a finding speaks of the resource: "`f`", or "what `os.Open` returns".
std::string ResourcePhrase(const ssa::Function& function,
                           const Lifetime& lifetime);
// "os.Open", of what acquires it.
std::string_view AcquisitionText(const ssa::Function& function,
                                 const Lifetime& lifetime);
// "os.Open": the callee as the source writes it.
std::string_view CalleeText(const ssa::Function& function,
                            const ssa::Inst& call);
// Of the name in a message: "`copyFile`", "the function literal".
std::string FunctionPhrase(const ssa::Function& function);
// What releases it, after "nothing on that way …".
std::string ReleasePhrase(const ssa::Function& function,
                          const Lifetime& lifetime);
uint32_t LineOf(const ssa::Function& function, const ssa::Inst& inst);

}  // namespace gdlint::checks::resources
