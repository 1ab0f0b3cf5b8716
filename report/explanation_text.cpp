#include <algorithm>
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "report/escape.h"
#include "report/explanation.h"
#include "report/function_page.h"
#include "report/text.h"

namespace gdlint::report {
namespace {

constexpr std::string_view kIndent = "    ";

std::string Code(std::string_view text) {
  return "`" + EscapeForTerminal(text) + "`";
}

std::vector<std::string> Escaped(const std::vector<std::string>& texts) {
  std::vector<std::string> escaped;
  for (const std::string& text : texts) {
    escaped.push_back(EscapeForTerminal(text));
  }
  return escaped;
}

// "a", "a, b", "a, b and c".
std::string Listed(const std::vector<std::string>& texts,
                   std::string_view last = "and") {
  std::string list;
  for (size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) {
      list += i + 1 == texts.size() ? fmt::format(" {} ", last) : ", ";
    }
    list += texts[i];
  }
  return list;
}

std::string Codes(const std::vector<std::string>& names) {
  std::vector<std::string> codes;
  for (const std::string& name : names) {
    codes.push_back(Code(name));
  }
  return Listed(codes);
}

std::string Numbered(uint32_t call) { return fmt::format("[{}]", call); }

// "[2], [1]", "[3] and [2] once or more, [1]".
std::string StackText(const Stack& stack) {
  std::vector<std::string> parts;
  for (const StackGroup& group : stack) {
    std::vector<std::string> calls;
    for (const uint32_t call : group.calls) {
      calls.push_back(Numbered(call));
    }
    parts.push_back(Listed(calls) + (group.repeats ? " once or more" : ""));
  }
  return parts.empty() ? "no deferred call"
                       : fmt::format("{}", fmt::join(parts, ", "));
}

// More possibilities than this get lines of their own.
constexpr size_t kInOneLine = 3;

std::vector<std::string> StackTexts(const PossibleStacks& stacks) {
  std::vector<std::string> texts;
  for (const Stack& stack : stacks.stacks) {
    texts.push_back(StackText(stack));
  }
  if (!texts.empty()) {
    return texts;
  }
  for (const PossibleCall& call : stacks.calls) {
    texts.push_back(Numbered(call.call) + (call.is_certain ? "" : " perhaps") +
                    (call.repeats ? " several times" : ""));
  }
  return {fmt::format("of these, in this order: {}", fmt::join(texts, ", "))};
}

std::string StoreText(const ResultStore& store) {
  std::string text = Code(store.text);
  if (store.is_part) {
    text = "a part of it by " + text;
  } else if (store.is_perhaps) {
    text = "perhaps by " + text;
  }
  text += fmt::format(" at {}{}",
                      store.place.file.empty()
                          ? "line "
                          : EscapeForTerminal(store.place.file) + ":",
                      store.place.begin.line);
  return store.by == 0 ? text : text + ", in " + Numbered(store.by);
}

// What the return statement says, and nothing changes.
bool IsPlain(const Exit& exit, const ResultSeen& result) {
  return exit.kind == ExitKind::kReturn && result.stores.size() == 1 &&
         !result.may_be_zero && result.is_known && result.stores[0].by == 0 &&
         result.stores[0].place.file.empty() &&
         result.stores[0].place.begin.line == exit.places[0].begin.line;
}

std::string StateText(const ResourceState& state) {
  std::string text = state.words;
  if (state.by != 0) {
    return text + " by " + Numbered(state.by);
  }
  if (state.is_deferred) {
    return text + " by a deferred call";
  }
  if (state.place.begin.line == 0) {
    return text;
  }
  const bool is_lasting = state.holding == Holding::kLocked ||
                          state.holding == Holding::kReadLocked;
  text += fmt::format(" {} line {}", is_lasting ? "since" : "at",
                      state.place.begin.line);
  return state.holding == Holding::kHandedOver && !state.text.empty()
             ? text + ", " + Code(state.text)
             : text;
}

// Without their indent.
std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    line.remove_prefix(std::min(line.size(), kIndent.size()));
    lines.emplace_back(line);
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return lines;
}

class Printer {
 public:
  Printer(const Explanation& explanation, bool colour, std::string& out)
      : explanation_(explanation), colour_(colour), out_(out) {}

  void Print() {
    Line("", LocationText(explanation_.file, explanation_.place, colour_) +
                 ": " + EscapeForTerminal(explanation_.name) + ": " +
                 Listed(explanation_.ends));
    AppendExcerpt(explanation_.place, "", colour_, out_);
    PrintDeferred();
    PrintRecovers();
    PrintResources();
    Line("", "");
    Line("", "ways out:");
    for (const Exit& exit : explanation_.exits) {
      PrintExit(exit);
    }
    PrintNilUses();
  }

  static std::string Title(const Exit& exit) {
    return std::string(KindText(exit));
  }
  void PrintDetails(const Exit& exit) {
    if (exit.kind == ExitKind::kPossiblePanics) {
      PrintReasons(exit.places);
    }
    PrintRun(exit);
    PrintStates(exit);
    for (const ResultSeen& result : exit.results) {
      if (!IsPlain(exit, result)) {
        PrintResult(result);
      }
    }
  }
  void PrintDetails(const DeferredCall& call) {
    for (const KeptValue& value : call.values) {
      if (value.is_address) {
        Line(kIndent, "keeps the address of " + Code(value.text));
      } else if (!value.origins.empty()) {
        Line(kIndent, "keeps " + Code(value.text) + ": " +
                          Listed(Escaped(value.origins), "or"));
      }
    }
    if (!call.reads.empty()) {
      Line(kIndent, "reads " + Codes(call.reads) + " when it runs");
    }
    if (!call.writes.empty()) {
      Line(kIndent, "assigns " + Codes(call.writes));
    }
    if (call.stops != Stops::kNever) {
      Line(kIndent, call.stops == Stops::kAlways ? "stops every panic"
                                                 : "may stop a panic");
    }
    if (!call.panics.empty()) {
      Line(kIndent, "may panic itself: " + Listed(Escaped(call.panics)));
    }
  }

 private:
  void Line(std::string_view indent, std::string_view text) {
    out_ += indent;
    out_ += text;
    out_ += '\n';
  }

  void PlaceLine(std::string_view before, const Place& place,
                 std::string_view text) {
    std::string line(before);
    line += LocationText(explanation_.file, place, colour_);
    if (!text.empty()) {
      line += ": ";
      line += text;
    }
    Line("  ", line);
    AppendExcerpt(place, kIndent, colour_, out_);
  }

  void PrintDeferred() {
    Line("", "");
    if (explanation_.deferred.empty()) {
      Line("", "deferred calls: none");
      return;
    }
    Line("", "deferred calls:");
    for (uint32_t i = 0; i < explanation_.deferred.size(); ++i) {
      PrintDeferred(i + 1, explanation_.deferred[i]);
    }
    if (explanation_.is_cut) {
      Line("  ", "and more, which are not told apart");
    }
  }

  void PrintDeferred(uint32_t number, const DeferredCall& call) {
    PlaceLine(Numbered(number) + " ", call.place, "");
    PrintDetails(call);
  }

  void PrintRecovers() {
    if (explanation_.recovers.empty()) {
      return;
    }
    Line("", "");
    Line("", "calls of recover:");
    for (const RecoverCall& call : explanation_.recovers) {
      PlaceLine("", call.place, EscapeForTerminal(call.place.message));
    }
  }

  void PrintResources() {
    if (explanation_.resources.empty()) {
      return;
    }
    Line("", "");
    Line("", "acquired or locked:");
    for (const Resource& resource : explanation_.resources) {
      PlaceLine("", resource.place,
                fmt::format("{} ({})", EscapeForTerminal(resource.name),
                            resource.kind));
      if (!resource.is_known) {
        Line(kIndent, "what becomes of it is not known: too many paths");
      } else if (resource.is_left_in_loop) {
        Line(kIndent, resource.kind == "lock"
                          ? "may still be locked when the loop goes on"
                          : "the last one may still be open when the loop "
                            "comes back here");
      }
    }
  }

  // One line a resource.
  void PrintStates(const Exit& exit) {
    for (uint32_t i = 1; i <= explanation_.resources.size(); ++i) {
      std::vector<std::string> texts;
      for (const ResourceState& state : exit.resources) {
        if (state.resource == i) {
          texts.push_back(StateText(state));
        }
      }
      if (!texts.empty()) {
        Line(kIndent,
             fmt::format("{} is {}",
                         EscapeForTerminal(ResourceName(explanation_, i)),
                         Listed(texts, "or")));
      }
    }
  }

  void PrintNilUses() {
    if (explanation_.nil_uses.empty()) {
      return;
    }
    std::vector<uint32_t> lines;
    for (const Place& place : explanation_.nil_uses) {
      if (lines.empty() || lines.back() != place.begin.line) {
        lines.push_back(place.begin.line);
      }
    }
    Line("", "");
    Line("", fmt::format(
                 "left out: that a pointer, an interface or a function is nil "
                 "that is used at line{} {}",
                 lines.size() == 1 ? "" : "s", LineRanges(lines)));
  }

  static std::string_view KindText(const Exit& exit) {
    switch (exit.kind) {
      case ExitKind::kReturn:
        return "it returns";
      case ExitKind::kPanic:
        return exit.is_perhaps ? "it may panic" : "it panics";
      case ExitKind::kPossiblePanics:
        return "a panic that cannot be excluded";
      case ExitKind::kRecovered:
        return "it returns after a panic that was stopped";
      case ExitKind::kGoexit:
        return exit.is_perhaps ? "the goroutine may end" : "the goroutine ends";
      case ExitKind::kProcessEnd:
        return exit.is_perhaps ? "the process may end" : "the process ends";
      case ExitKind::kEndless:
        return exit.is_perhaps ? "it may never come back from here"
                               : "it never gets any further";
    }
    return "";
  }

  void PrintExit(const Exit& exit) {
    if (exit.kind == ExitKind::kPossiblePanics) {
      Line("  ", std::string(KindText(exit)) + ":");
    } else if (exit.places.empty()) {
      Line("  ", KindText(exit));
    } else {
      const Place& place = exit.places.front();
      std::string text(KindText(exit));
      if (!place.message.empty()) {
        text += ": " + EscapeForTerminal(place.message);
      }
      PlaceLine("", place, text);
    }
    PrintDetails(exit);
  }

  // One line a reason, with the lines of all places.
  void PrintReasons(const std::vector<Place>& places) {
    std::vector<std::string_view> reasons;
    std::map<std::string_view, std::vector<uint32_t>> lines;
    for (const Place& place : places) {
      if (!lines.contains(place.message)) {
        reasons.push_back(place.message);
      }
      std::vector<uint32_t>& at = lines[place.message];
      if (at.empty() || at.back() != place.begin.line) {
        at.push_back(place.begin.line);
      }
    }
    for (const std::string_view reason : reasons) {
      const std::vector<uint32_t>& at = lines[reason];
      Line(kIndent,
           fmt::format("line{} {}: {}", at.size() == 1 ? "" : "s",
                       fmt::join(at, ", "), EscapeForTerminal(reason)));
    }
  }

  void PrintRun(const Exit& exit) {
    if (explanation_.deferred.empty()) {
      return;
    }
    if (exit.kind == ExitKind::kRecovered) {
      return;
    }
    const std::vector<std::string> stacks = StackTexts(exit.stacks);
    if (!exit.runs_deferred()) {
      if (stacks.size() == 1 && stacks[0] == StackText({})) {
        Line(kIndent, "nothing is deferred yet");
      } else {
        PrintStacks("does not run", stacks);
      }
      return;
    }
    PrintStacks("runs", stacks);
    if (exit.kind != ExitKind::kPanic &&
        exit.kind != ExitKind::kPossiblePanics) {
      return;
    }
    std::vector<std::string> by;
    for (const uint32_t call : exit.stopped_by) {
      by.push_back(Numbered(call));
    }
    switch (exit.stops) {
      case Stops::kNever:
        Line(kIndent, "nothing stops it: it goes on in the caller");
        break;
      case Stops::kPerhaps:
        Line(kIndent, Listed(by, "or") + " may stop it");
        break;
      case Stops::kAlways:
        Line(kIndent, Listed(by, "or") + " stops it");
        break;
    }
  }

  void PrintStacks(std::string_view verb,
                   const std::vector<std::string>& stacks) {
    if (stacks.size() <= kInOneLine) {
      Line(kIndent, fmt::format("{} {}", verb, fmt::join(stacks, "; or ")));
      return;
    }
    Line(kIndent, fmt::format("{} one of:", verb));
    for (const std::string& stack : stacks) {
      Line("      ", stack);
    }
  }

  void PrintResult(const ResultSeen& result) {
    std::vector<std::string> values;
    for (const ResultStore& store : result.stores) {
      values.push_back(StoreText(store));
    }
    if (result.may_be_zero) {
      values.emplace_back("its zero value");
    }
    if (!result.is_known) {
      values.emplace_back("what others make of it who have its address");
    }
    if (values.empty()) {
      return;
    }
    const std::string head =
        "the caller sees " + Code(result.name) + " set by ";
    if (values.size() == 1) {
      Line(kIndent,
           values[0] == "its zero value"
               ? "the caller sees " + Code(result.name) + " as " + values[0]
               : head + values[0]);
      return;
    }
    Line(kIndent, "the caller sees " + Code(result.name) + " as one of:");
    for (const std::string& value : values) {
      Line("      ", value);
    }
  }

  const Explanation& explanation_;
  const bool colour_;
  std::string& out_;
};

}  // namespace

std::string ResourceName(const Explanation& explanation, uint32_t number) {
  const Resource& resource = explanation.resources[number - 1];
  const bool is_shared =
      std::ranges::any_of(explanation.resources, [&](const Resource& other) {
        return &other != &resource && other.name == resource.name;
      });
  return is_shared ? fmt::format("{} of line {}", resource.name,
                                 resource.place.begin.line)
                   : resource.name;
}

std::string LineRanges(std::span<const uint32_t> lines) {
  std::string text;
  for (size_t i = 0; i < lines.size();) {
    size_t end = i + 1;
    while (end < lines.size() && lines[end] == lines[end - 1] + 1) {
      ++end;
    }
    text += text.empty() ? "" : ", ";
    text += end - i < 3 ? fmt::format("{}", lines[i])
                        : fmt::format("{}–{}", lines[i], lines[end - 1]);
    i = end - i < 3 ? i + 1 : end;
  }
  return text;
}

const char* HoldingName(Holding holding) {
  switch (holding) {
    case Holding::kOpen:
      return "open";
    case Holding::kReleased:
      return "released";
    case Holding::kHandedOver:
      return "handed-over";
    case Holding::kReturned:
      return "returned";
    case Holding::kLocked:
      return "locked";
    case Holding::kReadLocked:
      return "read-locked";
    case Holding::kUnlocked:
      return "unlocked";
  }
  return "";
}

const char* ExitKindName(ExitKind kind) {
  switch (kind) {
    case ExitKind::kReturn:
      return "return";
    case ExitKind::kPanic:
      return "panic";
    case ExitKind::kPossiblePanics:
      return "possible-panics";
    case ExitKind::kRecovered:
      return "recovered";
    case ExitKind::kGoexit:
      return "goexit";
    case ExitKind::kProcessEnd:
      return "process-end";
    case ExitKind::kEndless:
      return "endless";
  }
  return "";
}

std::string ExitTitle(const Exit& exit) { return Printer::Title(exit); }

std::vector<std::string> ExitDetails(const Explanation& explanation,
                                     const Exit& exit) {
  std::string text;
  Printer(explanation, /*colour=*/false, text).PrintDetails(exit);
  return LinesOf(text);
}

std::vector<std::string> DeferredDetails(const Explanation& explanation,
                                         const DeferredCall& call) {
  std::string text;
  Printer(explanation, /*colour=*/false, text).PrintDetails(call);
  return LinesOf(text);
}

void AppendText(const Explanation& explanation, bool colour, std::string& out) {
  Printer(explanation, colour, out).Print();
}

}  // namespace gdlint::report
