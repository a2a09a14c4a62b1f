#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// What foretells that a firm comes to a place. All look only at what is dated before.
enum class ArrivalFactor : std::uint8_t {
  Recent,     ///< branches that it opened lately, a year old worth 1/e of a new one: those in its
              ///< own province where the place lies there, else those outside, the others a tenth
  Provinces,  ///< provinces in which it opened any
  Flow,       ///< arrivals here from its province, and three times those from its own city; half
              ///< of what one would expect of its province's arrivals anywhere is added
  SameProvince,  ///< 1 for a place in its own province, else 0
  LikePlaces,    ///< places where it is that share arriving firms with this one: sum over its
  ///< branches of shared firms / √((firms there + 1) · (firms here + 1)), five years
  ///< old worth 1/e
  LikeScope,  ///< mean likeness of its business scope to the three most alike of those who came:
              ///< cosine over pairs of characters, rare ones weighing more
  LikeName,   ///< mean likeness of its name to those of all who came, likewise: firms of one group
              ///< or trade are called alike
  Trade,    ///< how far the business of a firm that opened no branch so far is one that opens any:
            ///< mean likeness of its scope to the firms that did lately, by that to all firms +
            ///< 0.001; a firm weighs its branches, three years old worth 1/e, at most 1; else 0
  Capital,  ///< registered capital, CNY, as the graph has it, of whatever day
  ProvinceName,  ///< 1 for a place in its own province whose name its own bears (江西 of
                 ///< 江西…有限公司), else 0: a firm of the whole province
};
inline constexpr std::size_t kArrivalFactorCount = 10;

/// `recent`, `provinces`, `flow`, `same_province`, `like_places`, `like_scope`, `like_name`,
/// `trade`, `capital`, `province_name`.
[[nodiscard]] std::string_view factor_word(ArrivalFactor factor);
/// Its name for people: recent branches 近期扩张.
[[nodiscard]] Text factor_text(ArrivalFactor factor);

/// Values of the factors for a firm and a place, ≥ 0.
using ArrivalFactors = std::array<double, kArrivalFactorCount>;

/// How factors make a propensity to come: the product of (factor + floor) ^ exponent. Only its
/// order over firms for one place means something.
struct ArrivalModel {
  std::array<double, kArrivalFactorCount> exponents{};  ///< ≥ 0
  std::array<double, kArrivalFactorCount> works{};  ///< ≥ 0: where coming means to make, develop or
                                                    ///< operate something there
  std::array<double, kArrivalFactorCount> floors{};  ///< > 0: what a factor of 0 counts as

  friend bool operator==(const ArrivalModel&, const ArrivalModel&) = default;
};

/// The model used when none was trained: exponents and floors fitted once on branches of Chinese
/// firms until 2004, see docs/evaluation.md.
[[nodiscard]] ArrivalModel default_arrival_model();

/// What one factor adds to the logarithm of the product, against a floor: exponent · ln((value +
/// floor) / floor), ≥ 0.
[[nodiscard]] double factor_weight(const ArrivalModel& model, ArrivalFactor factor, double value);

/// The model whose exponents are those of works.
[[nodiscard]] ArrivalModel for_works(const ArrivalModel& model);

/// The sum of factor_weight() over all factors.
[[nodiscard]] double propensity(const ArrivalModel& model, const ArrivalFactors& values);

/// Sees that a model is well formed.
/// @throws Error{InvalidArgument}, naming the factor, for an exponent below 0 or above 100, or a
///         floor not above 0.
void check_arrival_model(const ArrivalModel& model);

/// Reads what arrival_model_json() gave.
/// @throws Error{InvalidData} with file:line:column if it is no JSON, no such model or not well
///         formed.
[[nodiscard]] ArrivalModel parse_arrival_model(std::string_view text, const std::string& file);

/// A model as JSON, schema `liantu.arrival_model/1`.
[[nodiscard]] std::string arrival_model_json(const ArrivalModel& model);

}  // namespace liantu
