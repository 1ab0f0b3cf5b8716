// Types, a heap and values for tests of the run time.

#pragma once

#include <cstring>
#include <string_view>
#include <type_traits>

#include "interp/heap.h"
#include "interp/run_type.h"
#include "tests/unit/types/type_maker.h"

namespace gdlint::interp {

struct InterpMaker : types::TypeMaker {
  Heap heap{HeapOptions{.limit = int64_t{256} << 20}};
  RunTypes run_types{table};

  const RunType* Of(const types::Type* type) { return run_types.Of(type); }
  const RunType* Of(types::BasicKind kind) { return run_types.Of(kind); }
  const RunType* MapType(const types::Type* key, const types::Type* elem) {
    return Of(context.MapOf(key, elem));
  }
  const types::Type* any() { return table.universe().any_type(); }

  // An interface that holds a copy of `value`, a pointer directly.
  template <typename T>
  InterfaceValue Interface(const RunType* type, T value) {
    InterfaceValue held{.type = type, .data = nullptr};
    if constexpr (std::is_pointer_v<T>) {
      held.data = value;
    } else {
      held.data = heap.Allocate(type);
      std::memcpy(held.data, &value, sizeof(value));
    }
    return held;
  }
  StringValue Text(std::string_view text) { return heap.NewString(text); }
};

}  // namespace gdlint::interp
