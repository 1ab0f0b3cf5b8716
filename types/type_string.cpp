#include "types/type_string.h"

#include <algorithm>
#include <string_view>

#include "support/quote.h"
#include "types/package.h"
#include "types/predicates.h"
#include "types/scope.h"
#include "types/type_table.h"
#include "types/universe.h"

namespace gdlint::types {
namespace {

class TypeWriter {
 public:
  TypeWriter(const TypeStringOptions& options, std::string& out)
      : options_(options), out_(out), limit_(out.size() + options.max_size) {}
  ~TypeWriter() {
    if (out_.size() > limit_) {
      out_.resize(limit_);
      // Not within a character.
      while (!out_.empty() && (out_.back() & 0x80) != 0) {
        out_.pop_back();
      }
      out_ += "…";
    }
  }
  TypeWriter(const TypeWriter&) = delete;
  TypeWriter& operator=(const TypeWriter&) = delete;

  void Write(const Type* type) {
    if (out_.size() > limit_) {
      return;
    }
    if (type == nullptr) {
      out_ += "<nil>";
      return;
    }
    switch (type->kind) {
      case TypeKind::kBasic:
        return WriteBasic(As<Basic>(type));
      case TypeKind::kArray:
        out_ += '[' + std::to_string(As<Array>(type)->length) + ']';
        return Write(As<Array>(type)->elem);
      case TypeKind::kSlice:
        out_ += "[]";
        return Write(As<Slice>(type)->elem);
      case TypeKind::kPointer:
        out_ += '*';
        return Write(As<Pointer>(type)->elem);
      case TypeKind::kMap:
        out_ += "map[";
        Write(As<Map>(type)->key);
        out_ += ']';
        return Write(As<Map>(type)->elem);
      case TypeKind::kStruct:
        return WriteStruct(As<Struct>(type));
      case TypeKind::kTuple:
        return WriteTuple(As<Tuple>(type), /*variadic=*/false);
      case TypeKind::kSignature:
        out_ += "func";
        return WriteSignature(As<Signature>(type));
      case TypeKind::kUnion:
        return WriteUnion(As<Union>(type));
      case TypeKind::kInterface:
        return WriteInterface(As<Interface>(type));
      case TypeKind::kChan:
        return WriteChan(As<Chan>(type));
      case TypeKind::kNamed: {
        const Named* const named = As<Named>(type);
        return WriteDeclared(named->obj, named->type_args, named->type_params);
      }
      case TypeKind::kAlias: {
        const Alias* const alias = As<Alias>(type);
        return WriteDeclared(alias->obj, alias->type_args, alias->type_params);
      }
      case TypeKind::kTypeParam:
        return WriteTypeParam(As<TypeParam>(type));
    }
  }

  void WriteSignature(const Signature* signature) {
    if (!signature->type_params.empty()) {
      WriteTypeParams(signature->type_params);
    }
    WriteTuple(signature->params, signature->variadic);
    const std::span<const Param> results = signature->results->params;
    if (results.empty()) {
      return;
    }
    out_ += ' ';
    if (results.size() == 1 && results.front().name == nullptr) {
      Write(results.front().type);
    } else {
      WriteTuple(signature->results, /*variadic=*/false);
    }
  }

  // `[P, Q any, R int]`.
  void WriteTypeParams(std::span<const TypeParam* const> type_params) {
    out_ += '[';
    for (size_t i = 0; i < type_params.size(); ++i) {
      if (i > 0) {
        if (!HasSameBound(type_params[i - 1], type_params[i])) {
          WriteBound(type_params[i - 1]);
        }
        out_ += ", ";
      }
      Write(type_params[i]);
    }
    if (!type_params.empty()) {
      WriteBound(type_params.back());
    }
    out_ += ']';
  }

  void WritePackagePrefix(const Package* package) {
    if (package == nullptr || package == options_.relative_to) {
      return;
    }
    if (options_.qualify == Qualify::kName &&
        options_.ambiguous_names != nullptr &&
        options_.ambiguous_names->contains(package->name)) {
      AppendQuoted(package->path, out_);
      out_ += '.';
      return;
    }
    const std::string& name =
        options_.qualify == Qualify::kPath ? package->path : package->name;
    if (!name.empty()) {
      out_ += name;
      out_ += '.';
    }
  }

 private:
  void WriteBasic(const Basic* type) {
    if (type->basic == BasicKind::kUnsafePointer) {
      out_ += "unsafe.";
    }
    out_ += type->name;
  }

  void WriteName(const Name* name) {
    if (name != nullptr) {
      out_ += name->text();
    }
  }

  void WriteStruct(const Struct* type) {
    out_ += "struct{";
    for (size_t i = 0; i < type->fields.size(); ++i) {
      const Var* const field = type->fields[i];
      if (i > 0) {
        out_ += "; ";
      }
      if (!field->is_embedded) {
        WriteName(field->name);
        out_ += ' ';
      }
      Write(field->type);
      if (!type->tags.empty() && !type->tags[i].empty()) {
        out_ += ' ';
        AppendQuoted(type->tags[i], out_);
      }
    }
    out_ += '}';
  }

  void WriteTuple(const Tuple* tuple, bool variadic) {
    out_ += '(';
    for (size_t i = 0; i < tuple->params.size(); ++i) {
      const Param& param = tuple->params[i];
      if (i > 0) {
        out_ += ", ";
      }
      if (options_.param_names && param.name != nullptr &&
          param.name->size > 0) {
        WriteName(param.name);
        out_ += ' ';
      }
      if (variadic && i + 1 == tuple->params.size()) {
        WriteVariadic(param.type);
      } else {
        Write(param.type);
      }
    }
    out_ += ')';
  }

  void WriteVariadic(const Type* type) {
    if (const Slice* const slice = TryAs<Slice>(type)) {
      out_ += "...";
      Write(slice->elem);
    } else {
      // What append takes for its second argument, if that is a string.
      Write(type);
      out_ += "...";
    }
  }

  void WriteUnion(const Union* type) {
    for (size_t i = 0; i < type->terms.size(); ++i) {
      if (i > 0) {
        out_ += " | ";
      }
      if (type->terms[i].tilde) {
        out_ += '~';
      }
      Write(type->terms[i].type);
    }
  }

  void WriteInterface(const Interface* type) {
    const Universe& universe = type->table->universe();
    if (type == universe.any_type()->from_rhs) {
      out_ += "any";
      return;
    }
    if (type == universe.comparable_type()->from_rhs) {
      out_ += "interface{comparable}";
      return;
    }
    if (type->is_implicit) {
      if (type->methods.empty() && type->embeddeds.size() == 1) {
        return Write(type->embeddeds.front());
      }
      out_ += "/* implicit */ ";
    }
    out_ += "interface{";
    std::string_view separator;
    for (const Func* const method : type->methods) {
      out_ += separator;
      WriteName(method->name);
      if (method->type != nullptr) {
        WriteSignature(method->signature());
      }
      separator = "; ";
    }
    for (const Type* const embedded : type->embeddeds) {
      out_ += separator;
      Write(embedded);
      separator = "; ";
    }
    out_ += '}';
  }

  void WriteChan(const Chan* type) {
    bool has_parens = false;
    switch (type->direction) {
      case ChanDirection::kBoth: {
        out_ += "chan ";
        const Chan* const elem = TryAs<Chan>(type->elem);
        has_parens =
            elem != nullptr && elem->direction == ChanDirection::kReceiveOnly;
        break;
      }
      case ChanDirection::kSendOnly:
        out_ += "chan<- ";
        break;
      case ChanDirection::kReceiveOnly:
        out_ += "<-chan ";
        break;
    }
    if (has_parens) {
      out_ += '(';
    }
    Write(type->elem);
    if (has_parens) {
      out_ += ')';
    }
  }

  void WriteDeclared(const TypeName* obj,
                     std::span<const Type* const> type_args,
                     std::span<const TypeParam* const> type_params) {
    WritePackagePrefix(obj->package);
    WriteName(obj->name);
    if (!type_args.empty()) {
      std::string_view separator = "[";
      for (const Type* const arg : type_args) {
        out_ += separator;
        Write(arg);
        separator = ", ";
      }
      out_ += ']';
    } else if (!type_params.empty()) {
      WriteTypeParams(type_params);
    }
  }

  void WriteTypeParam(const TypeParam* type) {
    WriteName(type->obj->name);
    // Not to be taken for the predeclared `int`, say.
    const Scope& universe = type->table->universe().scope();
    if (universe.Lookup(type->obj->name) != nullptr) {
      out_ += "/* type parameter */";
    }
  }

  // As go/types' printing: every type parameter has an interface of its own for
  // a bound that is none.
  static bool HasSameBound(const TypeParam* a, const TypeParam* b) {
    return a->bound == b->bound &&
           (a->bound == nullptr || !IsValid(a->bound) || IsInterface(a->bound));
  }

  void WriteBound(const TypeParam* type_param) {
    if (type_param->bound != nullptr) {
      out_ += ' ';
      Write(type_param->bound);
    }
  }

  const TypeStringOptions options_;
  std::string& out_;
  const size_t limit_;
};

// The declared members of a package are qualified, local names are not.
bool IsPackageLevel(const Object* object) {
  return object->package != nullptr && object->package->scope != nullptr &&
         object->name != nullptr &&
         object->package->scope->Lookup(object->name) == object;
}

void AppendFunc(const Func* func, const TypeStringOptions& options,
                std::string& out) {
  out += "func ";
  TypeWriter writer(options, out);
  if (func->type != nullptr) {
    if (func->recv == nullptr) {
      writer.WritePackagePrefix(func->package);
    } else {
      out += '(';
      if (func->recv->kind == TypeKind::kInterface) {
        out += "interface";
      } else {
        writer.Write(func->recv);
      }
      out += ").";
    }
  }
  out += func->name->text();
  if (func->type != nullptr) {
    writer.WriteSignature(func->signature());
  }
}

void AppendPkgName(const PkgName* name, std::string& out) {
  out += "package ";
  out += name->name->text();
  if (name->imported != nullptr && !name->imported->path.empty() &&
      name->imported->path != name->name->text()) {
    out += " (";
    AppendQuoted(name->imported->path, out);
    out += ')';
  }
}

std::string_view KindWord(const Object* object) {
  switch (object->kind) {
    case ObjectKind::kConst:
      return "const ";
    case ObjectKind::kTypeName:
      return object->type != nullptr && IsTypeParam(object->type)
                 ? "type parameter "
                 : "type ";
    case ObjectKind::kVar:
      return static_cast<const Var*>(object)->var_kind == VarKind::kFieldVar
                 ? "field "
                 : "var ";
    case ObjectKind::kLabel:
      return "label ";
    case ObjectKind::kBuiltin:
      return "builtin ";
    default:
      return "";
  }
}

std::span<const TypeParam* const> OwnTypeParams(const Type* type) {
  if (const Named* const named = TryAs<Named>(type)) {
    return named->type_params;
  }
  const Alias* const alias = TryAs<Alias>(type);
  return alias != nullptr ? alias->type_params
                          : std::span<const TypeParam* const>();
}

// What follows the name of a declared type.
void AppendDeclaration(const TypeName* object, TypeWriter& writer,
                       std::string& out) {
  const Type* const type = object->type;
  if (type->kind == TypeKind::kBasic) {
    return;
  }
  const std::span<const TypeParam* const> type_params = OwnTypeParams(type);
  if (!type_params.empty()) {
    writer.WriteTypeParams(type_params);
  }
  if (const Alias* const alias = TryAs<Alias>(type)) {
    const bool is_any = object->package == nullptr;
    out += is_any ? " = interface{}" : " = ";
    if (!is_any) {
      writer.Write(alias->from_rhs);
    }
    return;
  }
  out += ' ';
  const TypeParam* const type_param = TryAs<TypeParam>(type);
  writer.Write(type_param != nullptr ? type_param->bound : Under(type));
}

}  // namespace

void AppendTypeString(const Type* type, const TypeStringOptions& options,
                      std::string& out) {
  TypeWriter(options, out).Write(type);
}

std::string TypeString(const Type* type, const TypeStringOptions& options) {
  std::string out;
  AppendTypeString(type, options, out);
  return out;
}

void AppendSignature(const Signature* signature,
                     const TypeStringOptions& options, std::string& out) {
  TypeWriter(options, out).WriteSignature(signature);
}

namespace {

// Of what is neither a function nor a package's name.
void AppendOther(const Object* object, const TypeStringOptions& options,
                 std::string& out) {
  out += KindWord(object);
  TypeWriter writer(options, out);
  if (IsPackageLevel(object)) {
    writer.WritePackagePrefix(object->package);
  }
  if (object->name != nullptr) {
    out += object->name->text();
  }
  if (object->type == nullptr || object->kind == ObjectKind::kLabel ||
      object->kind == ObjectKind::kBuiltin) {
    return;
  }
  if (const TypeName* const type_name = TryAs<TypeName>(object)) {
    AppendDeclaration(type_name, writer, out);
  } else {
    out += ' ';
    writer.Write(object->type);
  }
}

}  // namespace

std::string ObjectString(const Object* object,
                         const TypeStringOptions& options) {
  std::string out;
  if (const Func* const func = TryAs<Func>(object)) {
    AppendFunc(func, options, out);
  } else if (const PkgName* const name = TryAs<PkgName>(object)) {
    AppendPkgName(name, out);
  } else if (object->kind == ObjectKind::kNil) {
    out = "nil";
  } else {
    AppendOther(object, options, out);
  }
  return out;
}

}  // namespace gdlint::types
