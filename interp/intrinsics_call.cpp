// Calls that reflection makes, functions that it makes, and channels.

#include <cstring>
#include <vector>

#include "interp/channel.h"
#include "interp/code.h"
#include "interp/execution.h"
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

// A method of `type` by its number; of an interface type, as `dynamic` has it.
// `word` is what an interface with the receiver holds.
struct MethodCall {
  const RunType* type;
  size_t index;
  const RunType* dynamic;
  void* word;
};

Outcome Enter(const Call& call, const MethodCall& wanted, const void* arguments,
              size_t size, uint8_t* results) {
  const RunMethod& run_method = wanted.type->methods()[wanted.index];
  const Program::Method* const method = call.machine.program().FindMethod(
      wanted.type->is_interface() ? wanted.dynamic : wanted.type,
      run_method.func);
  if (method == nullptr) {
    return call.CannotRun("method " + std::string(run_method.name) +
                          " by reflection");
  }
  if (method->derefs_pointer && wanted.word == nullptr) {
    return call.PanicPlain(Executor::PanicWrapText(
        wanted.type->is_interface() ? wanted.dynamic : wanted.type,
        run_method.func));
  }
  const size_t receiver_size =
      method->copies_receiver
          ? static_cast<size_t>(SlotAlign(method->copied_size))
          : sizeof(void*);
  std::vector<uint8_t> all(receiver_size + size);
  if (!method->copies_receiver) {
    std::memcpy(all.data(), &wanted.word, sizeof(wanted.word));
  } else if (method->copied_size > 0) {
    std::memcpy(all.data(), wanted.word, method->copied_size);
  }
  if (size > 0) {
    std::memcpy(all.data() + receiver_size, arguments, size);
  }
  return call.Enter(method->callable->closure(), all.data(), all.size(),
                    results);
}

}  // namespace

Outcome CallFunction(Call& call) {
  return call.Enter(call.Arg<Closure*>(0), call.Arg<const void*>(1),
                    call.Arg<size_t>(2), call.Arg<uint8_t*>(3));
}

Outcome CallMethod(Call& call) {
  const MethodCall method = {call.Arg<const RunType*>(0), call.Arg<size_t>(1),
                             call.Arg<const RunType*>(2), call.Arg<void*>(3)};
  return Enter(call, method, call.Arg<const void*>(4), call.Arg<size_t>(5),
               call.Arg<uint8_t*>(6));
}

Outcome MethodExpression(Call& call) {
  const auto* const type = call.Arg<const RunType*>(0);
  const RunMethod& run_method = type->methods()[call.Arg<size_t>(1)];
  Program& program = call.machine.program();
  const Program::Method* const method =
      program.FindMethod(type, run_method.func);
  if (method == nullptr) {
    return call.CannotRun("method " + std::string(run_method.name) +
                          " by reflection");
  }
  if (!method->derefs_pointer) {
    return Done(call, method->callable->closure());
  }
  // The method is the value's.
  ssa::FunctionKey key;
  key.kind = ssa::FunctionKind::kWrapper;
  key.func = run_method.func;
  key.recv = type->type;
  return Done(call, program.CallableOf(key)->closure());
}

Outcome NewMethodFunction(Call& call) {
  struct MethodClosure {
    Closure closure;
    MethodCall method;
  };
  const MethodCall method = {call.Arg<const RunType*>(0), call.Arg<size_t>(1),
                             call.Arg<const RunType*>(2), call.Arg<void*>(3)};
  auto* const closure = reinterpret_cast<MethodClosure*>(
      call.machine.heap().Allocate(sizeof(MethodClosure), true));
  closure->closure.callable = IntrinsicState::Current().MethodFunction(
      method.type->methods()[method.index].type);
  closure->method = method;
  return Done(call, closure);
}

Outcome CallMethodFunction(Call& call) {
  const auto& method =
      *reinterpret_cast<const MethodCall*>(call.closure->captured());
  return Enter(call, method, call.args,
               static_cast<size_t>(call.callable().code->args_size),
               call.results);
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
