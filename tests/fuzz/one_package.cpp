#include "tests/fuzz/one_package.h"

#include "driver/type_check.h"
#include "support/deep_stack.h"
#include "tests/fuzz/token_mutator.h"

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size,
                                          size_t max_size, unsigned seed) {
  // Sometimes bytes, so that nothing is out of reach.
  return seed % 16 == 0
             ? LLVMFuzzerMutate(data, size, max_size)
             : gdlint::tests::MutateTokens(data, size, max_size, seed);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  gdlint::RunOnDeepStack([text] {
    gdlint::tests::OnePackage input(text);
    gdlint::tests::TestPackage(input);
  });
  return 0;
}

namespace gdlint::tests {

OnePackage::OnePackage(std::string_view text)
    : file_(source::SourceFile::FromText("fuzz.go", text)),
      parsed_(parser::Parser().Parse(file_, parser::Mode::kWholeFile)),
      table_(types::Sizes::ForArchitecture("amd64")) {
  package_.path = "p";
  package_.version = source::kNewestLang;
  driver::AddFile(package_, file_, parsed_.tree, package_.version, "fuzz.go");
  driver::CheckWholePackage(table_, package_);
}

}  // namespace gdlint::tests
