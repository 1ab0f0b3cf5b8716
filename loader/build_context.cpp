#include "loader/build_context.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "loader/go_flags.h"
#include "source/lang_version.h"

namespace gdlint::loader {
namespace {

// The lists of Go 1.26, sorted. Names are never taken off them.
constexpr std::array<std::string_view, 18> kKnownOs = {
    "aix",     "android", "darwin",  "dragonfly", "freebsd", "hurd",
    "illumos", "ios",     "js",      "linux",     "nacl",    "netbsd",
    "openbsd", "plan9",   "solaris", "wasip1",    "windows", "zos"};
constexpr std::array<std::string_view, 6> kNotUnix = {
    "js", "nacl", "plan9", "wasip1", "zos", "windows"};
constexpr std::array<std::string_view, 24> kKnownArch = {
    "386",         "amd64",   "amd64p32", "arm",    "arm64",    "arm64be",
    "armbe",       "loong64", "mips",     "mips64", "mips64le", "mips64p32",
    "mips64p32le", "mipsle",  "ppc",      "ppc64",  "ppc64le",  "riscv",
    "riscv64",     "s390",    "s390x",    "sparc",  "sparc64",  "wasm"};
static_assert(std::ranges::is_sorted(kKnownOs));
static_assert(std::ranges::is_sorted(kKnownArch));

// Tags that a toolchain with its default settings defines for an architecture.
struct ArchitectureTag {
  std::string_view arch;
  std::string_view tag;
};
constexpr ArchitectureTag kArchitectureTags[] = {
    {"386", "386.sse2"},
    {"amd64", "amd64.v1"},
    {"arm", "arm.5"},
    {"arm", "arm.6"},
    {"arm", "arm.7"},
    {"arm64", "arm64.v8.0"},
    {"mips", "mips.hardfloat"},
    {"mipsle", "mipsle.hardfloat"},
    {"mips64", "mips64.hardfloat"},
    {"mips64le", "mips64le.hardfloat"},
    {"ppc64", "ppc64.power8"},
    {"ppc64le", "ppc64le.power8"},
    {"riscv64", "riscv64.rva20u64"},
    {"wasm", "wasm.satconv"},
    {"wasm", "wasm.signext"},
};

// The experiments that Go 1.26 has on by default, and where.
constexpr std::string_view kExperiments[] = {"greenteagc",
                                             "randomizedheapbase64"};
constexpr std::string_view kRegisterAbiExperiments[] = {"regabiargs",
                                                        "regabiwrappers"};
constexpr std::string_view kRegisterAbiArchs[] = {
    "amd64", "arm64", "loong64", "ppc64", "ppc64le", "riscv64", "s390x"};
constexpr std::string_view kNoDwarf5[] = {"aix", "darwin", "ios"};

bool Contains(const auto& range, std::string_view name) {
  return std::ranges::find(range, name) != std::ranges::end(range);
}

std::string_view HostArch() {
#if defined(__x86_64__)
  return "amd64";
#elif defined(__aarch64__)
  return "arm64";
#elif defined(__i386__)
  return "386";
#elif defined(__arm__)
  return "arm";
#elif defined(__riscv) && __riscv_xlen == 64
  return "riscv64";
#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__)
  return "ppc64le";
#elif defined(__s390x__)
  return "s390x";
#elif defined(__loongarch64)
  return "loong64";
#else
  return "amd64";
#endif
}

std::string_view HostOs() {
#if defined(__APPLE__)
  return "darwin";
#elif defined(__FreeBSD__)
  return "freebsd";
#else
  return "linux";
#endif
}

// The value of an environment variable, if it is set to something.
std::optional<std::string> NonEmpty(const Environment& environment,
                                    const char* name) {
  std::optional<std::string> value = environment(name);
  if (value && value->empty()) {
    return std::nullopt;
  }
  return value;
}

// Calls `fn` with each word of a list separated by commas or spaces.
template <typename Fn>
void ForEachWord(std::string_view list, Fn fn) {
  while (!list.empty()) {
    const size_t end = std::min(list.find_first_of(", \t"), list.size());
    if (end > 0) {
      fn(list.substr(0, end));
    }
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

}  // namespace

bool IsKnownOs(std::string_view name) {
  return std::ranges::binary_search(kKnownOs, name);
}

bool IsKnownArch(std::string_view name) {
  return std::ranges::binary_search(kKnownArch, name);
}

bool IsTestFileName(std::string_view base_name) {
  return base_name.ends_with("_test.go");
}

BuildContext BuildContext::Make(const BuildChoices& choices,
                                const Environment& environment) {
  BuildContext context;
  const auto choose = [&](const std::optional<std::string>& choice,
                          const char* variable, std::string_view host) {
    return choice ? *choice
                  : NonEmpty(environment, variable).value_or(std::string(host));
  };
  context.goos_ = choose(choices.goos, "GOOS", HostOs());
  context.goarch_ = choose(choices.goarch, "GOARCH", HostArch());
  const bool native =
      context.goos_ == HostOs() && context.goarch_ == HostArch();
  const std::optional<std::string> cgo = NonEmpty(environment, "CGO_ENABLED");
  context.cgo_enabled_ = cgo ? *cgo == "1" : native;

  // As with the go command, the flag takes the place of what GOFLAGS says.
  const std::string tags = choices.tags.empty()
                               ? ReadGoFlags(environment).tags.value_or("")
                               : choices.tags;
  ForEachWord(tags,
              [&](std::string_view tag) { context.tags_.emplace_back(tag); });
  for (uint32_t minor = 1; minor <= source::kNewestLang.minor; ++minor) {
    context.tags_.push_back(source::LangVersion{minor}.Name());
  }
  context.AddArchitectureTags();
  context.AddExperiments(environment("GOEXPERIMENT").value_or(""));
  std::ranges::sort(context.tags_);
  return context;
}

void BuildContext::AddArchitectureTags() {
  for (const ArchitectureTag& entry : kArchitectureTags) {
    if (entry.arch == goarch_) {
      tags_.emplace_back(entry.tag);
    }
  }
}

void BuildContext::AddExperiments(std::string_view list) {
  std::vector<std::string> experiments(std::begin(kExperiments),
                                       std::end(kExperiments));
  if (Contains(kRegisterAbiArchs, goarch_)) {
    experiments.insert(experiments.end(), std::begin(kRegisterAbiExperiments),
                       std::end(kRegisterAbiExperiments));
  }
  if (!Contains(kNoDwarf5, goos_)) {
    experiments.emplace_back("dwarf5");
  }
  ForEachWord(list, [&](std::string_view name) {
    if (name == "none") {
      experiments.clear();
    } else if (name.starts_with("no")) {
      std::erase(experiments, name.substr(2));
    } else {
      experiments.emplace_back(name);
    }
  });
  for (const std::string& name : experiments) {
    tags_.push_back("goexperiment." + name);
  }
}

bool BuildContext::HasTag(std::string_view tag) const {
  if (tag == goos_ || tag == goarch_ || tag == "gc") {
    return true;
  }
  if (tag == "cgo" && cgo_enabled_) {
    return true;
  }
  // What one system is built on.
  if ((tag == "linux" && goos_ == "android") ||
      (tag == "solaris" && goos_ == "illumos") ||
      (tag == "darwin" && goos_ == "ios")) {
    return true;
  }
  if (tag == "unix" && IsKnownOs(goos_) && !Contains(kNotUnix, goos_)) {
    return true;
  }
  if (tag == "boringcrypto") {
    tag = "goexperiment.boringcrypto";
  }
  return std::ranges::binary_search(
      tags_, tag, {},
      [](const std::string& name) -> std::string_view { return name; });
}

bool BuildContext::MatchesFileName(std::string_view base_name) const {
  std::string_view name = base_name.substr(0, base_name.find('.'));
  // Only what follows the first underscore counts: `linux.go` is for every
  // system.
  const size_t underscore = name.find('_');
  if (underscore == std::string_view::npos) {
    return true;
  }
  name.remove_prefix(underscore + 1);
  // Takes the last part off `name`; without an underscore left, all of it.
  const auto take_last = [&name] {
    const size_t at = name.rfind('_');
    const std::string_view last =
        at == std::string_view::npos ? name : name.substr(at + 1);
    name =
        at == std::string_view::npos ? std::string_view() : name.substr(0, at);
    return last;
  };
  std::string_view last = take_last();
  if (last == "test") {
    last = take_last();
  }
  if (IsKnownArch(last)) {
    const std::string_view before = take_last();
    return HasTag(last) && (!IsKnownOs(before) || HasTag(before));
  }
  return !IsKnownOs(last) || HasTag(last);
}

}  // namespace gdlint::loader
