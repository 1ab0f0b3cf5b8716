#include "interp/value_text.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "interp/closure.h"
#include "interp/format_value.h"
#include "interp/map.h"
#include "interp/program.h"
#include "interp/run_error_text.h"
#include "support/quote.h"
#include "support/utf8.h"

namespace gdlint::interp {
namespace {

template <typename T>
T Read(const void* address) {
  T value;
  std::memcpy(&value, address, sizeof(T));
  return value;
}

const std::byte* Bytes(const void* address) {
  return static_cast<const std::byte*>(address);
}

class ValueWriter {
 public:
  ValueWriter(const ValueTextOptions& options, std::string& out)
      : options_(options), out_(out) {}

  // `is_typed`: the type is clear from where it stands.
  void Write(const RunType* type, const void* memory, int depth,
             bool is_typed) {
    switch (type->kind) {
      case Kind::kString:
        return WriteNamed(type, is_typed,
                          [&] { WriteString(Read<StringValue>(memory)); });
      case Kind::kInterface: {
        const auto held = Read<InterfaceValue>(memory);
        if (held.type == nullptr) {
          out_ += "nil";
          return;
        }
        return Write(held.type,
                     held.type->is_direct ? static_cast<const void*>(&held.data)
                                          : held.data,
                     depth, IsDefault(held.type));
      }
      case Kind::kPointer:
        return WritePointer(type, Read<const void*>(memory), depth);
      case Kind::kFunc:
        return WriteFunc(Read<Closure*>(memory));
      case Kind::kMap:
        return WriteMap(type, Read<Map*>(memory), depth);
      case Kind::kChan:
      case Kind::kUnsafePointer:
        if (Read<void*>(memory) == nullptr) {
          out_ += "nil";
        } else {
          out_ += type->name();
        }
        return;
      case Kind::kSlice: {
        const auto slice = Read<SliceValue>(memory);
        if (slice.data == nullptr && slice.size == 0) {
          out_ += "nil";
          return;
        }
        return WriteElements(type, slice.data, slice.size, depth);
      }
      case Kind::kArray:
        return WriteElements(type, memory, type->length(), depth);
      case Kind::kStruct:
        if (const std::string text = RuntimeErrorText(type, memory);
            !text.empty()) {
          return WriteNamed(type, false, [&] { AppendQuoted(text, out_); });
        }
        return WriteStruct(type, memory, depth);
      case Kind::kInvalid:
        out_ += '?';
        return;
      default:
        return WriteNamed(type, is_typed,
                          [&] { AppendPrinted(type, memory, out_); });
    }
  }

 private:
  // That a literal of it has without a conversion.
  static bool IsDefault(const RunType* type) {
    return type->named == nullptr &&
           (type->kind == Kind::kInt || type->kind == Kind::kFloat64 ||
            type->kind == Kind::kString || type->kind == Kind::kBool ||
            type->kind == Kind::kComplex128);
  }

  // One of the standard library whose fields are not for others to see: they
  // tell nothing to who does not know how it works.
  static bool IsOpaque(const RunType* type) {
    const std::string_view path = type->package_path();
    return !path.empty() && path != "main" &&
           path.substr(0, path.find('/')).find('.') == std::string_view::npos &&
           std::ranges::any_of(type->fields(), [](const RunField& field) {
             return !field.is_exported;
           });
  }

  template <typename WriteValue>
  void WriteNamed(const RunType* type, bool is_typed,
                  const WriteValue& write_value) {
    if (is_typed) {
      return write_value();
    }
    out_ += type->name();
    out_ += '(';
    write_value();
    out_ += ')';
  }

  void WriteString(const StringValue& value) {
    std::string_view text = value.view();
    const bool is_long = text.size() > options_.max_string;
    if (is_long) {
      text = text.substr(0, options_.max_string);
      // Not within a character.
      while (!text.empty() && (value.data[text.size()] & 0xc0) == 0x80) {
        text.remove_suffix(1);
      }
    }
    AppendQuoted(text, out_);
    if (is_long) {
      out_ += "…";
    }
  }

  void WritePointer(const RunType* type, const void* value, int depth) {
    if (value == nullptr) {
      out_ += "nil";
      return;
    }
    const RunType* const elem = type->elem();
    if (elem->kind == Kind::kStruct && depth == 0 &&
        (!IsOpaque(elem) || !RuntimeErrorText(elem, value).empty() ||
         elem->package_path() == "errors" || elem->package_path() == "fmt")) {
      out_ += '&';
      return Write(elem, value, depth + 1, true);
    }
    out_ += '(';
    out_ += type->name();
    out_ += ")(…)";
  }

  void WriteFunc(Closure* closure) {
    if (closure == nullptr) {
      out_ += "nil";
    } else {
      out_ += closure->callable->name;
    }
  }

  void WriteElements(const RunType* type, const void* data, int64_t size,
                     int depth) {
    out_ += type->name();
    out_ += '{';
    if (depth >= options_.max_depth && size > 0) {
      out_ += "…}";
      return;
    }
    const RunType* const elem = type->elem();
    for (int64_t i = 0; i < size; ++i) {
      if (i > 0) {
        out_ += ", ";
      }
      if (i == options_.max_elements) {
        out_ += "…";
        break;
      }
      Write(elem, Bytes(data) + i * elem->size, depth + 1, true);
    }
    out_ += '}';
  }

  void WriteMap(const RunType* type, Map* map, int depth) {
    if (map == nullptr) {
      out_ += "nil";
      return;
    }
    out_ += type->name();
    out_ += '{';
    MapIterator iterator;
    MapIterate(iterator, map, 0);
    for (int count = 0; MapNext(iterator); ++count) {
      if (count > 0) {
        out_ += ", ";
      }
      if (count == options_.max_elements || depth >= options_.max_depth) {
        out_ += "…";
        break;
      }
      Write(type->key(), iterator.key, depth + 1, true);
      out_ += ": ";
      Write(type->elem(), iterator.elem, depth + 1, true);
    }
    out_ += '}';
  }

  void WriteStruct(const RunType* type, const void* memory, int depth) {
    out_ += type->name();
    out_ += '{';
    if (depth >= options_.max_depth && !type->fields().empty()) {
      out_ += "…}";
      return;
    }
    int count = 0;
    for (const RunField& field : type->fields()) {
      if (count > 0) {
        out_ += ", ";
      }
      if (count == options_.max_elements) {
        out_ += "…";
        break;
      }
      out_ += field.name;
      out_ += ": ";
      Write(field.type, Bytes(memory) + field.offset, depth + 1, true);
      ++count;
    }
    out_ += '}';
  }

  const ValueTextOptions& options_;
  std::string& out_;
};

}  // namespace

std::string ValueText(const RunType* type, const void* memory,
                      const ValueTextOptions& options) {
  std::string text;
  ValueWriter(options, text).Write(type, memory, 0, /*is_typed=*/true);
  return text;
}

}  // namespace gdlint::interp
