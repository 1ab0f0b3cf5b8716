// Traces: the frames of a goroutine for crashes and for package runtime.

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "interp/execution.h"
#include "interp/library.h"

namespace gdlint::interp {
namespace {

// gc's own functions are left out of traces, but for those that a program can
// name and for `panic`.
bool IsHidden(std::string_view name) {
  constexpr std::string_view kPrefix = "runtime.";
  if (!name.starts_with(kPrefix)) {
    return false;
  }
  const char first = name.size() > kPrefix.size() ? name[kPrefix.size()] : '_';
  return first < 'A' || first > 'Z';
}

}  // namespace

std::vector<TraceFrame> Machine::Trace(const Goroutine& goroutine,
                                       size_t limit) const {
  const auto stands_for = [this](RuntimeCall call) {
    return state_->runtime_calls[static_cast<size_t>(call)];
  };
  std::vector<TraceFrame> frames;
  const auto add = [&](const Callable* callable, source::Pos pos) {
    if (callable != nullptr && frames.size() < limit) {
      frames.push_back({callable, pos});
    }
  };
  for (Frame* frame = goroutine.top; frame != nullptr && frames.size() < limit;
       frame = frame->caller) {
    const Code& code = *frame->code;
    // gc makes the value that panic(nil) panics with in `panic` itself.
    if (!code.is_wrapper &&
        code.callable != stands_for(RuntimeCall::kPanicNil)) {
      const CodeInst* const at =
          frame->pc > code.insts.data() && (frame->flags & kRunsDefers) == 0
              ? frame->pc - 1
              : frame->pc;
      add(code.callable, code.PosOf(at));
    }
    if ((frame->flags & kPanicCall) != 0) {
      add(stands_for(frame->panic->is_goexit ? RuntimeCall::kGoexit
                                             : RuntimeCall::kGoPanic),
          source::Pos());
    }
  }
  if (&goroutine == state_->main) {
    add(stands_for(RuntimeCall::kMain), source::Pos());
  }
  add(stands_for(RuntimeCall::kGoexitFrame), source::Pos());
  return frames;
}

std::string Machine::TraceText(const Goroutine& goroutine,
                               std::string_view state) const {
  // As many as gc prints.
  constexpr size_t kMaxFrames = 100;
  std::string out = fmt::format("goroutine {} [{}]:\n", goroutine.id, state);
  std::vector<TraceFrame> frames = Trace(goroutine);
  const Callable* const panic =
      state_->runtime_calls[static_cast<size_t>(RuntimeCall::kGoPanic)];
  // gc leaves out what prints it.
  if (!frames.empty() && frames[0].callable->name == "runtime.Stack") {
    frames.erase(frames.begin());
  }
  std::erase_if(frames, [&](const TraceFrame& frame) {
    return frame.callable != panic && IsHidden(frame.callable->name);
  });
  for (size_t i = 0; i != frames.size(); ++i) {
    if (frames.size() > kMaxFrames && i == kMaxFrames / 2) {
      const size_t left_out = frames.size() - kMaxFrames;
      out += fmt::format("...{} frames elided...\n", left_out);
      i += left_out;
    }
    const TraceFrame& frame = frames[i];
    const types::Signature* const signature = frame.callable->signature;
    const bool has_args = signature != nullptr &&
                          signature->params != nullptr &&
                          !signature->params->params.empty();
    // gc has the distance from the function's first instruction.
    out += fmt::format(
        "{}({})\n\t{} +0x{:x}\n",
        frame.callable == panic ? "panic"
                                : std::string_view(frame.callable->name),
        has_args ? "..." : "", FullPlaceText(*frame.callable, frame.pos),
        frame.pos.is_valid() ? frame.pos.offset() : 1);
  }
  if (goroutine.creator.callable != nullptr) {
    out += fmt::format(
        "created by {} in goroutine {}\n\t{}\n",
        goroutine.creator.callable->name, goroutine.creator_id,
        FullPlaceText(*goroutine.creator.callable, goroutine.creator.pos));
  }
  return out;
}

// The files of the standard library are in `…/src/IMPORT/PATH`.
bool IsOfStandardLibrary(const Callable& callable) {
  if (callable.function == nullptr || callable.function->unit() == nullptr) {
    const types::Func* const func = callable.key.func;
    return func != nullptr && func->package != nullptr &&
           func->package->path != "main";
  }
  const types::File& file = *callable.function->unit()->file;
  std::string_view directory = file.source->name();
  directory = directory.substr(0, directory.rfind('/'));
  return directory.ends_with("/src/" + file.package->path);
}

std::string Machine::PlaceText(const Callable& callable, source::Pos pos,
                               uint32_t* line) {
  const ssa::Function* const function = callable.function;
  const types::Func* const func = callable.key.func;
  const types::File* file = nullptr;
  if (function != nullptr && function->unit() != nullptr) {
    file = function->unit()->file;
  } else if (func != nullptr) {
    file = func->place.file;
  }
  // Without a place: the function's own.
  if (!pos.is_valid() && func != nullptr && file == func->place.file) {
    pos = func->place.pos;
  } else if (!pos.is_valid() && function != nullptr) {
    pos = function->pos();
  }
  if (file == nullptr || !pos.is_valid()) {
    if (line != nullptr) {
      *line = 0;
    }
    return "<autogenerated>:1";
  }
  const uint32_t found = file->Lines().Find(pos).line;
  if (line != nullptr) {
    *line = found;
  }
  return fmt::format("{}:{}", file->source->name(), found);
}

std::string Machine::FullPlaceText(const Callable& callable, source::Pos pos,
                                   uint32_t* line) {
  std::string text = PlaceText(callable, pos, line);
  if (!text.starts_with('/') && !text.starts_with('<')) {
    std::error_code error;
    text = std::filesystem::absolute(text, error).lexically_normal().string();
  }
  return text;
}

}  // namespace gdlint::interp
