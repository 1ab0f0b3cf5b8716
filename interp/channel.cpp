#include "interp/channel.h"

#include <cstring>
#include <new>

#include "interp/execution.h"

namespace gdlint::interp {
namespace {

void Unlink(Waiter& waiter) {
  Channel& channel = *waiter.channel;
  Waiter*& first =
      waiter.is_send ? channel.first_sender : channel.first_receiver;
  Waiter*& last = waiter.is_send ? channel.last_sender : channel.last_receiver;
  (waiter.previous != nullptr ? waiter.previous->next : first) = waiter.next;
  (waiter.next != nullptr ? waiter.next->previous : last) = waiter.previous;
}

// What it waited for has happened.
void Wake(Machine& machine, Waiter& waiter, bool ok) {
  Goroutine& goroutine = *waiter.goroutine;
  if (waiter.ok != nullptr) {
    *waiter.ok = ok;
  }
  if (waiter.index != nullptr) {
    *waiter.index = waiter.case_index;
  }
  DequeueAll(goroutine);
  machine.Ready(goroutine);
}

void Copy(void* to, const void* from, int64_t size) {
  if (to != nullptr && size != 0) {
    std::memcpy(to, from, static_cast<size_t>(size));
  }
}

}  // namespace

Channel* NewChannel(Machine& machine, const RunType* elem, int64_t capacity) {
  // Always scanned: waiters' and types' addresses are not in the heap and do no
  // harm.
  std::byte* const memory = machine.heap().Allocate(
      static_cast<int64_t>(sizeof(Channel)) + capacity * elem->size, true);
  Channel* const channel = new (memory) Channel();
  channel->elem = elem;
  channel->capacity = capacity;
  return channel;
}

ChannelResult TrySend(Machine& machine, Channel* channel, const void* memory) {
  if (channel->is_closed) {
    return ChannelResult::kClosed;
  }
  const int64_t size = channel->elem->size;
  if (Waiter* const receiver = channel->first_receiver; receiver != nullptr) {
    Copy(receiver->memory, memory, size);
    Wake(machine, *receiver, true);
    return ChannelResult::kDone;
  }
  if (channel->size < channel->capacity) {
    Copy(channel->at(channel->size), memory, size);
    ++channel->size;
    return ChannelResult::kDone;
  }
  return ChannelResult::kMustWait;
}

ChannelResult TryReceive(Machine& machine, Channel* channel, void* memory) {
  const int64_t size = channel->elem->size;
  if (channel->size > 0) {
    uint8_t* const from = channel->at(0);
    Copy(memory, from, size);
    std::memset(from, 0, static_cast<size_t>(size));
    channel->first = (channel->first + 1) % channel->capacity;
    --channel->size;
    if (Waiter* const sender = channel->first_sender; sender != nullptr) {
      Copy(channel->at(channel->size), sender->memory, size);
      ++channel->size;
      Wake(machine, *sender, true);
    }
    return ChannelResult::kDone;
  }
  if (Waiter* const sender = channel->first_sender; sender != nullptr) {
    Copy(memory, sender->memory, size);
    Wake(machine, *sender, true);
    return ChannelResult::kDone;
  }
  if (channel->is_closed) {
    if (memory != nullptr) {
      std::memset(memory, 0, static_cast<size_t>(size));
    }
    return ChannelResult::kClosed;
  }
  return ChannelResult::kMustWait;
}

bool CloseChannel(Machine& machine, Channel* channel) {
  if (channel->is_closed) {
    return false;
  }
  channel->is_closed = true;
  while (Waiter* const receiver = channel->first_receiver) {
    if (receiver->memory != nullptr) {
      std::memset(receiver->memory, 0,
                  static_cast<size_t>(channel->elem->size));
    }
    Wake(machine, *receiver, false);
  }
  while (Waiter* const sender = channel->first_sender) {
    sender->goroutine->panic_on_wake = "send on closed channel";
    Wake(machine, *sender, false);
  }
  return true;
}

void Enqueue(Waiter& waiter) {
  Channel& channel = *waiter.channel;
  Waiter*& first =
      waiter.is_send ? channel.first_sender : channel.first_receiver;
  Waiter*& last = waiter.is_send ? channel.last_sender : channel.last_receiver;
  waiter.previous = last;
  waiter.next = nullptr;
  (last != nullptr ? last->next : first) = &waiter;
  last = &waiter;
}

void DequeueAll(Goroutine& goroutine) {
  for (Waiter& waiter : goroutine.waiters) {
    Unlink(waiter);
  }
  goroutine.waiters.clear();
}

}  // namespace gdlint::interp
