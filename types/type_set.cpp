#include "types/type_set.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "types/predicates.h"
#include "types/type_internal.h"
#include "types/type_string.h"
#include "types/type_table.h"

namespace gdlint::types {
namespace {

const TypeSet kTopTypeSet = {.methods = {}, .terms = AllTerms()};

// Where problems go, if anybody wants to know.
struct Problems {
  std::vector<TypeSetProblem>* list = nullptr;
  const TypeStringOptions& text;

  void AddTooNew(int index, std::string_view what, const Type* type) const {
    if (list != nullptr) {
      list->push_back({.embedded_index = index,
                       .message = std::string(what) + TypeString(type, text),
                       .needs_minor_version = 18});
    }
  }

  void AddTooLong(int index) const {
    if (list != nullptr) {
      list->push_back({.embedded_index = index,
                       .message = "cannot handle more than " +
                                  std::to_string(kMaxUnionTerms) +
                                  " union terms (implementation limitation)"});
    }
  }

  // Methods of embedded interfaces may be equal, since go1.14.
  void AddDuplicate(const Func* method, int index, const Func* other) const {
    if (list == nullptr) {
      return;
    }
    const bool is_allowed_later = index >= 0 && method->type != nullptr &&
                                  other->type != nullptr &&
                                  Identical(method->type, other->type);
    list->push_back(
        {.embedded_index = index,
         .method = method,
         .other_method = other,
         .message = "duplicate method " + std::string(method->name->text()),
         .needs_minor_version = is_allowed_later ? uint32_t{14} : uint32_t{0}});
  }
};

// Computes type sets, one inside of the other. Interfaces that embed each other
// in a circle are an error that is reported elsewhere; here the one that is
// met again counts as empty.
class TypeSetBuilder {
 public:
  const TypeSet* Compute(const Interface* type, const Problems& problems);

 private:
  static constexpr size_t kFewRuns = 8;

  // One interface whose type set is being computed.
  struct Frame {
    const Interface* type;
    // The outermost frame whose unfinished result was used.
    size_t lowest;
    bool is_pending = false;
  };
  // Takes the frames off again if memory runs out.
  struct FrameGuard {
    std::vector<Frame>& frames;
    size_t depth;
    ~FrameGuard() {
      while (frames.size() > depth) {
        frames.pop_back();
      }
    }
  };
  struct Method {
    Func* func;
    int embedded_index;
  };
  struct Parts {
    std::vector<Method> methods;
    // Where in it the sorted lists begin that it is made of.
    std::vector<size_t> runs;
    // The method list of all, if only one element has methods.
    std::span<Func* const> only_methods;
    std::vector<TypeTerm> terms = {TypeTerm()};
    bool comparable = false;
  };

  const TypeSet* Build(const Interface* type, const Problems& problems);
  void AddMethods(std::span<Func* const> methods, int embedded_index,
                  Parts& parts);
  void AddEmbedded(const Type* type, int index, Parts& parts,
                   const Problems& problems);
  const TypeSet* Finish(const Frame& frame, size_t depth, const TypeSet* set);

  std::vector<Frame> frames_;
  // Results that cannot be kept: for as long as this computation takes.
  std::unordered_map<const Interface*, const TypeSet*> results_;
};

// Identical, which finding terms needs, may ask for further type sets.
thread_local TypeSetBuilder builder;

// Both lists cover only types that the other allows. What is comparable alone
// must stay so.
void IntersectWith(std::span<const TypeTerm> terms, bool comparable,
                   std::vector<TypeTerm>& all, bool& all_comparable) {
  all = IntersectTerms(all, terms);
  all_comparable = all_comparable || comparable;
  if (all_comparable && !IsAllTerms(all)) {
    std::erase_if(all, [](const TypeTerm& term) {
      return !Comparable(term.type, /*dynamic=*/false);
    });
    all_comparable = false;
  }
}

}  // namespace

const TypeSet* TypeSetBuilder::Compute(const Interface* type,
                                       const Problems& problems) {
  if (problems.list == nullptr) {
    const TypeSet* const known = type->type_set.load(std::memory_order_acquire);
    if (known != nullptr) {
      return known;
    }
    // Those of an earlier computation are out of date.
    const auto result = frames_.empty() ? results_.end() : results_.find(type);
    if (result != results_.end()) {
      return result->second;
    }
  }
  const auto running = std::ranges::find(frames_, type, &Frame::type);
  if (running != frames_.end()) {
    const auto depth = static_cast<size_t>(running - frames_.begin());
    frames_.back().lowest = std::min(frames_.back().lowest, depth);
    return &kTopTypeSet;
  }
  const size_t depth = frames_.size();
  if (depth == 0) {
    results_.clear();
  }
  const FrameGuard guard = {.frames = frames_, .depth = depth};
  frames_.push_back({.type = type, .lowest = depth});
  const TypeSet* const set = Build(type, problems);
  const Frame frame = frames_.back();
  frames_.pop_back();
  return Finish(frame, depth, set);
}

const TypeSet* TypeSetBuilder::Finish(const Frame& frame, size_t depth,
                                      const TypeSet* set) {
  if (frame.lowest >= depth && !frame.is_pending) {
    const TypeSet* expected = nullptr;
    if (!frame.type->type_set.compare_exchange_strong(
            expected, set, std::memory_order_acq_rel,
            std::memory_order_acquire)) {
      set = expected;
    }
  } else {
    results_[frame.type] = set;
  }
  if (depth == 0) {
    return set;
  }
  Frame& outer = frames_.back();
  outer.lowest = std::min(outer.lowest, frame.lowest);
  outer.is_pending = outer.is_pending || frame.is_pending;
  return set;
}

void TypeSetBuilder::AddMethods(std::span<Func* const> methods,
                                int embedded_index, Parts& parts) {
  if (methods.empty()) {
    return;
  }
  parts.only_methods =
      parts.methods.empty() ? methods : std::span<Func* const>();
  parts.runs.push_back(parts.methods.size());
  for (Func* const method : methods) {
    parts.methods.push_back({.func = method, .embedded_index = embedded_index});
  }
}

void TypeSetBuilder::AddEmbedded(const Type* type, int index, Parts& parts,
                                 const Problems& problems) {
  const bool has_methods_only = frames_.back().type->has_methods_only;
  const ResolvedUnder under = ResolveUnder(type);
  if (under.is_pending) {
    frames_.back().is_pending = true;
    return;
  }
  if (const Interface* const interface = TryAs<Interface>(under.type)) {
    const TypeSet* const set =
        Compute(interface, {.list = nullptr, .text = problems.text});
    if (!set->IsMethodSet() && AsNamed(type) != nullptr) {
      problems.AddTooNew(index, "embedding constraint interface ", type);
      if (has_methods_only) {
        return;
      }
    }
    AddMethods(set->methods, index, parts);
    IntersectWith(set->has_all_terms ? AllTerms() : set->terms, set->comparable,
                  parts.terms, parts.comparable);
    return;
  }
  if (const Union* const alternatives = TryAs<Union>(under.type)) {
    problems.AddTooNew(index, "embedding interface element ", alternatives);
    if (has_methods_only) {
      return;
    }
    const UnionTerms terms =
        TermsOfUnion(alternatives, &frames_.back().is_pending);
    if (!terms.is_too_long) {
      IntersectWith(terms.terms, false, parts.terms, parts.comparable);
    } else {
      problems.AddTooLong(index);
    }
    return;
  }
  if (under.type == InvalidType()) {
    return;
  }
  problems.AddTooNew(index, "embedding non-interface type ", type);
  if (has_methods_only) {
    return;
  }
  const TypeTerm term = {.type = type};
  IntersectWith({&term, 1}, false, parts.terms, parts.comparable);
}

const TypeSet* TypeSetBuilder::Build(const Interface* type,
                                     const Problems& problems) {
  if (type->methods.empty() && type->embeddeds.empty()) {
    return &kTopTypeSet;
  }
  Parts parts;
  AddMethods(type->methods, -1, parts);
  for (size_t i = 0; i < type->embeddeds.size(); ++i) {
    AddEmbedded(type->embeddeds[i], static_cast<int>(i), parts, problems);
  }

  // The first of equal methods stays.
  std::vector<Method>& methods = parts.methods;
  const auto is_before = [](const Method& a, const Method& b) {
    return CompareIds(a.func, b.func) < 0;
  };
  // The lists of most interfaces are few.
  for (size_t i = 1; i < parts.runs.size(); ++i) {
    const auto middle = methods.begin() + static_cast<ptrdiff_t>(parts.runs[i]);
    const auto end =
        i + 1 < parts.runs.size()
            ? methods.begin() + static_cast<ptrdiff_t>(parts.runs[i + 1])
            : methods.end();
    if (parts.runs.size() > kFewRuns) {
      std::ranges::stable_sort(methods, is_before);
      break;
    }
    std::inplace_merge(methods.begin(), middle, end, is_before);
  }
  std::vector<Func*> distinct;
  distinct.reserve(methods.size());
  for (const Method& method : methods) {
    if (distinct.empty() || CompareIds(distinct.back(), method.func) != 0) {
      distinct.push_back(method.func);
    } else {
      problems.AddDuplicate(method.func, method.embedded_index,
                            distinct.back());
    }
  }

  TypeContext context(*type->table);
  const bool is_shared = parts.only_methods.size() == distinct.size();
  const bool has_all_terms = IsAllTerms(parts.terms);
  return context.arena().New<TypeSet>(TypeSet{
      .methods = is_shared
                     ? parts.only_methods
                     : std::span<Func* const>(context.arena().Copy(distinct)),
      .terms = has_all_terms ? AllTerms()
                             : std::span<const TypeTerm>(
                                   context.arena().Copy(parts.terms)),
      .has_all_terms = has_all_terms,
      .comparable = parts.comparable});
}

void GiveUpTypeSet(const Interface* type) {
  const TypeSet* expected = nullptr;
  type->type_set.compare_exchange_strong(expected, &kTopTypeSet,
                                         std::memory_order_acq_rel,
                                         std::memory_order_acquire);
}

const TypeSet* TypeSetOf(const Interface* type,
                         std::vector<TypeSetProblem>* problems,
                         const TypeStringOptions& text) {
  const TypeSet* const known = type->type_set.load(std::memory_order_acquire);
  if (known != nullptr && problems == nullptr) {
    return known;
  }
  return builder.Compute(type, {.list = problems, .text = text});
}

bool TypeSet::IsComparable() const {
  return has_all_terms ? comparable
                       : std::ranges::all_of(terms, [](const TypeTerm& term) {
                           return Comparable(term.type, /*dynamic=*/false);
                         });
}

Func* TypeSet::LookupMethod(const Package* package, const Name* name,
                            bool fold_case, uint32_t* index) const {
  if (name->is_blank) {
    return nullptr;
  }
  for (size_t i = 0; i < methods.size(); ++i) {
    if (SameId(methods[i], package, name, fold_case)) {
      if (index != nullptr) {
        *index = static_cast<uint32_t>(i);
      }
      return methods[i];
    }
  }
  return nullptr;
}

bool TypeSet::SubsetOf(const TypeSet& other) const {
  if (other.has_all_terms) {
    return true;
  }
  return !has_all_terms && IsSubset(terms, other.terms);
}

const Interface* ConstraintInterface(const TypeParam* type_param) {
  if (const Interface* const known =
          type_param->implicit_bound.load(std::memory_order_acquire)) {
    return known;
  }
  const Interface* const empty =
      type_param->table->universe().empty_interface();
  // A bound that is a type parameter is an error reported elsewhere.
  if (type_param->bound == nullptr || IsTypeParam(type_param->bound)) {
    return empty;
  }
  const Type* const under = Under(type_param->bound);
  if (under == InvalidType()) {
    return empty;
  }
  if (const Interface* const interface = TryAs<Interface>(under)) {
    return interface;
  }
  TypeContext context(*type_param->table);
  const Interface* const wrapped =
      context.NewInterface({}, {&type_param->bound, 1}, /*is_implicit=*/true);
  const Interface* expected = nullptr;
  return type_param->implicit_bound.compare_exchange_strong(
             expected, wrapped, std::memory_order_acq_rel,
             std::memory_order_acquire)
             ? wrapped
             : expected;
}

bool ForEachInTypeSet(
    const Type* type,
    const std::function<bool(const Type* type, const Type* under)>& fn) {
  const TypeParam* const type_param = TryAs<TypeParam>(Unalias(type));
  if (type_param == nullptr) {
    return fn(type, Under(type));
  }
  const TypeSet* const set = TypeSetOf(ConstraintInterface(type_param));
  if (!set->HasTerms()) {
    return fn(nullptr, nullptr);
  }
  return std::ranges::all_of(set->terms, [&fn](const TypeTerm& term) {
    return fn(term.type, Under(term.type));
  });
}

bool AllUnder(const Type* type, const std::function<bool(const Type*)>& fn) {
  return ForEachInTypeSet(
      type, [&fn](const Type*, const Type* under) { return fn(under); });
}

namespace {

// What CommonUnder has found so far.
struct Common {
  const Type* type = nullptr;
  const Type* under = nullptr;
  std::string* cause;
  const TypeStringOptions& text;

  bool Fail(const Type* other, std::string_view before,
            std::string_view after) {
    if (cause != nullptr) {
      *cause = std::string(before) + TypeString(type, text) + " and " +
               TypeString(other, text) + std::string(after);
    }
    return false;
  }

  // Of two directions the restricted one stays.
  bool AddChan(const Chan* known, const Type* next, const Chan* chan) {
    if (!Identical(known->elem, chan->elem)) {
      return Fail(next, "channels ", " have different element types");
    }
    if (known->direction == chan->direction) {
      return true;
    }
    if (known->direction == ChanDirection::kBoth) {
      type = next;
      under = chan;
      return true;
    }
    return chan->direction == ChanDirection::kBoth ||
           Fail(next, "channels ", " have conflicting directions");
  }

  bool Add(const Type* next, const Type* next_under) {
    if (next_under == nullptr) {
      if (cause != nullptr) {
        *cause = "no specific type";
      }
      return false;
    }
    if (under == nullptr) {
      type = next;
      under = next_under;
      return true;
    }
    const Chan* const known = TryAs<Chan>(under);
    const Chan* const chan = TryAs<Chan>(next_under);
    if (known != nullptr && chan != nullptr) {
      return AddChan(known, next, chan);
    }
    return Identical(under, next_under) ||
           Fail(next, "", " have different underlying types");
  }
};

}  // namespace

const Type* CommonUnder(TypeContext& /*context*/, const Type* type,
                        std::string* cause, const TypeStringOptions& text) {
  if (!IsTypeParam(type)) {
    return Under(type);
  }
  Common common{.cause = cause, .text = text};
  const bool found =
      ForEachInTypeSet(type, [&common](const Type* next, const Type* under) {
        return common.Add(next, under);
      });
  return found ? common.under : nullptr;
}

}  // namespace gdlint::types
