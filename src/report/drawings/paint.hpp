#pragma once

#include <string_view>

#include "liantu/chain/gaps/gaps.hpp"

namespace liantu {

/// Colours of a drawing, the same in all of them. They keep apart for every kind of colour vision;
/// words say the same once more.
struct Paint {
  std::string_view fill;
  std::string_view border;
};

inline constexpr Paint kMissing{"#FDE0DD", "#C51B1B"};
inline constexpr Paint kWeak{"#FFF3D6", "#B97A00"};
inline constexpr Paint kHidden{"#EEEEEE", "#616161"};
inline constexpr Paint kExtension{"#E3F0FF", "#2166AC"};
inline constexpr Paint kSupplied{"#E7F5E9", "#2E7D32"};

/// The colours of a kind of gap.
[[nodiscard]] constexpr Paint gap_paint(GapKind kind) {
  switch (kind) {
    case GapKind::Missing:
      return kMissing;
    case GapKind::Weak:
      return kWeak;
    case GapKind::Hidden:
      return kHidden;
    case GapKind::Extension:
      break;
  }
  return kExtension;
}

}  // namespace liantu
