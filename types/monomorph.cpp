#include "types/monomorph.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "ast/tree.h"
#include "types/declaration.h"
#include "types/lookup_internal.h"
#include "types/package.h"
#include "types/predicates.h"
#include "types/type_set.h"
#include "types/type_string.h"

namespace gdlint::types {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

// `from` becomes part of `to`'s type argument.
struct Edge {
  uint32_t to;
  uint32_t from;
  // 1 if wrapped in something else, 0 if it is the argument.
  uint32_t weight;
  Place place;
  const Type* type;
};

// A type parameter, or a defined type that depends on those around it.
struct Vertex {
  const TypeName* name;
  bool is_type_param;
  // The heaviest path to it so far: its weight, length and last edge.
  uint32_t weight = 0;
  uint32_t length = 0;
  uint32_t last_edge = kNone;
};

class Graph {
 public:
  explicit Graph(const Package& package) : package_(package) {
    FindCanonical();
  }

  void Add(const InstantiationEdge& edge);
  // The last vertex of a path that goes in a circle and grows, or kNone.
  uint32_t FindGrowingPath();
  EndlessInstantiation Describe(uint32_t vertex) const;

 private:
  // What an instantiation is walked with.
  struct Flow {
    const InstantiationEdge& edge;
    uint32_t to;
    std::unordered_set<const Type*> seen;
  };

  void FindCanonical();
  void Visit(Flow& flow, const Type* type);
  void VisitNamed(Flow& flow, const Named* named);
  void VisitParts(Flow& flow, const Type* type);
  void VisitTuple(Flow& flow, const Tuple* tuple);
  void AddFlow(Flow& flow, uint32_t from, const Type* type);
  uint32_t ParamVertex(const TypeParam* type_param);
  // kNone for types that depend on no type parameters around them.
  uint32_t LocalVertex(const Named* named);
  uint32_t NewVertex(const TypeName* name, bool is_type_param) {
    vertices_.push_back({name, is_type_param});
    return static_cast<uint32_t>(vertices_.size() - 1);
  }
  const Func* EnclosingFunction(const Place& place) const;

  const Package& package_;
  std::vector<Vertex> vertices_;
  std::vector<Edge> edges_;
  std::unordered_map<const TypeName*, uint32_t> by_name_;
  // The type's own parameters by those that its methods give other names.
  std::unordered_map<const TypeParam*, const TypeParam*> canonical_;
};

void Graph::FindCanonical() {
  for (const Object* const object : package_.state->objects) {
    const Func* const method = TryAs<Func>(object);
    if (method == nullptr || method->recv_type_params.empty() ||
        method->recv == nullptr) {
      continue;
    }
    const Named* const named = AsNamed(Deref(method->recv));
    if (named == nullptr) {
      continue;
    }
    const std::span<const TypeParam* const> own = TypeParamsOf(named);
    const size_t count = std::min(own.size(), method->recv_type_params.size());
    for (size_t i = 0; i < count; ++i) {
      canonical_.emplace(method->recv_type_params[i], own[i]);
    }
  }
}

uint32_t Graph::ParamVertex(const TypeParam* type_param) {
  const auto it = canonical_.find(type_param);
  const TypeName* const name =
      (it != canonical_.end() ? it->second : type_param)->obj;
  const auto [vertex, is_new] = by_name_.try_emplace(name, kNone);
  if (is_new) {
    vertex->second = NewVertex(name, true);
  }
  return vertex->second;
}

// Whose body `place` is in, or null.
const Func* Graph::EnclosingFunction(const Place& place) const {
  for (const BodyTask& body : package_.bodies) {
    if (body.file != place.file || !body.decl.has_value()) {
      continue;
    }
    const source::Span span = ast::SpanOf(*body.file->tree, body.decl);
    if (span.begin <= place.pos && place.pos < span.end) {
      return body.func;
    }
  }
  return nullptr;
}

uint32_t Graph::LocalVertex(const Named* named) {
  const TypeName* const name = named->obj;
  // Scopes of functions may be gone: only the address is looked at.
  if (name->package != &package_ || name->parent == package_.scope) {
    return kNone;
  }
  const auto [it, is_new] = by_name_.try_emplace(name, kNone);
  if (!is_new) {
    return it->second;
  }
  const Func* const func = EnclosingFunction(name->place);
  if (func == nullptr) {
    return kNone;
  }
  std::vector<const TypeParam*> around(func->recv_type_params.begin(),
                                       func->recv_type_params.end());
  if (const Signature* const signature = TryAs<Signature>(func->type)) {
    around.insert(around.end(), signature->type_params.begin(),
                  signature->type_params.end());
  }
  if (around.empty()) {
    return kNone;
  }
  const uint32_t vertex = NewVertex(name, false);
  it->second = vertex;
  for (const TypeParam* const param : around) {
    edges_.push_back({vertex, ParamVertex(param), 1, name->place, param});
  }
  return vertex;
}

void Graph::AddFlow(Flow& flow, uint32_t from, const Type* type) {
  const uint32_t weight = type == Unalias(flow.edge.type_arg) ? 0 : 1;
  edges_.push_back(
      {flow.to, from, weight, flow.edge.place, flow.edge.type_arg});
}

void Graph::VisitNamed(Flow& flow, const Named* named) {
  const uint32_t vertex = LocalVertex(named->origin);
  if (vertex != kNone) {
    AddFlow(flow, vertex, named);
  }
  for (const Type* const arg : named->type_args) {
    Visit(flow, arg);
  }
}

void Graph::VisitTuple(Flow& flow, const Tuple* tuple) {
  if (tuple != nullptr) {
    for (const Param& param : tuple->params) {
      Visit(flow, param.type);
    }
  }
}

void Graph::VisitParts(Flow& flow, const Type* type) {
  switch (type->kind) {
    case TypeKind::kArray:
      return Visit(flow, As<Array>(type)->elem);
    case TypeKind::kSlice:
      return Visit(flow, As<Slice>(type)->elem);
    case TypeKind::kPointer:
      return Visit(flow, As<Pointer>(type)->elem);
    case TypeKind::kChan:
      return Visit(flow, As<Chan>(type)->elem);
    case TypeKind::kMap:
      Visit(flow, As<Map>(type)->key);
      return Visit(flow, As<Map>(type)->elem);
    case TypeKind::kTuple:
      return VisitTuple(flow, As<Tuple>(type));
    case TypeKind::kSignature:
      VisitTuple(flow, As<Signature>(type)->params);
      return VisitTuple(flow, As<Signature>(type)->results);
    case TypeKind::kStruct:
      for (const Var* const field : As<Struct>(type)->fields) {
        Visit(flow, field->type);
      }
      return;
    case TypeKind::kInterface:
      for (const Func* const method : TypeSetOf(As<Interface>(type))->methods) {
        Visit(flow, method->type);
      }
      return;
    case TypeKind::kBasic:
    case TypeKind::kNamed:
    case TypeKind::kAlias:
    case TypeKind::kTypeParam:
    case TypeKind::kUnion:
      return;
  }
}

void Graph::Visit(Flow& flow, const Type* type) {
  type = Unalias(type);
  if (type == nullptr || type->kind == TypeKind::kBasic ||
      !flow.seen.insert(type).second) {
    return;
  }
  if (const TypeParam* const param = TryAs<TypeParam>(type)) {
    AddFlow(flow, ParamVertex(param), param);
  } else if (const Named* const named = TryAs<Named>(type)) {
    VisitNamed(flow, named);
  } else {
    VisitParts(flow, type);
  }
}

void Graph::Add(const InstantiationEdge& edge) {
  // Packages cannot import each other in a circle, so that a cycle of
  // instantiations lies in one package.
  if (edge.type_param == nullptr || edge.type_arg == nullptr ||
      edge.type_param->obj->package != &package_ ||
      Unalias(edge.type_arg)->kind == TypeKind::kBasic) {
    return;
  }
  Flow flow = {edge, ParamVertex(edge.type_param), {}};
  Visit(flow, edge.type_arg);
}

// Bellman and Ford's algorithm for the heaviest paths: either they stop
// changing or one becomes so long that it must go in a circle.
uint32_t Graph::FindGrowingPath() {
  bool again = true;
  while (again) {
    again = false;
    for (uint32_t i = 0; i < edges_.size(); ++i) {
      const Vertex& from = vertices_[edges_[i].from];
      Vertex& to = vertices_[edges_[i].to];
      const uint32_t weight = from.weight + edges_[i].weight;
      if (weight <= to.weight) {
        continue;
      }
      to.last_edge = i;
      to.length = from.length + 1;
      if (to.length == vertices_.size()) {
        return edges_[i].to;
      }
      to.weight = weight;
      again = true;
    }
  }
  return kNone;
}

EndlessInstantiation Graph::Describe(uint32_t vertex) const {
  // The path's end may lie behind the circle: goes back until a vertex comes
  // again, then forgets those before it.
  std::vector<uint32_t> path;
  std::vector<bool> seen(vertices_.size());
  while (!seen[vertex]) {
    path.push_back(vertex);
    seen[vertex] = true;
    vertex = edges_[vertices_[vertex].last_edge].from;
  }
  path.erase(path.begin(), std::ranges::find(path, vertex));

  EndlessInstantiation result = {vertices_[vertex].name->place,
                                 "instantiation cycle:"};
  for (const uint32_t step : path) {
    const Vertex& at = vertices_[step];
    const Edge& edge = edges_[at.last_edge];
    result.message += "\n\t" + PlaceText(edge.place) + ": " +
                      std::string(at.name->name->text()) +
                      (at.is_type_param ? " instantiated as "
                                        : " implicitly parameterized by ");
    AppendTypeString(edge.type, {Qualify::kName, &package_}, result.message);
  }
  return result;
}

}  // namespace

std::vector<EndlessInstantiation> FindEndlessInstantiation(
    const Package& package, std::span<const InstantiationEdge> edges) {
  if (edges.empty()) {
    return {};
  }
  Graph graph(package);
  for (const InstantiationEdge& edge : edges) {
    graph.Add(edge);
  }
  const uint32_t end = graph.FindGrowingPath();
  if (end == kNone) {
    return {};
  }
  return {graph.Describe(end)};
}

}  // namespace gdlint::types
