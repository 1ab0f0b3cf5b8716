// What tables call a package.

#pragma once

#include <string>
#include <string_view>

namespace gdlint::checks::knowledge {

// Without major versions and the folder that it is vendored in:
// "k8s.io/klog" of "example.com/m/vendor/k8s.io/klog/v2", "gopkg.in/yaml" of
// "gopkg.in/yaml.v3", "example.com/db/pool" of "example.com/db/v5/pool".
std::string UnversionedPath(std::string_view path);

}  // namespace gdlint::checks::knowledge
