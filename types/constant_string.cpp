// Strings, which are joined only when someone asks for their bytes.

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "types/constant.h"
#include "types/constant_access.h"

namespace gdlint::types::constant {
namespace {

// Up to this length the bytes are copied at once; a node takes as much.
constexpr size_t kShort = 64;

// Writes the bytes of `root` to `out`, which has room for them. What occurs in
// it many times, as in doublings, is walked through once.
void Join(const Concatenation& root, char* out) {
  std::unordered_map<const Concatenation*, size_t> begins;
  std::vector<Value> rest = {root.right, root.left};
  size_t at = 0;
  const auto append = [&](const char* bytes, size_t size) {
    std::copy_n(bytes, size, out + at);
    at += size;
  };
  while (!rest.empty()) {
    const Value x = rest.back();
    rest.pop_back();
    if (FormOf(x) == Form::kString) {
      const auto& text = ValueAccess::Big<std::string_view>(x);
      append(text.data(), text.size());
      continue;
    }
    const auto& node = ValueAccess::Big<Concatenation>(x);
    if (const char* const bytes = node.joined.load(std::memory_order_acquire)) {
      append(bytes, node.size);
      continue;
    }
    const auto [found, is_new] = begins.try_emplace(&node, at);
    if (is_new) {
      rest.push_back(node.right);
      rest.push_back(node.left);
    } else {
      // It is no part of itself, so it is written by now.
      append(out + found->second, node.size);
    }
  }
}

// Nothing if the bytes have to be joined first.
std::optional<std::string_view> BytesAtHand(Value x) {
  if (FormOf(x) == Form::kString) {
    return ValueAccess::Big<std::string_view>(x);
  }
  if (FormOf(x) != Form::kConcatenation) {
    return std::string_view();
  }
  const auto& node = ValueAccess::Big<Concatenation>(x);
  const char* const bytes = node.joined.load(std::memory_order_acquire);
  if (bytes == nullptr) {
    return std::nullopt;
  }
  return std::string_view(bytes, node.size);
}

}  // namespace

Value MakeString(Arena& arena, std::string_view text) {
  if (text.size() > kMaxConstantString) {
    return {};
  }
  return ValueAccess::Make(Form::kString,
                           arena.New<std::string_view>(arena.Copy(text)));
}

size_t StringSize(Value x) {
  switch (FormOf(x)) {
    case Form::kString:
      return ValueAccess::Big<std::string_view>(x).size();
    case Form::kConcatenation:
      return ValueAccess::Big<Concatenation>(x).size;
    default:
      return 0;
  }
}

std::string_view StringValue(Arena& arena, Value x) {
  if (const auto bytes = BytesAtHand(x)) {
    return *bytes;
  }
  const auto& node = ValueAccess::Big<Concatenation>(x);
  char* const bytes = static_cast<char*>(arena.Allocate(node.size, 1));
  Join(node, bytes);
  if (arena.Owns(&node)) {
    node.joined.store(bytes, std::memory_order_release);
  }
  return {bytes, node.size};
}

Value Concatenate(Arena& arena, Value left, Value right) {
  const size_t size = StringSize(left) + StringSize(right);
  if (size > kMaxConstantString) {
    return {};
  }
  if (StringSize(left) == 0) {
    return right;
  }
  if (StringSize(right) == 0) {
    return left;
  }
  if (size <= kShort) {
    char bytes[kShort];
    StringValue(arena, left).copy(bytes, kShort);
    StringValue(arena, right).copy(bytes + StringSize(left), kShort);
    return MakeString(arena, {bytes, size});
  }
  return ValueAccess::Make(
      Form::kConcatenation,
      arena.New<Concatenation>(left, right, size, nullptr));
}

std::string Prefix(Value x, size_t limit) {
  if (const auto bytes = BytesAtHand(x)) {
    return std::string(bytes->substr(0, limit));
  }
  if (limit >= StringSize(x)) {
    std::string bytes(StringSize(x), '\0');
    Join(ValueAccess::Big<Concatenation>(x), bytes.data());
    return bytes;
  }
  std::string out;
  std::vector<Value> rest = {x};
  while (!rest.empty() && out.size() < limit) {
    const Value next = rest.back();
    rest.pop_back();
    if (const auto bytes = BytesAtHand(next)) {
      out += bytes->substr(0, limit - out.size());
    } else {
      rest.push_back(ValueAccess::Big<Concatenation>(next).right);
      rest.push_back(ValueAccess::Big<Concatenation>(next).left);
    }
  }
  return out;
}

}  // namespace gdlint::types::constant
