// Positions inside one source file.

#pragma once

#include <compare>
#include <cstdint>

namespace gdlint::source {

// A place in one file: its byte offset plus one, so that 0 is "no position".
// A Pos alone does not say which file; a tree, a token buffer or a FileId
// beside it does. Because it is local to the file, the same bytes give the same
// tree in whatever order and on whatever thread files are read.
struct Pos {
  uint32_t raw = 0;

  static constexpr Pos At(uint32_t offset) { return {offset + 1}; }
  constexpr bool is_valid() const { return raw != 0; }
  // The byte offset from the start of the file, from 0. The Pos must be valid.
  constexpr uint32_t offset() const { return raw - 1; }
  // The place `bytes` further on in the same file.
  constexpr Pos operator+(uint32_t bytes) const { return {raw + bytes}; }
  friend constexpr auto operator<=>(Pos, Pos) = default;
};

// The bytes from `begin` up to, not including, `end`.
struct Span {
  Pos begin;
  Pos end;
  friend constexpr auto operator<=>(Span, Span) = default;
};

}  // namespace gdlint::source
