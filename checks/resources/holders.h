// Structs made in a function that hold what the function has acquired.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ssa/function.h"

namespace gdlint::checks::resources {

// `&Gate{log: &Log{f: f}}`: the struct with the resource in a field, and the
// outermost one that it is part of, mostly the same.
struct Holder {
  ssa::Value inner;
  ssa::Value outer;
  // The field of `inner` with a list that the resource is an element of:
  // `&Reader{all: []io.Closer{zr, f}}`.
  std::optional<uint32_t> list;
  // What is held is a function that releases it: `&Reader{close: f.Close}`. The
  // field of `inner` with that; with `list`, the elements of that are such.
  std::optional<uint32_t> function;
};

// The holder that a store to `addr` makes; nothing for other stores.
std::optional<Holder> HolderOf(const ssa::Function& function, ssa::Value addr);

// The same where what is stored is a function that releases it.
std::optional<Holder> FunctionHolderOf(const ssa::Function& function,
                                       ssa::Value addr);

// Where in its receiver a method puts something.
struct KeptPart {
  // The field with the list that it is made an element of.
  std::optional<uint32_t> list;
};

// What a store to `addr` keeps in the receiver of `function`, a method: `w.f =
// f`, `w.all = append(w.all, f)`; nothing for other stores.
std::optional<KeptPart> PartOfReceiver(const ssa::Function& function,
                                       ssa::Value addr);
// The holder that a struct made in `function` is once a method has kept it.
Holder HolderWith(const ssa::Function& function, ssa::Value whole,
                  const KeptPart& part);

// `function`, a method, calls something of elements of the list in field
// `field` of its receiver: these calls.
std::vector<ssa::InstId> CallsOnElements(const ssa::Function& function,
                                         uint32_t field);

// `function`, a method, calls the function in field `field` of its receiver,
// or elements of the list of functions there.
bool CallsFunctionIn(const ssa::Function& function, uint32_t field,
                     bool is_list);

}  // namespace gdlint::checks::resources
