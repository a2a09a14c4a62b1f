#pragma once

#include <string_view>
#include <vector>

#include "base/files/json_file.hpp"
#include "liantu/land/per_mu/per_mu_scheme.hpp"

namespace liantu {

/// Reads what schemes and plan policies share.
class RuleFile : public JsonFile {
 public:
  using JsonFile::JsonFile;

  /// A text in one language for both, or { "en": …, "zh": … }.
  [[nodiscard]] Text text(const JsonValue& value) const;
  [[nodiscard]] std::vector<std::string> strings(const JsonValue& value) const;
  [[nodiscard]] Quantity quantity(const JsonValue& value) const;
  /// A number above 0.
  [[nodiscard]] double above_zero(const JsonValue& value) const;
  /// A number in [0, 1].
  [[nodiscard]] double share(const JsonValue& value) const;
  [[nodiscard]] char grade(const JsonValue& value) const;
  [[nodiscard]] FirmRule firm_rule(const JsonValue& value) const;
  [[nodiscard]] std::vector<PerMuFloor> floors(const JsonValue& value) const;
  /// The member "unit", as far as it measures the ratio.
  [[nodiscard]] std::string unit(const JsonValue& entry, Quantity numerator,
                                 Quantity denominator) const;
};

}  // namespace liantu
