// Signatures: parameters, results, receivers and type parameters.

#include <algorithm>
#include <span>

#include "parser/descent.h"

namespace gdlint::parser {

// Signature = Parameters [ Result ] , type parameters in front.
Ref<ast::FuncType> Descent::ParseFuncType(Pos func_pos,
                                          std::string_view context) {
  ast::FuncType type{
      .pos = func_pos, .type_params = {}, .params = {}, .results = {}};
  if (kind_ == TokenKind::kLbrack) {
    type.type_params = ParseTypeParams(context);
  }
  const Pos lparen = Want(TokenKind::kLparen);
  type.params = ParseParams(lparen, ParamKind::kParameters, {});
  type.results = ParseResults();
  return Add(type);
}

// TypeParameters = "[" TypeParamList [ "," ] "]" . Those of something that may
// not have any are parsed and refused.
Ref<ast::FieldList> Descent::ParseTypeParams(std::string_view context) {
  const Span lbrack = TokenSpan();
  Next();
  if (!context.empty()) {
    Error<Code::kNoTypeParamsAllowed>(lbrack, context);
  }
  if (kind_ == TokenKind::kRbrack) {
    Error<Code::kEmptyTypeParams>();
    Next();
    return {};
  }
  const auto params = ParseParams(lbrack.begin, ParamKind::kTypeParameters, {});
  return context.empty() ? params : Ref<ast::FieldList>();
}

// Result = Parameters | Type .
Ref<ast::FieldList> Descent::ParseResults() {
  const Pos lparen = pos();
  if (Got(TokenKind::kLparen)) {
    return ParseParams(lparen, ParamKind::kResults, {});
  }
  const ExprId type = ParseTypeOrNone();
  if (!type.has_value()) {
    return {};
  }
  const size_t mark = list_mark();
  PushItem(AddEmbedded(type));
  return Add(ast::FieldList{Pos(), TakeList<Ref<ast::Field>>(mark), Pos()});
}

// ParameterList = ParameterDecl { "," ParameterDecl } .
Ref<ast::FieldList> Descent::ParseParams(Pos opening, ParamKind kind,
                                         FirstParam first) {
  const bool is_type_params = kind == ParamKind::kTypeParameters;
  const TokenKind close =
      is_type_params ? TokenKind::kRbrack : TokenKind::kRparen;
  const size_t mark = param_stack_.size();
  Pos closing;
  if (first.type.has_value() && kind_ == close) {
    param_stack_.push_back(first);
    closing = pos();
    Next();
  } else {
    closing = ParseList("parameter list", TokenKind::kComma, close, [&] {
      Param param;
      if (first.type.has_value()) {
        param = {first.name, ParseUnion(first.type)};
      } else {
        param = ParseParam(first.name, kind);
      }
      first = {};
      if (param.name.has_value() || param.type.has_value()) {
        param_stack_.push_back(param);
      }
      return false;
    });
  }
  const std::span<Param> params = std::span<Param>(param_stack_).subspan(mark);
  const bool named = DistributeTypes(params, kind, closing);
  CheckVariadic(params, kind);
  const auto fields = AddParamFields(params, named);
  param_stack_.truncate(mark);
  return Add(ast::FieldList{opening, fields, closing});
}

// ParameterDecl = [ IdentifierList ] [ "..." ] Type . One name or one type may
// be missing: which of the two shows only when the whole list is parsed.
Descent::Param Descent::ParseParam(Ref<ast::Ident> name, ParamKind kind) {
  const bool is_type_params = kind == ParamKind::kTypeParameters;
  if (name.has_value() || kind_ == TokenKind::kIdent) {
    return ParseParamBehindName(name.has_value() ? name : ParseIdent(), kind);
  }
  if (is_type_params && kind_ == TokenKind::kTilde) {
    return {{}, ParseUnion(ExprId())};
  }
  if (kind_ == TokenKind::kEllipsis) {
    return {{}, ParseVariadicType()};
  }
  ExprId type = ParseTypeOrNone();
  if (!type.has_value()) {
    const TokenKind close =
        is_type_params ? TokenKind::kRbrack : TokenKind::kRparen;
    Unexpected(is_type_params ? ", expected ]" : ", expected )");
    Advance(TokenSet{TokenKind::kComma, close});
    return {};
  }
  if (is_type_params && kind_ == TokenKind::kOr) {
    type = ParseUnion(type);
  }
  return {{}, type};
}

Descent::Param Descent::ParseParamBehindName(Ref<ast::Ident> name,
                                             ParamKind kind) {
  const bool is_type_params = kind == ParamKind::kTypeParameters;
  Param param{name, {}};
  switch (kind_) {
    case TokenKind::kLbrack: {
      const ArrayOrInstance type = ParseArrayOrTypeArgs(name);
      param = {type.is_instance ? Ref<ast::Ident>() : name, type.type};
      break;
    }
    case TokenKind::kPeriod:
      param = {{}, ParseQualifiedName(name)};
      break;
    case TokenKind::kEllipsis:
      param.type = ParseVariadicType();
      return param;
    case TokenKind::kTilde:
      if (is_type_params) {
        param.type = ParseUnion(ExprId());
      }
      return param;
    case TokenKind::kOr:
      return is_type_params ? Param{{}, ParseUnion(name)} : param;
    default:
      param.type = ParseTypeOrNone();
  }
  if (is_type_params && kind_ == TokenKind::kOr && param.type.has_value()) {
    param.type = ParseUnion(param.type);
  }
  return param;
}

ExprId Descent::ParseVariadicType() {
  const Pos ellipsis = pos();
  Next();
  const ExprId type = ParseTypeOrNone();
  if (!type.has_value()) {
    Error<Code::kVariadicWithoutType>();
    return AddBadExpr(ellipsis);
  }
  return Add(ast::Ellipsis{ellipsis, type});
}

// Returns whether the parameters are named. All or none must be; a name without
// a type takes that of the next parameter with one.
bool Descent::DistributeTypes(std::span<Param> params, ParamKind kind,
                              Pos closing) {
  const auto has_both = [](const Param& p) {
    return p.name.has_value() && p.type.has_value();
  };
  const auto has_type = [](const Param& p) { return p.type.has_value(); };
  const auto named =
      static_cast<size_t>(std::ranges::count_if(params, has_both));
  const auto typed =
      static_cast<size_t>(std::ranges::count_if(params, has_type));
  if (named == 0 && kind != ParamKind::kTypeParameters) {
    // What looked like names are types.
    for (Param& param : params) {
      if (param.name.has_value()) {
        param = {{}, param.name};
      }
    }
    return false;
  }
  Pos leftmost_error;
  ExprId type;
  for (size_t i = params.size(); i-- > 0;) {
    Param& param = params[i];
    if (param.type.has_value()) {
      type = param.type;
      if (!param.name.has_value()) {
        leftmost_error = builder_.Begin(type);
        param.name = Add(ast::Ident{leftmost_error, 0});
      }
    } else if (type.has_value()) {
      param.type = type;
    } else {
      leftmost_error = builder_.Begin(param.name);
      param.type = Add(ast::BadExpr{leftmost_error, pos()});
    }
  }
  if (leftmost_error.is_valid()) {
    ReportMissingParamPart(named == typed, kind, params.size(), closing,
                           leftmost_error);
  }
  return true;
}

// If every type has its name, names lack types, and those are at the end of the
// list.
void Descent::ReportMissingParamPart(bool lacks_types, ParamKind kind,
                                     size_t count, Pos closing, Pos leftmost) {
  const Span at_closing{closing, closing + 1};
  const Span at_leftmost{leftmost, leftmost + 1};
  if (kind == ParamKind::kTypeParameters) {
    if (lacks_types) {
      Error<Code::kMissingTypeConstraint>(at_closing);
    } else {
      Error<Code::kMissingTypeParamName>(
          at_leftmost, count == 1 ? " or invalid array length" : "");
    }
  } else if (lacks_types) {
    Error<Code::kMissingParamType>(at_closing);
  } else {
    Error<Code::kMissingParamName>(at_leftmost);
  }
}

// Only the last parameter of a function may be variadic. (A receiver may not
// either, but go/parser lets one pass.)
void Descent::CheckVariadic(std::span<Param> params, ParamKind kind) {
  bool reported = false;
  for (size_t i = 0; i < params.size(); ++i) {
    const auto* const ellipsis = builder_.TryGet<ast::Ellipsis>(params[i].type);
    const bool is_last = i + 1 == params.size();
    if (ellipsis == nullptr || (is_last && kind == ParamKind::kParameters)) {
      continue;
    }
    const Span span{ellipsis->pos, ellipsis->pos + 3};
    if (is_last && kind == ParamKind::kReceiver) {
      late_.Emit<Code::kVariadicNotAllowed>(span);
      continue;
    }
    if (!reported && kind == ParamKind::kParameters) {
      Error<Code::kVariadicNotLast>(span);
    } else if (!reported) {
      Error<Code::kVariadicNotAllowed>(span);
    }
    reported = true;
  }
}

// A Field for each type; names that share a type share its Field.
List<Ref<ast::Field>> Descent::AddParamFields(std::span<const Param> params,
                                              bool named) {
  const size_t fields_mark = list_mark();
  for (size_t i = 0; i < params.size();) {
    ast::Field field;
    field.type = params[i].type;
    if (!named) {
      ++i;
    } else {
      const size_t names_mark = list_mark();
      do {
        PushItem(params[i].name);
        ++i;
      } while (i < params.size() && params[i].type == field.type);
      field.names = TakeList<Ref<ast::Ident>>(names_mark);
    }
    PushItem(Add(field));
  }
  return TakeList<Ref<ast::Field>>(fields_mark);
}

}  // namespace gdlint::parser
