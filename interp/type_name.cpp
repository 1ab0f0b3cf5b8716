#include "interp/type_name.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <vector>

#include "support/quote.h"
#include "types/object.h"
#include "types/package.h"
#include "types/type_set.h"
#include "types/universe.h"

namespace gdlint::interp {
namespace {

// The number by which gc tells the local types of a package apart: they are
// counted in the order of the source. 0 for others.
uint32_t LocalTypeNumber(const types::TypeName* object) {
  const types::Package* const package = object->package;
  if (package == nullptr || object->parent == package->scope ||
      !object->place.is_valid()) {
    return 0;
  }
  uint32_t number = 0;
  for (const auto& file : package->files) {
    if (file->tree == nullptr) {
      continue;
    }
    std::vector<source::Pos> places;
    for (const auto& spec : file->tree->All<ast::TypeSpec>()) {
      const source::Pos pos = file->tree->Get(spec.name).pos;
      const types::Name* const name = file->unit->NameOf(spec.name);
      const types::Object* const global =
          name->is_blank ? nullptr : package->scope->Lookup(name);
      const bool is_global = global != nullptr &&
                             global->place.file == file.get() &&
                             global->place.pos == pos;
      if (!is_global && !spec.assign.is_valid()) {
        places.push_back(pos);
      }
    }
    const bool is_in_file = object->place.file == file.get();
    number += static_cast<uint32_t>(
        is_in_file
            ? std::ranges::count_if(
                  places, [&](source::Pos p) { return p <= object->place.pos; })
            : places.size());
    if (is_in_file) {
      return number;
    }
  }
  return 0;
}

// Writes two forms: `link` is that of type arguments, with whole paths, numbers
// of local types and packages of unexported fields.
class NameWriter {
 public:
  explicit NameWriter(std::string& out) : out_(out) {}

  void Write(const types::Type* type, bool link) {
    type = types::Unalias(type);
    switch (type->kind) {
      case types::TypeKind::kBasic:
        return WriteBasic(types::As<types::Basic>(type));
      case types::TypeKind::kNamed:
        return WriteNamed(types::As<types::Named>(type), link);
      case types::TypeKind::kArray:
        out_ +=
            '[' + std::to_string(types::As<types::Array>(type)->length) + ']';
        return Write(types::As<types::Array>(type)->elem, link);
      case types::TypeKind::kSlice:
        out_ += "[]";
        return Write(types::As<types::Slice>(type)->elem, link);
      case types::TypeKind::kPointer:
        out_ += '*';
        return Write(types::As<types::Pointer>(type)->elem, link);
      case types::TypeKind::kMap:
        out_ += "map[";
        Write(types::As<types::Map>(type)->key, link);
        out_ += ']';
        return Write(types::As<types::Map>(type)->elem, link);
      case types::TypeKind::kChan:
        return WriteChan(types::As<types::Chan>(type), link);
      case types::TypeKind::kSignature:
        out_ += "func";
        return WriteSignature(types::As<types::Signature>(type), link);
      case types::TypeKind::kStruct:
        return WriteStruct(types::As<types::Struct>(type), link);
      case types::TypeKind::kInterface:
        return WriteInterface(types::As<types::Interface>(type), link);
      case types::TypeKind::kTypeParam:
        out_ += types::As<types::TypeParam>(type)->obj->name->text();
        return;
      default:
        out_ += '?';
        return;
    }
  }

  void WriteLocalName(const types::Named* named, bool link) {
    out_ += named->obj->name->text();
    if (named->is_instance()) {
      // Those of the function that a local type is declared in come first.
      const size_t implicit =
          named->type_args.size() - types::TypeParamsOf(named).size();
      out_ += '[';
      for (size_t i = 0; i < named->type_args.size(); ++i) {
        if (i > 0) {
          out_ += i == implicit ? ';' : ',';
        }
        Write(named->type_args[i], /*link=*/true);
      }
      out_ += ']';
    }
    if (link) {
      if (const uint32_t number = LocalTypeNumber(named->obj)) {
        out_ += "·" + std::to_string(number);
      }
    }
  }

 private:
  void WriteBasic(const types::Basic* type) {
    switch (type->basic) {
      case types::BasicKind::kUnsafePointer:
        out_ += "unsafe.Pointer";
        return;
      // Not `byte` and `rune`.
      case types::BasicKind::kUint8:
      case types::BasicKind::kInt32:
        out_ += types::Typ(type->basic)->name;
        return;
      default:
        out_ += type->name;
        return;
    }
  }

  void WriteQualifier(const types::Package* package, bool link) {
    if (package != nullptr) {
      out_ += link ? package->path : package->name;
      out_ += '.';
    }
  }

  void WriteNamed(const types::Named* named, bool link) {
    WriteQualifier(named->obj->package, link);
    WriteLocalName(named, link);
  }

  void WriteChan(const types::Chan* chan, bool link) {
    switch (chan->direction) {
      case types::ChanDirection::kSendOnly:
        out_ += "chan<- ";
        break;
      case types::ChanDirection::kReceiveOnly:
        out_ += "<-chan ";
        break;
      case types::ChanDirection::kBoth: {
        out_ += "chan ";
        const auto* const elem =
            types::TryAs<types::Chan>(types::Unalias(chan->elem));
        if (elem != nullptr &&
            elem->direction == types::ChanDirection::kReceiveOnly) {
          out_ += '(';
          Write(elem, link);
          out_ += ')';
          return;
        }
        break;
      }
    }
    Write(chan->elem, link);
  }

  void WriteSignature(const types::Signature* signature, bool link) {
    out_ += '(';
    const auto params = signature->params->params;
    for (size_t i = 0; i < params.size(); ++i) {
      if (i > 0) {
        out_ += ", ";
      }
      const auto* const rest =
          signature->variadic && i + 1 == params.size()
              ? types::TryAs<types::Slice>(types::Unalias(params[i].type))
              : nullptr;
      if (rest != nullptr) {
        out_ += "...";
        Write(rest->elem, link);
      } else {
        Write(params[i].type, link);
      }
    }
    out_ += ')';
    const auto results = signature->results->params;
    if (results.size() == 1) {
      out_ += ' ';
      Write(results[0].type, link);
    } else if (!results.empty()) {
      out_ += " (";
      for (size_t i = 0; i < results.size(); ++i) {
        if (i > 0) {
          out_ += ", ";
        }
        Write(results[i].type, link);
      }
      out_ += ')';
    }
  }

  void WriteStruct(const types::Struct* type, bool link) {
    out_ += "struct {";
    for (size_t i = 0; i < type->fields.size(); ++i) {
      const types::Var* const field = type->fields[i];
      out_ += i > 0 ? "; " : " ";
      if (!field->is_embedded) {
        if (link && !field->name->is_exported) {
          WriteQualifier(field->package, link);
        }
        out_ += field->name->text();
        out_ += ' ';
      }
      Write(field->type, link);
      if (!type->tags.empty() && !type->tags[i].empty()) {
        out_ += ' ';
        AppendQuoted(type->tags[i], out_);
      }
    }
    out_ += type->fields.empty() ? "}" : " }";
  }

  void WriteInterface(const types::Interface* type, bool link) {
    std::vector<const types::Func*> methods;
    for (const types::Func* const method : types::TypeSetOf(type)->methods) {
      methods.push_back(method);
    }
    std::ranges::sort(methods, [](const auto* a, const auto* b) {
      return std::tuple(!a->name->is_exported, a->name->text()) <
             std::tuple(!b->name->is_exported, b->name->text());
    });
    out_ += "interface {";
    for (size_t i = 0; i < methods.size(); ++i) {
      out_ += i > 0 ? "; " : " ";
      if (!methods[i]->name->is_exported) {
        WriteQualifier(methods[i]->package, link);
      }
      out_ += methods[i]->name->text();
      WriteSignature(methods[i]->signature(), link);
    }
    out_ += methods.empty() ? "}" : " }";
  }

  std::string& out_;
};

}  // namespace

std::string RunTypeName(const types::Type* type) {
  std::string name;
  NameWriter(name).Write(type, /*link=*/false);
  return name;
}

std::string RunTypeLocalName(const types::Named* named) {
  std::string name;
  NameWriter(name).WriteLocalName(named, /*link=*/false);
  return name;
}

}  // namespace gdlint::interp
