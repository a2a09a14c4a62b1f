#pragma once

#include <cmath>
#include <cstdint>

#include "liantu/base/values/date.hpp"
#include "liantu/graph/kinds.hpp"
#include "liantu/graph/provenance.hpp"

namespace liantu::detail {

/// A provenance in 16 bytes.
struct PackedProvenance {
  std::uint64_t where = 0;  ///< row 32 bits, source 16, confidence 8, basis 2; the rest is zero
  std::uint64_t when = 0;   ///< since, until, as_of: 21 bits each; the rest is zero

  friend bool operator==(const PackedProvenance&, const PackedProvenance&) = default;
};

inline constexpr int kLastYear = 4095;
inline constexpr std::uint64_t kDateBits = 21;
inline constexpr std::uint64_t kDateMask = (std::uint64_t{1} << kDateBits) - 1;

/// Largest number of sources, the empty one included: what 16 bits can tell apart.
inline constexpr std::size_t kMaxSources = 65536;

/// Whether a date is unknown, or known to the year, the month or the day, without a hole.
[[nodiscard]] constexpr bool valid_date(const Date& date) noexcept {
  if (date.year < 0 || date.year > kLastYear || date.month > 12 || date.day > 31) return false;
  if (date.year == 0) return date.month == 0 && date.day == 0;
  return date.month != 0 || date.day == 0;
}

[[nodiscard]] constexpr std::uint32_t pack_date(const Date& date) noexcept {
  return static_cast<std::uint32_t>(date.year) << 9 | std::uint32_t{date.month} << 5 | date.day;
}

[[nodiscard]] constexpr Date unpack_date(std::uint64_t bits) noexcept {
  return Date{static_cast<std::int16_t>(bits >> 9 & 0xFFF),
              static_cast<std::uint8_t>(bits >> 5 & 0xF), static_cast<std::uint8_t>(bits & 0x1F)};
}

[[nodiscard]] inline PackedProvenance pack(const Provenance& provenance) noexcept {
  const auto confidence = static_cast<std::uint64_t>(std::lround(provenance.confidence * 255.0F));
  return {std::uint64_t{provenance.row} | std::uint64_t{raw(provenance.source)} << 32 |
              confidence << 48 | static_cast<std::uint64_t>(provenance.basis) << 56,
          std::uint64_t{pack_date(provenance.since)} |
              std::uint64_t{pack_date(provenance.until)} << kDateBits |
              std::uint64_t{pack_date(provenance.as_of)} << (2 * kDateBits)};
}

/// What a relation instance says that states no provenance: certain, of source 0.
inline constexpr PackedProvenance kUnsaidProvenance{std::uint64_t{255} << 48, 0};

[[nodiscard]] constexpr std::uint32_t row_of(const PackedProvenance& p) noexcept {
  return static_cast<std::uint32_t>(p.where);
}
[[nodiscard]] constexpr std::uint32_t source_of(const PackedProvenance& p) noexcept {
  return static_cast<std::uint32_t>(p.where >> 32 & 0xFFFF);
}
/// In steps of 1/255.
[[nodiscard]] constexpr std::uint32_t confidence_of(const PackedProvenance& p) noexcept {
  return static_cast<std::uint32_t>(p.where >> 48 & 0xFF);
}
[[nodiscard]] constexpr std::uint32_t basis_of(const PackedProvenance& p) noexcept {
  return static_cast<std::uint32_t>(p.where >> 56 & 0x3);
}
[[nodiscard]] constexpr std::uint32_t year_of(const PackedProvenance& p) noexcept {
  const auto as_of = static_cast<std::uint32_t>(p.when >> (2 * kDateBits) & kDateMask) >> 9;
  return as_of != 0 ? as_of : static_cast<std::uint32_t>(p.when & kDateMask) >> 9;
}

[[nodiscard]] constexpr PackedProvenance with_trust(PackedProvenance p, std::uint32_t confidence,
                                                    std::uint32_t basis) noexcept {
  p.where =
      (p.where & 0xFFFF'FFFF'FFFF) | std::uint64_t{confidence} << 48 | std::uint64_t{basis} << 56;
  return p;
}

[[nodiscard]] constexpr Provenance unpack(const PackedProvenance& p) noexcept {
  return {SourceId{source_of(p)},
          row_of(p),
          static_cast<Basis>(basis_of(p)),
          static_cast<float>(confidence_of(p)) / 255.0F,
          unpack_date(p.when & kDateMask),
          unpack_date(p.when >> kDateBits & kDateMask),
          unpack_date(p.when >> (2 * kDateBits) & kDateMask)};
}

/// Whether packed bytes that came from outside are what pack() could have written.
[[nodiscard]] constexpr bool valid(const PackedProvenance& p, std::size_t sources) noexcept {
  return p.where >> 58 == 0 && p.when >> (3 * kDateBits) == 0 && source_of(p) < sources &&
         valid_date(unpack_date(p.when & kDateMask)) &&
         valid_date(unpack_date(p.when >> kDateBits & kDateMask)) &&
         valid_date(unpack_date(p.when >> (2 * kDateBits) & kDateMask));
}

/// Whether an entity may have this number: NaN, which stands for "none", is not one.
[[nodiscard]] inline bool valid_number(double value) noexcept {
  return std::isfinite(value) && value >= 0;
}

/// Whether a relation may have this number.
[[nodiscard]] inline bool valid_number(EdgeNumber which, double value) noexcept {
  const bool fraction = which != EdgeNumber::Amount && which != EdgeNumber::Coefficient;
  return valid_number(value) && (!fraction || value <= 1);
}

inline constexpr std::uint32_t kMaxRegion = 999999;

}  // namespace liantu::detail
