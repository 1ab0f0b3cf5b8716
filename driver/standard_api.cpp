#include "driver/standard_api.h"

#include <string>
#include <vector>

namespace gdlint::driver {
namespace {

std::vector<loader::Overlay> MakeOverlays() {
  std::vector<loader::Overlay> overlays;
  for (const interp::OverlayFile& file : StandardApiFiles()) {
    if (overlays.empty() || overlays.back().dir != file.package) {
      loader::Overlay& overlay = overlays.emplace_back();
      overlay.dir = std::string(file.package);
      overlay.is_standard = true;
      overlay.replaces_all = true;
    }
    overlays.back().files.push_back(
        {.base_name = std::string(file.name), .text = file.text});
  }
  return overlays;
}

}  // namespace

std::span<const loader::Overlay> StandardApi() {
  static const std::vector<loader::Overlay> overlays = MakeOverlays();
  return overlays;
}

}  // namespace gdlint::driver
