#pragma once

#include <cstdint>
#include <string>

#include "liantu/base/core/export.hpp"

namespace LIANTU_API liantu {

/// Language in which messages, headings and lists are written.
enum class Language : std::uint8_t { En, Zh };

/// The same sentence in English and in Chinese.
struct Text {
  std::string en;  ///< English
  std::string zh;  ///< Simplified Chinese

  /// The sentence in one language.
  [[nodiscard]] const std::string& in(Language language) const {
    return language == Language::Zh ? zh : en;
  }

  friend bool operator==(const Text&, const Text&) = default;
};

}  // namespace liantu
