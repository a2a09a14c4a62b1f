#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// What a figure or a relation rests on; kept apart down to the printed list. Ordered from firm to
/// soft.
enum class Basis : std::uint8_t {
  Stated,     ///< a source says so
  Counted,    ///< a count of stated things, standing in for an amount that nobody stated
  Estimated,  ///< computed with a factor whose source is known
  Inferred,   ///< read out of text or a name by rule
};

/// `stated`, `counted`, `estimated`, `inferred`: the word machines read.
[[nodiscard]] std::string_view basis_word(Basis basis);

/// The word people read: stated 明示, counted 计数, estimated 估算, inferred 推断.
[[nodiscard]] Text basis_text(Basis basis);

/// Reads a basis in either language, or nothing when the word is none of the eight.
[[nodiscard]] std::optional<Basis> parse_basis(std::string_view word);

/// The softer of two: a figure made of both rests on it.
[[nodiscard]] constexpr Basis softer(Basis a, Basis b) noexcept { return a < b ? b : a; }

/// A number with what it rests on.
struct Figure {
  double value = 0;
  Basis basis = Basis::Stated;

  friend bool operator==(const Figure&, const Figure&) = default;
};

}  // namespace liantu
