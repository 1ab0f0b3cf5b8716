#include "checks/knowledge/nil_receivers.h"

#include <algorithm>

#include "checks/knowledge/user_models.h"

namespace gdlint::checks::knowledge {
namespace {

// They return an error, or do nothing.
constexpr std::string_view kTolerant[] = {
    "(*bytes.Buffer).String",
    "(*net.TCPListener).Close",
    "(*net.UnixListener).Close",
    "(*net/url.Userinfo).String",
    "(*os.File).Chdir",
    "(*os.File).Chmod",
    "(*os.File).Chown",
    "(*os.File).Close",
    "(*os.File).Fd",
    "(*os.File).Read",
    "(*os.File).ReadAt",
    "(*os.File).ReadDir",
    "(*os.File).ReadFrom",
    "(*os.File).Readdir",
    "(*os.File).Readdirnames",
    "(*os.File).Seek",
    "(*os.File).SetDeadline",
    "(*os.File).SetReadDeadline",
    "(*os.File).SetWriteDeadline",
    "(*os.File).Stat",
    "(*os.File).Sync",
    "(*os.File).SyscallConn",
    "(*os.File).Truncate",
    "(*os.File).Write",
    "(*os.File).WriteAt",
    "(*os.File).WriteString",
};

constexpr std::string_view kByMistake[] = {
    "(*os/exec.Cmd).StderrPipe",
    "(*os/exec.Cmd).StdinPipe",
    "(*os/exec.Cmd).StdoutPipe",
    "compress/flate.NewWriter",
    "compress/flate.NewWriterDict",
    "compress/gzip.NewWriterLevel",
    "compress/zlib.NewWriterLevel",
    "compress/zlib.NewWriterLevelDict",
    "github.com/klauspost/compress/zstd.NewReader",
    "github.com/klauspost/compress/zstd.NewWriter",
    "os.FindProcess",
};

}  // namespace

bool ToleratesNil(std::string_view method) {
  if (std::ranges::binary_search(kTolerant, method)) {
    return true;
  }
  const UserKind* const user = UserKindReleasedBy(method);
  return user != nullptr && user->nil_tolerant;
}

bool FailsOnlyByMistake(std::string_view function) {
  return std::ranges::binary_search(kByMistake, function);
}

}  // namespace gdlint::checks::knowledge
