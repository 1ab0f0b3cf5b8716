#include "checks/knowledge/models.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "checks/knowledge/package_path.h"
#include "types/package.h"
#include "types/predicates.h"

namespace gdlint::checks::knowledge {
namespace {

using dataflow::ArgumentIs;
using dataflow::ConditionalEnd;
using dataflow::Ends;
using dataflow::Summary;
using enum dataflow::ArgumentIs;
using enum dataflow::FuncUse;

// The facts of a line of models.def.
struct Model {
  struct ParamUse {
    uint32_t param;
    uint16_t use;
  };
  static constexpr uint32_t kNone = 0xffff'ffff;

  uint8_t ends = dataflow::kReturns;
  bool tells = false;
  bool nil_panics = false;
  uint32_t condition_count = 0;
  std::array<ConditionalEnd, 2> conditions = {};
  uint32_t use_count = 0;
  std::array<ParamUse, 2> uses = {};
  // By result.
  uint8_t non_nil = 0;
  uint32_t same_result = kNone;
  uint32_t same_param = kNone;

  // What the model ends in, but for returning, needs the condition.
  constexpr Model If(ArgumentIs condition, uint32_t param) const {
    Model model = *this;
    model.conditions[model.condition_count++] = {static_cast<Ends>(ends), param,
                                                 condition};
    model.ends |= dataflow::kReturns;
    return model;
  }
  constexpr Model ReturnsIf(ArgumentIs condition, uint32_t param) const {
    Model model = *this;
    model.conditions[model.condition_count++] = {dataflow::kReturns, param,
                                                 condition};
    return model;
  }
  constexpr Model Tells() const {
    Model model = *this;
    model.tells = true;
    return model;
  }
  constexpr Model Use(uint32_t param, uint16_t use) const {
    Model model = *this;
    model.uses[model.use_count++] = {param, use};
    return model;
  }
  constexpr Model NonNil(uint32_t result) const {
    Model model = *this;
    model.non_nil |= static_cast<uint8_t>(1U << result);
    return model;
  }
  constexpr Model Same(uint32_t result, uint32_t param) const {
    Model model = *this;
    model.same_result = result;
    model.same_param = param;
    return model;
  }
  // It says so: a summary that does not say otherwise is of one that does not
  // look at its receiver.
  constexpr Model NilOk() const { return *this; }
  constexpr Model NilPanics() const {
    Model model = *this;
    model.nil_panics = true;
    return model;
  }
};

constexpr Model Ending(int ends) {
  Model model;
  model.ends = static_cast<uint8_t>(ends);
  return model;
}
constexpr Model Returns() { return Ending(dataflow::kReturns); }
constexpr Model MayFail() {
  return Ending(dataflow::kReturns | dataflow::kMayFail);
}
constexpr Model Exits() { return Ending(dataflow::kExitsProcess); }
constexpr Model Panics() { return Ending(dataflow::kPanics); }
constexpr Model Goexits() { return Ending(dataflow::kGoexits); }

struct Line {
  std::string_view package;
  // Separated by spaces.
  std::string_view functions;
  Model model;
};

constexpr Line kLines[] = {
#define GDLINT_MODEL(Package, Functions, Facts) {Package, Functions, Facts},
#include "checks/knowledge/models.def"
};

class Table {
 public:
  Table() {
    for (const Line& line : kLines) {
      std::string_view rest = line.functions;
      while (!rest.empty()) {
        const size_t end = std::min(rest.find(' '), rest.size());
        packages_[line.package].emplace(rest.substr(0, end), &line.model);
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
  }

  // `name` of a function, or "Type.Method".
  const Model* Find(std::string_view package, std::string_view type,
                    std::string_view name) const {
    const auto found = packages_.find(package);
    if (found == packages_.end()) {
      return nullptr;
    }
    // Names are short.
    std::array<char, 128> joined;
    if (!type.empty()) {
      const size_t size = type.size() + 1 + name.size();
      if (size > joined.size()) {
        return nullptr;
      }
      char* at = std::ranges::copy(type, joined.begin()).out;
      *at++ = '.';
      std::ranges::copy(name, at);
      name = std::string_view(joined.data(), size);
    }
    const auto model = found->second.find(name);
    return model != found->second.end() ? model->second : nullptr;
  }

 private:
  std::unordered_map<std::string_view,
                     std::unordered_map<std::string_view, const Model*>>
      packages_;
};

// Of which nothing is told by calling their functions.
constexpr std::string_view kQuiet[] = {
    "cmp",     "container", "crypto", "encoding", "errors", "hash",
    "html",    "index",     "iter",   "maps",     "math",   "mime",
    "path",    "reflect",   "regexp", "slices",   "sort",   "strconv",
    "strings", "bytes",     "text",   "time",     "unicode"};

std::string_view FirstElement(std::string_view path) {
  return path.substr(0, path.find('/'));
}

bool IsFunctionType(const types::Type* type) {
  return types::UnderAs<types::Signature>(type) != nullptr;
}

// As many parameters and results as the function has, with all that may happen
// to a function that it is given.
Summary GeneralSummary(const types::Func& function) {
  Summary summary;
  summary.is_known = true;
  summary.is_model = true;
  const types::Signature* const signature = function.signature();
  if (signature == nullptr) {
    return summary;
  }
  if (function.is_method()) {
    summary.params.emplace_back();
  }
  for (const types::Param& param : signature->params->params) {
    dataflow::ParamSummary& one = summary.params.emplace_back();
    if (IsFunctionType(param.type)) {
      one.func_use = kCalled | kDeferred | kSpawned | kKept | kRepeated;
    }
  }
  summary.results.resize(signature->results->params.size());
  return summary;
}

Summary SummaryOf(const types::Func& function, const Model& model) {
  Summary summary = GeneralSummary(function);
  summary.ends = model.ends;
  summary.has_effects = model.tells;
  const auto conditions =
      std::span(model.conditions).first(model.condition_count);
  for (const ConditionalEnd& end : conditions) {
    if (end.param < summary.params.size()) {
      summary.conditional_ends.push_back(end);
    }
  }
  for (const Model::ParamUse& use :
       std::span(model.uses).first(model.use_count)) {
    if (use.param < summary.params.size()) {
      summary.params[use.param].func_use = use.use;
    }
  }
  for (uint32_t i = 0; i < summary.results.size() && i < 8; ++i) {
    if ((model.non_nil >> i & 1) != 0) {
      summary.results[i].nilness = dataflow::kMayBeNonNil;
    }
  }
  if (model.same_result < summary.results.size()) {
    summary.results[model.same_result].same_as_param = model.same_param;
  }
  if (function.is_method() && model.nil_panics) {
    summary.params[0].nil_may_panic = true;
    summary.params[0].nil_panics = true;
  }
  return summary;
}

}  // namespace

std::optional<Summary> ModelOf(const types::Func& function) {
  static const Table kTable;
  if (function.package == nullptr || function.name == nullptr) {
    return std::nullopt;
  }
  std::string_view type;
  if (function.recv != nullptr) {
    const types::Named* const named =
        types::AsNamed(types::Deref(types::Unalias(function.recv)));
    if (named == nullptr || named->obj == nullptr) {
      return std::nullopt;
    }
    type = named->obj->name->text();
  }
  const std::string path = UnversionedPath(function.package->path);
  const std::string_view name = function.name->text();
  if (const Model* const model = kTable.Find(path, type, name)) {
    return SummaryOf(function, *model);
  }
  const std::string_view first = FirstElement(path);
  // An interface may be implemented by anyone.
  if (!function.package->is_standard ||
      (function.recv != nullptr && types::IsInterface(function.recv))) {
    return std::nullopt;
  }
  Summary summary = GeneralSummary(function);
  summary.yields_to_body = true;
  summary.has_effects = std::ranges::count(kQuiet, first) == 0;
  return summary;
}

}  // namespace gdlint::checks::knowledge
