#include "support/ids.h"

#include <doctest/doctest.h>

#include <string>
#include <type_traits>
#include <utility>

namespace gdlint {
namespace {

using NameId = Id<struct NameTag>;
using OtherId = Id<struct OtherTag>;

// A handle must not index another table, nor an integer any.
template <typename IdT>
concept IndexesNames =
    requires(IdVector<NameId, std::string>& names, IdT id) { names[id]; };
static_assert(IndexesNames<NameId>);
static_assert(!IndexesNames<OtherId>);
static_assert(!IndexesNames<uint32_t>);
static_assert(sizeof(NameId) == 4);

TEST_CASE("a fresh handle names nothing") {
  CHECK_FALSE(NameId().has_value());
  CHECK(NameId{0}.has_value());
}

TEST_CASE("Add numbers from 0 in order, and handles outlive reallocation") {
  IdVector<NameId, std::string> names;
  const NameId first = names.Add("first");
  for (int i = 1; i < 1000; ++i) {
    CHECK(names.Add(std::to_string(i)).index == static_cast<uint32_t>(i));
  }
  CHECK(names.size() == 1000);
  CHECK(names[first] == "first");
  CHECK(std::as_const(names)[NameId{999}] == "999");
  names[first] = "changed";
  CHECK(*names.begin() == "changed");
}

TEST_CASE("handles order by index") {
  CHECK(NameId{1} < NameId{2});
  CHECK(NameId{3} == NameId{3});
}

}  // namespace
}  // namespace gdlint
