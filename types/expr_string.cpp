#include "types/expr_string.h"

#include <cstddef>
#include <string_view>

#include "ast/nodes.h"
#include "ast/tree.h"
#include "lexer/token.h"

namespace gdlint::types {
namespace {

// Longer text is cut: an error at each level of a deep expression would
// otherwise write text of quadratic size.
constexpr size_t kMaxSize = 1024;

// Writes one expression; overloads for the node types.
class Writer {
 public:
  explicit Writer(const Unit& unit) : unit_(unit), tree_(*unit.tree) {}

  void Write(ast::NodeId id) {
    if (!id.has_value() || out_.size() > kMaxSize) {
      return;
    }
    ast::Visit(tree_, id, [this](const auto& node) { Node(node); });
  }

  std::string Take() {
    if (out_.size() > kMaxSize) {
      out_.resize(kMaxSize);
      // Not within a character.
      while (!out_.empty() && (out_.back() & 0x80) != 0) {
        out_.pop_back();
      }
      out_ += "…";
    }
    return std::move(out_);
  }

 private:
  void Node(const ast::Ident& x) { Source(x.pos, x.length); }
  void Node(const ast::BasicLit& x) { Source(x.pos, x.length); }
  void Node(const ast::Ellipsis& x) {
    out_ += "...";
    Write(x.elt);
  }
  void Node(const ast::FuncLit& x) {
    out_ += '(';
    Write(x.type);
    out_ += " literal)";
  }
  void Node(const ast::CompositeLit& x) {
    Write(x.type);
    out_ += x.elts.empty() ? "{}" : "{…}";
  }
  void Node(const ast::ParenExpr& x) {
    out_ += '(';
    Write(x.x);
    out_ += ')';
  }
  void Node(const ast::SelectorExpr& x) {
    Write(x.x);
    out_ += '.';
    Write(x.sel);
  }
  void Node(const ast::IndexExpr& x) {
    Write(x.x);
    out_ += '[';
    Write(x.index);
    out_ += ']';
  }
  void Node(const ast::IndexListExpr& x) {
    Write(x.x);
    out_ += '[';
    WriteList(x.indices);
    out_ += ']';
  }
  void Node(const ast::SliceExpr& x) {
    Write(x.x);
    out_ += '[';
    Write(x.low);
    out_ += ':';
    Write(x.high);
    if (x.slice3) {
      out_ += ':';
      Write(x.max);
    }
    out_ += ']';
  }
  void Node(const ast::TypeAssertExpr& x) {
    Write(x.x);
    out_ += ".(";
    if (x.type.has_value()) {
      Write(x.type);
    } else {
      out_ += "type";
    }
    out_ += ')';
  }
  void Node(const ast::CallExpr& x) {
    Write(x.fun);
    out_ += '(';
    WriteList(x.args);
    out_ += x.ellipsis.is_valid() ? "...)" : ")";
  }
  void Node(const ast::StarExpr& x) {
    out_ += '*';
    Write(x.x);
  }
  void Node(const ast::UnaryExpr& x) {
    out_ += lexer::TokenKindName(x.op);
    Write(x.x);
  }
  void Node(const ast::BinaryExpr& x) {
    Write(x.x);
    out_ += ' ';
    out_ += lexer::TokenKindName(x.op);
    out_ += ' ';
    Write(x.y);
  }
  void Node(const ast::KeyValueExpr& x) {
    Write(x.key);
    out_ += ": ";
    Write(x.value);
  }
  void Node(const ast::ArrayType& x) {
    out_ += '[';
    Write(x.len);
    out_ += ']';
    Write(x.elt);
  }
  void Node(const ast::StructType& x) {
    out_ += "struct{";
    WriteFields(x.fields, "; ", /*of_interface=*/false);
    out_ += '}';
  }
  void Node(const ast::FuncType& x) {
    out_ += "func";
    WriteSignature(x);
  }
  void Node(const ast::InterfaceType& x) {
    out_ += "interface{";
    WriteFields(x.methods, "; ", /*of_interface=*/true);
    out_ += '}';
  }
  void Node(const ast::MapType& x) {
    out_ += "map[";
    Write(x.key);
    out_ += ']';
    Write(x.value);
  }
  void Node(const ast::ChanType& x) {
    out_ += x.dir == ast::ChanDir::kSend      ? "chan<- "
            : x.dir == ast::ChanDir::kReceive ? "<-chan "
                                              : "chan ";
    Write(x.value);
  }
  // What is no expression.
  template <typename NodeT>
  void Node(const NodeT&) {
    out_ += "(bad expression)";
  }

  void Source(source::Pos pos, uint32_t length) {
    const std::string_view text = unit_.file->source->text();
    if (pos.is_valid() && pos.offset() <= text.size()) {
      out_ += text.substr(pos.offset(), length);
    }
  }

  template <typename IdT>
  void WriteList(ast::List<IdT> list) {
    bool is_first = true;
    for (const IdT item : tree_.Items(list)) {
      if (!is_first) {
        out_ += ", ";
      }
      is_first = false;
      Write(item);
    }
  }

  void WriteSignature(const ast::FuncType& type) {
    out_ += '(';
    WriteFields(type.params, ", ", /*of_interface=*/false);
    out_ += ')';
    if (!type.results.has_value()) {
      return;
    }
    const auto fields = tree_.Items(tree_.Get(type.results).fields);
    if (fields.empty()) {
      return;
    }
    out_ += ' ';
    if (fields.size() == 1 && tree_.Get(fields[0]).names.empty()) {
      Write(tree_.Get(fields[0]).type);
      return;
    }
    out_ += '(';
    WriteFields(type.results, ", ", /*of_interface=*/false);
    out_ += ')';
  }

  void WriteFields(ast::Ref<ast::FieldList> list, std::string_view separator,
                   bool of_interface) {
    if (!list.has_value()) {
      return;
    }
    bool is_first = true;
    for (const ast::Ref<ast::Field> ref : tree_.Items(tree_.Get(list).fields)) {
      if (!is_first) {
        out_ += separator;
      }
      is_first = false;
      const ast::Field& field = tree_.Get(ref);
      WriteList(field.names);
      const auto* const method = tree_.TryGet<ast::FuncType>(field.type);
      if (of_interface && method != nullptr) {
        WriteSignature(*method);
        continue;
      }
      if (!field.names.empty()) {
        out_ += ' ';
      }
      Write(field.type);
    }
  }

  const Unit& unit_;
  const ast::Tree& tree_;
  std::string out_;
};

}  // namespace

std::string ExprString(const Unit& unit, ast::ExprId expr) {
  Writer writer(unit);
  writer.Write(expr);
  return writer.Take();
}

}  // namespace gdlint::types
