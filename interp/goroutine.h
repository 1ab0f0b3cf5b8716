// Goroutines, their stacks of frames, deferred calls and panics. Internal to
// the machine.

#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "interp/closure.h"
#include "interp/code.h"
#include "interp/machine.h"

namespace gdlint::interp {

struct Channel;
struct Map;

// Bits of Frame::flags. One that has any returns by way of the machine.
enum FrameFlags : uint32_t {
  // The goroutine ends when it returns.
  kGoroutineBase = 1 << 0,
  // Called by RunDefers.
  kDeferredCall = 1 << 1,
  // Called because of Frame::panic.
  kPanicCall = 1 << 2,
  // The first of its chunk of stack.
  kFirstInChunk = 1 << 3,
  // Called to print the value of a panic.
  kPrintCall = 1 << 4,
  // The initialisation of packages goes on when it returns.
  kStartCall = 1 << 5,
  // In RunDefers, where `pc` is: it comes back there.
  kRunsDefers = 1 << 6,
};

// An activation. Registers follow.
struct alignas(16) Frame {
  Frame* caller;
  const Code* code;
  // The next instruction, while another frame is on top.
  const CodeInst* pc;
  Closure* closure;
  // Where results go: registers of the caller, or memory that stays.
  uint8_t* results;
  // Last registered first.
  DeferRecord* defers;
  // With kPanicCall.
  PanicRecord* panic;
  // Of a native frame.
  Intrinsic then;
  uint32_t flags;
  uint32_t depth;
  // With kDeferredCall or kPanicCall, for events.
  uint64_t defer_id;

  uint8_t* registers() { return reinterpret_cast<uint8_t*>(this + 1); }
  uint8_t* end() { return registers() + code->frame_size; }
};

// A call that is to be made; `args_size` bytes of arguments follow.
struct DeferRecord {
  DeferRecord* next;
  // Null: calling it is a nil dereference.
  Closure* closure;
  uint64_t id;
  source::Pos pos;
  uint32_t args_size;
  uint32_t results_size;

  uint8_t* args() { return reinterpret_cast<uint8_t*>(this + 1); }
};

// A panic, or a Goexit, that has not been dealt with.
struct PanicRecord {
  // The one before, of the same goroutine.
  PanicRecord* previous = nullptr;
  InterfaceValue value;
  uint64_t id = 0;
  // Deferred calls of this frame and those below it are still to run.
  Frame* frame = nullptr;
  bool is_goexit = false;
  bool is_recovered = false;
  // The value of the one before, panicked with again after it was recovered.
  bool is_repanicked = false;
  // What a crash prints, and whether it is known.
  std::string text;
  bool has_text = false;
};

// A goroutine that waits for a channel, once for each case of a select.
struct Waiter {
  Goroutine* goroutine;
  Channel* channel;
  // What is sent, or where to put what is received (or null).
  uint8_t* memory;
  // Where to put whether a value came (or null), and the case of a select.
  bool* ok;
  int64_t* index;
  int64_t case_index;
  bool is_send;
  Waiter* previous;
  Waiter* next;
};

enum class GoroutineState : uint8_t { kReady, kRunning, kParked, kDone };

struct Goroutine {
  uint64_t id = 0;
  GoroutineState state = GoroutineState::kReady;
  bool is_system = false;
  Frame* top = nullptr;
  PanicRecord* panics = nullptr;
  WaitReason wait_reason = "";
  // Waiting for channels.
  std::vector<Waiter> waiters;
  // Raised when it goes on: it waited to send on a channel that was closed.
  const char* panic_on_wake = nullptr;
  // Who created it, for traces; nobody: no callable.
  TraceFrame creator = {};
  uint64_t creator_id = 0;
  // Crashing: values of panics are being made text.
  bool is_crashing = false;
  // The one whose text is being made, and what it gives: string and bool.
  PanicRecord* texting = nullptr;
  alignas(8) uint8_t text_result[24] = {};
  // It dereferenced nil: a crash says so.
  bool has_signal = false;
  uintptr_t signal_address = 0;
  // As debug.SetPanicOnFault has it.
  bool panics_on_fault = false;
  // It is in the middle of a write to this map, as others see it.
  Map* written_map = nullptr;
  // Where it stands in the machine's list.
  size_t list_index = 0;

  // Stack, the newest last. Frames never move.
  struct Chunk {
    std::unique_ptr<uint8_t[]> memory;
    size_t size = 0;
    uint8_t* begin() const { return memory.get(); }
    uint8_t* end() const { return memory.get() + size; }
  };
  std::vector<Chunk> chunks;
  // The number of chunks in use.
  size_t chunk_count = 0;
  uint8_t* limit = nullptr;
  size_t stack_size = 0;

  ~Goroutine();

  // Memory for a frame above `top` (null: none) with registers of `size` bytes.
  // Null if the stack would exceed `max`. `flags` gets kFirstInChunk if so.
  Frame* AllocateFrame(size_t size, size_t max, uint32_t& flags);
  // The chunk of a frame with kFirstInChunk is left.
  void LeaveChunk();
  // Leaves those above `top`.
  void TrimChunks();
};

// Results of up to this size go to a place that all share.
inline constexpr size_t kScratchSize = 4096;

}  // namespace gdlint::interp
