// Channels: objects of the heap, their buffer behind them. A Go variable of
// channel type holds the address.

#pragma once

#include <cstdint>

#include "interp/run_type.h"

namespace gdlint::interp {

class Machine;
struct Goroutine;
struct Waiter;

struct Channel {
  // Of what it carries.
  const RunType* elem = nullptr;
  int64_t capacity = 0;
  // Those in the buffer, from `first` on and around.
  int64_t size = 0;
  int64_t first = 0;
  bool is_closed = false;
  Waiter* first_receiver = nullptr;
  Waiter* last_receiver = nullptr;
  Waiter* first_sender = nullptr;
  Waiter* last_sender = nullptr;

  uint8_t* buffer() { return reinterpret_cast<uint8_t*>(this + 1); }
  uint8_t* at(int64_t index) {
    return buffer() + (first + index) % capacity * elem->size;
  }
};

// What an attempt came to.
enum class ChannelResult : uint8_t {
  kDone,
  kMustWait,
  // The channel is closed: for a send gc's panic, for a receive the zero value.
  kClosed,
};

// `capacity` has been checked.
Channel* NewChannel(Machine& machine, const RunType* elem, int64_t capacity);

// Without waiting. `channel` is not null. `memory` is what is sent, or where to
// put what is received (null: nowhere).
ChannelResult TrySend(Machine& machine, Channel* channel, const void* memory);
ChannelResult TryReceive(Machine& machine, Channel* channel, void* memory);
// False if it was closed already.
bool CloseChannel(Machine& machine, Channel* channel);

// Puts a waiter of the goroutine, which is in its final place, into the
// channel's queue.
void Enqueue(Waiter& waiter);
// Takes all waiters of a goroutine out of their queues.
void DequeueAll(Goroutine& goroutine);

}  // namespace gdlint::interp
