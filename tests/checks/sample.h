// Go files whose comments say what checks find in them.

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "parser/parser.h"
#include "source/source_file.h"

namespace gdlint::tests {

// A parsed Go file and what it lives on.
struct SampleFile {
  std::unique_ptr<source::SourceFile> source;
  std::unique_ptr<parser::ParsedFile> parsed;
  checks::File view;
};

// The files of one package. Views point into `files`.
struct Sample {
  // The path below the folder of samples.
  std::string name;
  std::vector<SampleFile> files;

  checks::Package Package(std::vector<checks::File>& views) const;
};

// Parses `text`. The language version is that of a `//go:build go1.N` line, if
// there is one, else `lang`.
SampleFile ParseSample(std::string name, std::string_view text,
                       source::LangVersion lang);

// Reads each Go file in `folder` as a package, and each folder in it as one
// package of all its Go files, whose language version its go.mod has.
std::vector<Sample> ReadSamples(const std::string& folder);

// Holds what `checks` find in the files of `sample` against their comments:
//   // want "regexp" "regexp"   each matches one finding on this line, written
//   as
//                               `warning: message [rule]`; all findings are
//                               wanted
//   // note "regexp"            matches a related place on this line
// Returns what is wrong, a line each; nothing if all is as the comments say.
std::vector<std::string> Compare(const Sample& sample,
                                 std::span<const checks::Check* const> checks);

std::string ReadText(const std::string& path);

}  // namespace gdlint::tests
