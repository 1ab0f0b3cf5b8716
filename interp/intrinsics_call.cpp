// Calls that reflection makes, functions that it makes, and channels.

#include <cstring>
#include <vector>

#include "interp/channel.h"
#include "interp/code.h"
#include "interp/intrinsics.h"

namespace gdlint::interp {
namespace {

template <typename T>
Outcome Done(const Call& call, const T& value) {
  call.Return(0, value);
  return Outcome::kDone;
}

Outcome Forward(const Call& call, std::string_view package,
                std::string_view name, size_t args_size) {
  Callable* const target = call.machine.program().FindFunction(package, name);
  if (target == nullptr) {
    return call.CannotRun(call.callable().name + " has no implementation");
  }
  return call.Enter(target->closure(), call.args, args_size, call.results);
}

}  // namespace

Outcome CallFunction(Call& call) {
  return call.Enter(call.Arg<Closure*>(0), call.Arg<const void*>(1),
                    call.Arg<size_t>(2), call.Arg<uint8_t*>(3));
}

Outcome CallMethod(Call& call) {
  const auto* const type = call.Arg<const RunType*>(0);
  const auto index = call.Arg<size_t>(1);
  const auto* const dynamic = call.Arg<const RunType*>(2);
  auto* const word = call.Arg<void*>(3);
  const auto size = call.Arg<size_t>(5);
  const RunMethod& wanted = type->methods()[index];
  const Program::Method* const method = call.machine.program().FindMethod(
      type->is_interface() ? dynamic : type, wanted.func);
  if (method == nullptr) {
    return call.CannotRun("method " + std::string(wanted.name) +
                          " by reflection");
  }
  if (method->derefs_pointer && word == nullptr) {
    return call.PanicError("value method " + method->callable->name +
                           " called using nil pointer");
  }
  const size_t receiver_size =
      method->copies_receiver
          ? static_cast<size_t>(SlotAlign(method->copied_size))
          : sizeof(void*);
  std::vector<uint8_t> args(receiver_size + size);
  if (!method->copies_receiver) {
    std::memcpy(args.data(), &word, sizeof(word));
  } else if (method->copied_size > 0) {
    std::memcpy(args.data(), word, method->copied_size);
  }
  if (size > 0) {
    std::memcpy(args.data() + receiver_size, call.Arg<const void*>(4), size);
  }
  return call.Enter(method->callable->closure(), args.data(), args.size(),
                    call.Arg<uint8_t*>(6));
}

Outcome NewMadeFunction(Call& call) {
  struct MadeClosure {
    Closure closure;
    void* made;
  };
  auto* const closure = reinterpret_cast<MadeClosure*>(
      call.machine.heap().Allocate(sizeof(MadeClosure), true));
  closure->closure.callable =
      IntrinsicState::Current().MadeFunction(call.Arg<const RunType*>(0));
  closure->made = call.Arg<void*>(1);
  return Done(call, closure);
}

Outcome CallMadeFunction(Call& call) {
  Callable* const target =
      call.machine.program().FindFunction("reflect", "callMade");
  // Not a frame for `recover` (facts R5), as gc's stub. Once it is prepared: it
  // is no wrapper that has to be made.
  if (!target->is_wrapper) {
    if (!call.machine.program().Prepare(*target)) {
      return call.CannotRun(call.machine.program().problem());
    }
    target->is_wrapper = true;
    const_cast<Code*>(target->code)->is_wrapper = true;
  }
  struct {
    void* made;
    uint8_t* args;
    uint8_t* results;
  } arguments = {*reinterpret_cast<void**>(call.closure->captured()), call.args,
                 call.results};
  return call.Enter(target->closure(), &arguments, sizeof(arguments), nullptr);
}

Outcome FunctionEntry(Call& call) {
  const Closure* const closure = call.Arg<Closure*>(0);
  return Done(call,
              IntrinsicState::Current().PcOf(closure->callable, source::Pos()));
}

Outcome ChanMake(Call& call) {
  return Done(call,
              NewChannel(call.machine, call.Arg<const RunType*>(0)->elem(),
                         call.Arg<int64_t>(1)));
}

Outcome ChanLength(Call& call) {
  const auto* const channel = call.Arg<Channel*>(0);
  return Done(call, channel == nullptr ? int64_t{0} : channel->size);
}

Outcome ChanCapacity(Call& call) {
  const auto* const channel = call.Arg<Channel*>(0);
  return Done(call, channel == nullptr ? int64_t{0} : channel->capacity);
}

Outcome ChanClose(Call& call) {
  auto* const channel = call.Arg<Channel*>(0);
  if (channel == nullptr) {
    return call.PanicPlain("close of nil channel");
  }
  return CloseChannel(call.machine, channel)
             ? Outcome::kDone
             : call.PanicPlain("close of closed channel");
}

// A blocking operation of reflection asks again and again; other goroutines run
// in between.
Outcome ChanSend(Call& call) {
  auto* const channel = call.Arg<Channel*>(1);
  const bool blocks = call.Arg<uint8_t>(3) != 0;
  const ChannelResult result =
      channel == nullptr
          ? ChannelResult::kMustWait
          : TrySend(call.machine, channel, call.Arg<const void*>(2));
  switch (result) {
    case ChannelResult::kClosed:
      return call.PanicPlain("send on closed channel");
    case ChannelResult::kMustWait:
      if (blocks) {
        if (channel == nullptr) {
          call.machine.Park(call.goroutine, "chan send (nil chan)");
        } else {
          call.machine.Yield(call.goroutine);
        }
        return Outcome::kAgain;
      }
      break;
    case ChannelResult::kDone:
      break;
  }
  return Done(call, static_cast<uint8_t>(result == ChannelResult::kDone));
}

Outcome ChanReceive(Call& call) {
  auto* const channel = call.Arg<Channel*>(1);
  const bool blocks = call.Arg<uint8_t>(3) != 0;
  const ChannelResult result =
      channel == nullptr
          ? ChannelResult::kMustWait
          : TryReceive(call.machine, channel, call.Arg<void*>(2));
  if (result == ChannelResult::kMustWait && blocks) {
    if (channel == nullptr) {
      call.machine.Park(call.goroutine, "chan receive (nil chan)");
    } else {
      call.machine.Yield(call.goroutine);
    }
    return Outcome::kAgain;
  }
  call.Return(0, static_cast<uint8_t>(result != ChannelResult::kMustWait));
  call.Return(1, static_cast<uint8_t>(result == ChannelResult::kDone));
  return Outcome::kDone;
}

Outcome NewCoroutine(Call& call) {
  return Forward(call, "runtime", "newcoro", sizeof(void*));
}

Outcome SwitchCoroutine(Call& call) {
  return Forward(call, "runtime", "coroswitch", sizeof(void*));
}

}  // namespace gdlint::interp
