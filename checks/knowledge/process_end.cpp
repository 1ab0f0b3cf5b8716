#include "checks/knowledge/process_end.h"

#include <algorithm>
#include <iterator>

#include "checks/knowledge/user_models.h"

namespace gdlint::checks::knowledge {
namespace {

struct Row {
  // A full name, or the beginning of one that ends in '*'.
  std::string_view name;
  Undone undone;
};

constexpr Row kRows[] = {
    // Files and what else of the system outlives the process.
    {"os.Chmod", Undone::kWork},
    {"os.Chown", Undone::kWork},
    {"os.Chtimes", Undone::kWork},
    {"os.CopyFS", Undone::kWork},
    {"os.Create", Undone::kWork},
    {"os.Lchown", Undone::kWork},
    {"os.Link", Undone::kWork},
    {"os.Mkdir", Undone::kWork},
    {"os.MkdirAll", Undone::kWork},
    {"os.Remove", Undone::kWork},
    {"os.RemoveAll", Undone::kWork},
    {"os.Rename", Undone::kWork},
    {"os.Symlink", Undone::kWork},
    {"os.Truncate", Undone::kWork},
    {"os.WriteFile", Undone::kWork},
    {"io/ioutil.WriteFile", Undone::kWork},
    {"(*os.File).Chmod", Undone::kWork},
    {"(*os.File).Chown", Undone::kWork},
    {"(*os.File).ReadFrom", Undone::kWork},
    {"(*os.File).Sync", Undone::kWork},
    {"(*os.File).Truncate", Undone::kWork},
    {"(*os.File).Write", Undone::kWork},
    {"(*os.File).WriteAt", Undone::kWork},
    {"(*os.File).WriteString", Undone::kWork},
    {"(*os.Root).Remove", Undone::kWork},
    {"(*os.Root).RemoveAll", Undone::kWork},
    {"(*os.Root).Rename", Undone::kWork},
    {"(*os.Process).Kill", Undone::kWork},
    {"(*os.Process).Signal", Undone::kWork},
    {"(*os/exec.Cmd).CombinedOutput", Undone::kWork},
    {"(*os/exec.Cmd).Output", Undone::kWork},
    {"(*os/exec.Cmd).Run", Undone::kWork},
    {"(*os/exec.Cmd).Start", Undone::kWork},
    {"os.*", Undone::kNothing},
    {"(*os.File).*", Undone::kDoneAnyway},
    {"(*os.Root).*", Undone::kDoneAnyway},
    {"os/signal.*", Undone::kDoneAnyway},
    {"(*os/exec.Cmd).*", Undone::kUnknown},
    {"syscall.Kill", Undone::kWork},
    {"syscall.Mount", Undone::kWork},
    {"syscall.Rename", Undone::kWork},
    {"syscall.Rmdir", Undone::kWork},
    {"syscall.Unlink", Undone::kWork},
    {"syscall.Unmount", Undone::kWork},
    {"syscall.*", Undone::kDoneAnyway},
    {"golang.org/x/sys/unix.Kill", Undone::kWork},
    {"golang.org/x/sys/unix.Unlink", Undone::kWork},
    {"golang.org/x/sys/unix.Unmount", Undone::kWork},
    {"golang.org/x/sys/unix.*", Undone::kDoneAnyway},
    {"golang.org/x/term.Restore", Undone::kWork},
    {"golang.org/x/crypto/ssh/terminal.Restore", Undone::kWork},
    // What is buffered, and ends of files.
    {"(*archive/tar.Writer).*", Undone::kWork},
    {"(*archive/zip.Writer).*", Undone::kWork},
    {"(*bufio.ReadWriter).Flush", Undone::kWork},
    {"(*bufio.Writer).*", Undone::kWork},
    {"(*compress/flate.Writer).*", Undone::kWork},
    {"(*compress/gzip.Writer).*", Undone::kWork},
    {"(*compress/lzw.Writer).*", Undone::kWork},
    {"(*compress/zlib.Writer).*", Undone::kWork},
    {"(*encoding/csv.Writer).*", Undone::kWork},
    {"(*encoding/gob.Encoder).*", Undone::kWork},
    {"(*encoding/json.Encoder).Encode", Undone::kWork},
    {"(*encoding/xml.Encoder).*", Undone::kWork},
    {"(*mime/multipart.Writer).*", Undone::kWork},
    {"(*mime/quotedprintable.Writer).*", Undone::kWork},
    {"(*text/tabwriter.Writer).*", Undone::kWork},
    {"(net/http.Flusher).Flush", Undone::kWork},
    {"io.Copy", Undone::kWork},
    {"io.WriteString", Undone::kWork},
    {"(io.Writer).Write", Undone::kWork},
    {"(io.StringWriter).WriteString", Undone::kWork},
    // Profiles and traces are complete only when they are stopped.
    {"runtime/pprof.StopCPUProfile", Undone::kWork},
    {"runtime/pprof.WriteHeapProfile", Undone::kWork},
    {"(*runtime/pprof.Profile).WriteTo", Undone::kWork},
    {"runtime/trace.Stop", Undone::kWork},
    {"(*runtime/trace.FlightRecorder).*", Undone::kWork},
    {"runtime/coverage.*", Undone::kWork},
    // Databases and the network.
    {"(*database/sql.Tx).Commit", Undone::kWork},
    {"(*database/sql.Conn).ExecContext", Undone::kWork},
    {"(*database/sql.DB).Exec", Undone::kWork},
    {"(*database/sql.DB).ExecContext", Undone::kWork},
    {"(*database/sql.Stmt).Exec", Undone::kWork},
    {"(*database/sql.Stmt).ExecContext", Undone::kWork},
    {"(*database/sql.Tx).Exec", Undone::kWork},
    {"(*database/sql.Tx).ExecContext", Undone::kWork},
    {"(*database/sql.*", Undone::kDoneAnyway},
    {"net/http.Get", Undone::kWork},
    {"net/http.Head", Undone::kWork},
    {"net/http.Post", Undone::kWork},
    {"net/http.PostForm", Undone::kWork},
    {"(*net/http.Client).CloseIdleConnections", Undone::kDoneAnyway},
    {"(*net/http.Client).*", Undone::kWork},
    {"(*net/rpc.Client).Call", Undone::kWork},
    {"(net.Conn).Write", Undone::kWork},
    {"(*net.TCPConn).Write", Undone::kWork},
    {"(*net.UnixConn).Write", Undone::kWork},
    {"net.*", Undone::kNothing},
    {"(*net.*", Undone::kDoneAnyway},
    {"(net.*", Undone::kDoneAnyway},
    {"(*net/http.*", Undone::kDoneAnyway},
    {"(*net/http/httptest.*", Undone::kDoneAnyway},
    {"(*net/rpc.*", Undone::kDoneAnyway},
    {"(*net/smtp.*", Undone::kDoneAnyway},
    // Messages.
    {"fmt.Fprint", Undone::kMessage},
    {"fmt.Fprintf", Undone::kMessage},
    {"fmt.Fprintln", Undone::kMessage},
    {"fmt.Print", Undone::kMessage},
    {"fmt.Printf", Undone::kMessage},
    {"fmt.Println", Undone::kMessage},
    {"log.New", Undone::kNothing},
    {"log.Default", Undone::kNothing},
    {"log.Flags", Undone::kNothing},
    {"log.Prefix", Undone::kNothing},
    {"log.SetFlags", Undone::kNothing},
    {"log.SetOutput", Undone::kNothing},
    {"log.SetPrefix", Undone::kNothing},
    {"log.Writer", Undone::kNothing},
    {"log.Output", Undone::kMessage},
    {"log.Print", Undone::kMessage},
    {"log.Printf", Undone::kMessage},
    {"log.Println", Undone::kMessage},
    {"(*log.Logger).Output", Undone::kMessage},
    {"(*log.Logger).Print", Undone::kMessage},
    {"(*log.Logger).Printf", Undone::kMessage},
    {"(*log.Logger).Println", Undone::kMessage},
    {"(*log.Logger).*", Undone::kNothing},
    {"log/slog.Debug", Undone::kMessage},
    {"log/slog.DebugContext", Undone::kMessage},
    {"log/slog.Error", Undone::kMessage},
    {"log/slog.ErrorContext", Undone::kMessage},
    {"log/slog.Info", Undone::kMessage},
    {"log/slog.InfoContext", Undone::kMessage},
    {"log/slog.Log", Undone::kMessage},
    {"log/slog.LogAttrs", Undone::kMessage},
    {"log/slog.Warn", Undone::kMessage},
    {"log/slog.WarnContext", Undone::kMessage},
    {"log/slog.*", Undone::kNothing},
    {"(*log/slog.Logger).Debug", Undone::kMessage},
    {"(*log/slog.Logger).DebugContext", Undone::kMessage},
    {"(*log/slog.Logger).Error", Undone::kMessage},
    {"(*log/slog.Logger).ErrorContext", Undone::kMessage},
    {"(*log/slog.Logger).Info", Undone::kMessage},
    {"(*log/slog.Logger).InfoContext", Undone::kMessage},
    {"(*log/slog.Logger).Log", Undone::kMessage},
    {"(*log/slog.Logger).LogAttrs", Undone::kMessage},
    {"(*log/slog.Logger).Warn", Undone::kMessage},
    {"(*log/slog.Logger).WarnContext", Undone::kMessage},
    {"(*log/slog.*", Undone::kNothing},
    {"(*log/syslog.Writer).Close", Undone::kDoneAnyway},
    {"(*log/syslog.Writer).*", Undone::kMessage},
    // Only memory, or nothing that is missed.
    {"(*bytes.*", Undone::kNothing},
    {"(*strings.*", Undone::kNothing},
    {"(*sync.*", Undone::kDoneAnyway},
    {"(sync.*", Undone::kDoneAnyway},
    {"(*sync/atomic.*", Undone::kNothing},
    {"(context.*", Undone::kNothing},
    {"(error).*", Undone::kNothing},
    {"(*time.*", Undone::kDoneAnyway},
    {"(time.*", Undone::kNothing},
    {"bytes.*", Undone::kNothing},
    {"cmp.*", Undone::kNothing},
    {"context.*", Undone::kNothing},
    {"errors.*", Undone::kNothing},
    {"fmt.*", Undone::kNothing},
    {"maps.*", Undone::kNothing},
    {"math.*", Undone::kNothing},
    {"path.*", Undone::kNothing},
    {"path/filepath.*", Undone::kNothing},
    {"reflect.*", Undone::kNothing},
    {"runtime.*", Undone::kNothing},
    {"runtime/debug.*", Undone::kNothing},
    {"slices.*", Undone::kNothing},
    {"sort.*", Undone::kNothing},
    {"strconv.*", Undone::kNothing},
    {"strings.*", Undone::kNothing},
    {"sync/atomic.*", Undone::kNothing},
    {"time.*", Undone::kNothing},
    {"unicode.*", Undone::kNothing},
    {"unicode/utf8.*", Undone::kNothing},
};

constexpr std::string_view kWorkNames[] = {
    "Commit", "Flush", "FlushAll", "ForceFlush", "RemoveAll", "Sync",
};

constexpr std::string_view kDoneAnywayNames[] = {
    "Cancel", "Close", "CloseNow", "Disconnect", "Done", "RUnlock", "Unlock",
};

bool Matches(std::string_view pattern, std::string_view name) {
  return pattern.ends_with('*')
             ? name.starts_with(pattern.substr(0, pattern.size() - 1))
             : name == pattern;
}

}  // namespace

std::optional<Undone> UndoneBy(std::string_view full_name) {
  if (const UserKind* const user = UserKindReleasedBy(full_name)) {
    return user->ends_with_process ? Undone::kDoneAnyway : Undone::kWork;
  }
  // The first that fits: exact names stand before patterns.
  const auto* const row = std::ranges::find_if(
      kRows, [&](const Row& r) { return Matches(r.name, full_name); });
  return row == std::end(kRows) ? std::nullopt : std::optional(row->undone);
}

Undone UndoneByName(std::string_view name) {
  if (std::ranges::count(kWorkNames, name) > 0) {
    return Undone::kWork;
  }
  return std::ranges::count(kDoneAnywayNames, name) > 0 ? Undone::kDoneAnyway
                                                        : Undone::kUnknown;
}

}  // namespace gdlint::checks::knowledge
