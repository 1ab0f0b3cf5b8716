#include <nlohmann/json.hpp>

#include "report/explanation.h"

namespace gdlint::report {
namespace {

using nlohmann::ordered_json;

const char* StopsName(Stops stops) {
  switch (stops) {
    case Stops::kNever:
      return "never";
    case Stops::kPerhaps:
      return "perhaps";
    case Stops::kAlways:
      return "always";
  }
  return "";
}

ordered_json OfPlace(const Explanation& explanation, const Place& place) {
  ordered_json json = {
      {"file", place.file.empty() ? explanation.file : place.file},
      {"line", place.begin.line},
      {"column", place.begin.column},
      {"end_line", place.end.line},
      {"end_column", place.end.column}};
  if (!place.message.empty()) {
    json["message"] = place.message;
  }
  return json;
}

ordered_json OfStacks(const PossibleStacks& stacks) {
  ordered_json json = ordered_json::array();
  for (const Stack& stack : stacks.stacks) {
    ordered_json groups = ordered_json::array();
    for (const StackGroup& group : stack) {
      groups.push_back({{"calls", group.calls}, {"repeats", group.repeats}});
    }
    json.push_back(std::move(groups));
  }
  return json;
}

ordered_json OfResult(const Explanation& explanation,
                      const ResultSeen& result) {
  ordered_json stores = ordered_json::array();
  for (const ResultStore& store : result.stores) {
    ordered_json json = OfPlace(explanation, store.place);
    json["text"] = store.text;
    json["deferred"] = store.by == 0 ? ordered_json() : ordered_json(store.by);
    json["part"] = store.is_part;
    json["certain"] = !store.is_perhaps;
    stores.push_back(std::move(json));
  }
  return {{"name", result.name},
          {"stores", std::move(stores)},
          {"may_be_zero", result.may_be_zero},
          {"complete", result.is_known}};
}

ordered_json OfState(const Explanation& explanation,
                     const ResourceState& state) {
  const bool has_place = state.place.begin.line != 0;
  return {
      {"resource", state.resource},
      {"state", HoldingName(state.holding)},
      {"place", has_place ? OfPlace(explanation, state.place) : ordered_json()},
      {"text", state.text},
      {"deferred", state.by == 0 ? ordered_json() : ordered_json(state.by)}};
}

ordered_json OfExit(const Explanation& explanation, const Exit& exit) {
  ordered_json json = {{"kind", ExitKindName(exit.kind)},
                       {"certain", !exit.is_perhaps}};
  json["places"] = ordered_json::array();
  for (const Place& place : exit.places) {
    json["places"].push_back(OfPlace(explanation, place));
  }
  if (exit.kind != ExitKind::kRecovered) {
    json["runs_deferred"] = exit.runs_deferred();
    json["stacks"] = OfStacks(exit.stacks);
    if (!exit.stacks.calls.empty()) {
      json["possible"] = ordered_json::array();
      for (const PossibleCall& call : exit.stacks.calls) {
        json["possible"].push_back({{"call", call.call},
                                    {"certain", call.is_certain},
                                    {"repeats", call.repeats}});
      }
    }
  }
  if (exit.kind == ExitKind::kPanic || exit.kind == ExitKind::kPossiblePanics) {
    json["stopped"] = StopsName(exit.stops);
    json["stopped_by"] = exit.stopped_by;
  }
  if (exit.kind == ExitKind::kReturn || exit.kind == ExitKind::kRecovered) {
    json["results"] = ordered_json::array();
    for (const ResultSeen& result : exit.results) {
      json["results"].push_back(OfResult(explanation, result));
    }
  }
  json["resources"] = ordered_json::array();
  for (const ResourceState& state : exit.resources) {
    json["resources"].push_back(OfState(explanation, state));
  }
  return json;
}

ordered_json OfDeferred(const Explanation& explanation, uint32_t number,
                        const DeferredCall& call) {
  ordered_json values = ordered_json::array();
  for (const KeptValue& value : call.values) {
    values.push_back({{"text", value.text},
                      {"is_address", value.is_address},
                      {"origins", value.origins}});
  }
  ordered_json json = {{"number", number}};
  json.update(OfPlace(explanation, call.place));
  json["values"] = std::move(values);
  json["reads"] = call.reads;
  json["writes"] = call.writes;
  json["stops"] = StopsName(call.stops);
  json["panics"] = call.panics;
  return json;
}

ordered_json OfFunction(const Explanation& explanation) {
  ordered_json json = {{"name", explanation.name}};
  json.update(OfPlace(explanation, explanation.place));
  json["ends"] = explanation.ends;
  json["complete"] = !explanation.is_cut;
  json["deferred"] = ordered_json::array();
  for (uint32_t i = 0; i < explanation.deferred.size(); ++i) {
    json["deferred"].push_back(
        OfDeferred(explanation, i + 1, explanation.deferred[i]));
  }
  json["recovers"] = ordered_json::array();
  for (const RecoverCall& call : explanation.recovers) {
    ordered_json recover = OfPlace(explanation, call.place);
    recover["stops"] = StopsName(call.stops);
    json["recovers"].push_back(std::move(recover));
  }
  json["resources"] = ordered_json::array();
  for (const Resource& resource : explanation.resources) {
    ordered_json item = OfPlace(explanation, resource.place);
    item["name"] = resource.name;
    item["kind"] = resource.kind;
    item["complete"] = resource.is_known;
    item["left_in_loop"] = resource.is_left_in_loop;
    json["resources"].push_back(std::move(item));
  }
  json["nil_uses"] = ordered_json::array();
  for (const Place& place : explanation.nil_uses) {
    json["nil_uses"].push_back(OfPlace(explanation, place));
  }
  json["exits"] = ordered_json::array();
  for (const Exit& exit : explanation.exits) {
    json["exits"].push_back(OfExit(explanation, exit));
  }
  return json;
}

}  // namespace

std::string ExplanationsAsJson(std::span<const Explanation> explanations) {
  ordered_json functions = ordered_json::array();
  for (const Explanation& explanation : explanations) {
    functions.push_back(OfFunction(explanation));
  }
  return ordered_json({{"functions", std::move(functions)}})
             .dump(2, ' ', false, ordered_json::error_handler_t::replace) +
         "\n";
}

}  // namespace gdlint::report
