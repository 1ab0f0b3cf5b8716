#include "report/unified_diff.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace gdlint::report {
namespace {

using Lines = std::vector<std::string_view>;

constexpr size_t kContext = 3;

// Each with its line end, which the last may lack.
Lines LinesOf(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// Lines [begin, end) of the old text become `lines`.
struct Change {
  size_t begin = 0;
  size_t end = 0;
  std::string text;
  Lines lines;
};

// Where each line begins, and where the text ends.
std::vector<size_t> StartsOf(const Lines& lines) {
  std::vector<size_t> starts = {0};
  for (const std::string_view line : lines) {
    starts.push_back(starts.back() + line.size());
  }
  return starts;
}

// The line that has the byte; behind the last byte, that behind the last line.
size_t LineAt(const std::vector<size_t>& starts, size_t offset) {
  const auto above = std::ranges::upper_bound(starts, offset);
  return static_cast<size_t>(above - starts.begin()) - 1;
}

// Drops the lines at both ends that stay as they are.
void Trim(const Lines& old, Change& change) {
  while (change.begin < change.end && !change.lines.empty() &&
         old[change.begin] == change.lines.front()) {
    ++change.begin;
    change.lines.erase(change.lines.begin());
  }
  while (change.begin < change.end && !change.lines.empty() &&
         old[change.end - 1] == change.lines.back()) {
    --change.end;
    change.lines.pop_back();
  }
}

std::vector<Change> ChangesOf(std::string_view text, const Lines& old,
                              std::span<const Edit> edits) {
  const std::vector<size_t> starts = StartsOf(old);
  std::vector<Change> changes;
  for (size_t i = 0; i < edits.size();) {
    // Edits of the same lines are one change.
    Change change;
    change.begin = std::min(LineAt(starts, edits[i].begin), old.size());
    change.end = change.begin;
    size_t at = starts[change.begin];
    for (; i < edits.size() &&
           (edits[i].begin < starts[change.end] || change.end == change.begin);
         ++i) {
      change.text += text.substr(at, edits[i].begin - at);
      change.text += edits[i].text;
      at = edits[i].end;
      change.end =
          std::max(change.end, std::min(LineAt(starts, at) + 1, old.size()));
      if (change.end == change.begin) {
        // Behind the last line.
        change.text += text.substr(at);
        at = text.size();
      }
    }
    if (at < starts[change.end]) {
      change.text += text.substr(at, starts[change.end] - at);
    }
    changes.push_back(std::move(change));
  }
  for (Change& change : changes) {
    change.lines = LinesOf(change.text);
    Trim(old, change);
  }
  std::erase_if(changes, [](const Change& change) {
    return change.begin == change.end && change.lines.empty();
  });
  return changes;
}

void AppendLine(char sign, std::string_view line, std::string& out) {
  out += sign;
  out += line;
  if (!line.ends_with('\n')) {
    out += "\n\\ No newline at end of file\n";
  }
}

// "12,7": the first line and how many, as diff has it.
std::string RangeText(size_t begin, size_t count) {
  const size_t first = count == 0 ? begin : begin + 1;
  return count == 1 ? fmt::format("{}", first)
                    : fmt::format("{},{}", first, count);
}

// The changes of one hunk; `shift` is by how many lines those before made the
// text longer.
void AppendHunk(const Lines& old, std::span<const Change> changes,
                std::ptrdiff_t shift, std::string& out) {
  const size_t begin =
      changes.front().begin - std::min(changes.front().begin, kContext);
  const size_t end = std::min(changes.back().end + kContext, old.size());
  size_t new_count = end - begin;
  std::string body;
  size_t at = begin;
  const auto context = [&](size_t until) {
    for (; at < until; ++at) {
      AppendLine(' ', old[at], body);
    }
  };
  for (const Change& change : changes) {
    context(change.begin);
    for (; at < change.end; ++at) {
      AppendLine('-', old[at], body);
    }
    for (const std::string_view line : change.lines) {
      AppendLine('+', line, body);
    }
    new_count += change.lines.size();
    new_count -= change.end - change.begin;
  }
  context(end);
  out += fmt::format(
      "@@ -{} +{} @@\n", RangeText(begin, end - begin),
      RangeText(static_cast<size_t>(static_cast<std::ptrdiff_t>(begin) + shift),
                new_count));
  out += body;
}

}  // namespace

std::string Apply(std::string_view text, std::span<const Edit> edits) {
  std::string made;
  size_t at = 0;
  for (const Edit& edit : edits) {
    made += text.substr(at, edit.begin - at);
    made += edit.text;
    at = edit.end;
  }
  return made += text.substr(at);
}

void AppendUnifiedDiff(std::string_view name, std::string_view text,
                       std::span<const Edit> edits, std::string& out) {
  const Lines old = LinesOf(text);
  const std::vector<Change> changes = ChangesOf(text, old, edits);
  if (changes.empty()) {
    return;
  }
  const bool is_absolute = name.starts_with('/');
  out += fmt::format("--- {}{}\n+++ {}{}\n", is_absolute ? "" : "a/", name,
                     is_absolute ? "" : "b/", name);
  std::ptrdiff_t shift = 0;
  for (size_t first = 0; first < changes.size();) {
    size_t last = first + 1;
    while (last < changes.size() &&
           changes[last].begin - changes[last - 1].end <= 2 * kContext) {
      ++last;
    }
    const auto hunk = std::span(changes).subspan(first, last - first);
    AppendHunk(old, hunk, shift, out);
    for (const Change& change : hunk) {
      shift += std::ssize(change.lines) -
               static_cast<std::ptrdiff_t>(change.end - change.begin);
    }
    first = last;
  }
}

}  // namespace gdlint::report
