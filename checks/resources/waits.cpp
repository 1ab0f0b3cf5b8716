#include "checks/resources/waits.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "checks/resources/package_lifetimes.h"
#include "dataflow/accesses.h"
#include "dataflow/values.h"

namespace gdlint::checks::resources {
namespace {

using ssa::Function;
using ssa::Inst;
using ssa::InstId;
using ssa::Op;

// Calls are looked into so far.
constexpr int kMaxDepth = 3;
// In nanoseconds: nobody minds.
constexpr int64_t kShortSleep = 50'000'000;

constexpr std::string_view kWaiting[] = {
    "time.Sleep",
    "(*sync.WaitGroup).Wait",
    "(*golang.org/x/sync/errgroup.Group).Wait",
    "net/http.ListenAndServe",
    "net/http.ListenAndServeTLS",
    "net/http.Serve",
    "net/http.ServeTLS",
    "(*net/http.Server).ListenAndServe",
    "(*net/http.Server).ListenAndServeTLS",
    "(*net/http.Server).Serve",
    "(*net/http.Server).ServeTLS",
    "net/http.Get",
    "net/http.Head",
    "net/http.Post",
    "net/http.PostForm",
    "(*net/http.Client).Do",
    "(*net/http.Client).Get",
    "(*net/http.Client).Head",
    "(*net/http.Client).Post",
    "(*net/http.Client).PostForm",
    "(*net/http.Transport).RoundTrip",
    "(net/http.RoundTripper).RoundTrip",
    "net.Dial",
    "net.DialTimeout",
    "net.DialTCP",
    "(*net.Dialer).Dial",
    "(*net.Dialer).DialContext",
    "crypto/tls.Dial",
    "crypto/tls.DialWithDialer",
    "(*crypto/tls.Dialer).Dial",
    "(*crypto/tls.Dialer).DialContext",
    "net.LookupHost",
    "net.LookupIP",
    "net.LookupAddr",
    "(*net.Resolver).LookupHost",
    "(*net.Resolver).LookupIPAddr",
    "(net.Listener).Accept",
    "(*net.TCPListener).Accept",
    "(*net.TCPListener).AcceptTCP",
    "(*net.UnixListener).Accept",
    "net/smtp.Dial",
    "net/smtp.SendMail",
    "net/rpc.Dial",
    "net/rpc.DialHTTP",
    "(*net/rpc.Client).Call",
    "(*google.golang.org/grpc.Server).Serve",
};

bool IsShortSleep(const Function& function, const Inst& call) {
  const auto length =
      dataflow::ConstantOf(function, function.Operands(call)[1]);
  if (!length || length->kind() != types::ConstantKind::kInt) {
    return false;
  }
  const auto value = types::constant::Int64Value(*length);
  return value && *value < kShortSleep;
}

bool Waits(const Function& function, InstId id,
           const dataflow::Program& program, int depth);

// No way from the entry to a return but through something that waits.
bool AlwaysWaits(const Function& function, const dataflow::Program& program,
                 int depth) {
  std::vector<bool> seen(function.blocks().size());
  std::vector<ssa::BlockId> work = {ssa::BlockId{0}};
  seen[0] = true;
  bool has_wait = false;
  while (!work.empty()) {
    const ssa::BlockId block = work.back();
    work.pop_back();
    const bool waits =
        std::ranges::any_of(function.InstsOf(block), [&](const Inst& inst) {
          return Waits(function, function.IdOf(inst), program, depth);
        });
    has_wait |= waits;
    if (waits) {
      continue;
    }
    if (function.Terminator(block).op == Op::kReturn) {
      return false;
    }
    for (const ssa::BlockId succ : function.Succs(block)) {
      if (!seen[succ.index]) {
        seen[succ.index] = true;
        work.push_back(succ);
      }
    }
  }
  return has_wait;
}

bool Waits(const Function& function, InstId id,
           const dataflow::Program& program, int depth) {
  const Inst& inst = function.inst(id);
  switch (inst.op) {
    case Op::kRecv:
      return true;
    case Op::kSelect:
      return (inst.detail & ssa::kBlocking) != 0 &&
             std::ranges::any_of(
                 function.selects()[inst.aux],
                 [](const ssa::SelectState& state) { return !state.is_send; });
    case Op::kCall:
      break;
    default:
      return false;
  }
  const types::Func* const named = dataflow::NamedCallee(function, inst);
  if (named != nullptr && named->package != nullptr) {
    const std::string name = dataflow::FullName(*named);
    if (std::ranges::find(kWaiting, name) != std::end(kWaiting)) {
      return name != "time.Sleep" || !IsShortSleep(function, inst);
    }
  }
  if (depth == 0) {
    return false;
  }
  const Function* const body = dataflow::BodyOfCall(function, inst, program);
  return body != nullptr && body->package() == function.package() &&
         AlwaysWaits(*body, program, depth - 1);
}

}  // namespace

bool IsWait(const Function& function, InstId id,
            const dataflow::Program& program) {
  return Waits(function, id, program, kMaxDepth);
}

std::string WaitPhrase(const Function& function, InstId id) {
  const Inst& inst = function.inst(id);
  switch (inst.op) {
    case Op::kRecv:
      return "the receive";
    case Op::kSelect:
      return "the `select`";
    default:
      return fmt::format("`{}`", CalleeText(function, inst));
  }
}

}  // namespace gdlint::checks::resources
