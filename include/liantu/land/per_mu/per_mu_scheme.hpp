#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/land/per_mu/land_use.hpp"
#include "liantu/land/per_mu/quantity.hpp"

namespace LIANTU_API liantu {

/// What an item is worth for a firm that lacks its data.
enum class MissingItem : std::uint8_t {
  Unrated,  ///< the firm is not rated, and the list says which data it lacks
  Mean,     ///< the mean of the item's scores over the firms of PerMuItem::mean_of that have data
  Zero,     ///< no point
  Exempt,   ///< the item does not count: the others are scaled up to all points
};

/// One item of a scheme: the firm's ratio over a base, times the points.
struct PerMuItem {
  std::string name;  ///< stable word, e.g. tax_per_mu; equal names in two classes are one item
  Text title;
  Quantity numerator = Quantity::Tax;
  Quantity denominator = Quantity::Land;
  std::string unit;             ///< of the ratio and the base, see ratio_unit(): 万元/亩
  std::optional<double> base;   ///< ratio that earns the points; > 0; nothing for `mean_times`
  double mean_times = 1;        ///< base as a multiple of the mean ratio of the class's ranked
                                ///< firms, where `base` is nothing; > 0
  double points = 0;            ///< > 0
  std::optional<double> cap;    ///< most that the item may earn; ≥ points
  std::optional<double> floor;  ///< least; ≤ points
  MissingItem missing = MissingItem::Unrated;
  std::vector<std::string> mean_of;  ///< names of the classes whose scores make the mean; its own
                                     ///< class when empty

  friend bool operator==(const PerMuItem&, const PerMuItem&) = default;
};

/// How scores become grades A, B, C and D.
enum class GradeBy : std::uint8_t {
  None,   ///< the scheme states no grades
  Score,  ///< from a score upwards
  Rank,   ///< the first share of the ranked firms; ties share the better grade
};

/// Bounds of the grades.
struct GradeRule {
  GradeBy by = GradeBy::None;
  std::array<double, 3> bounds{};  ///< of A, B and C: least scores, descending; or shares of the
                                   ///< firms counted from the top, ascending, (0, 1]

  friend bool operator==(const GradeRule&, const GradeRule&) = default;
};

/// Which firms a class or an exemption is about: any of the conditions is enough.
struct FirmRule {
  std::vector<std::string> tags;        ///< one of the firm's tags is one of these
  std::vector<std::string> types;       ///< the firm's type contains one
  std::vector<std::string> statuses;    ///< the firm's status contains one
  std::vector<std::string> industries;  ///< the firm's industry begins with one (GB/T 4754)
  std::vector<std::pair<Quantity, double>> at_least;  ///< in CNY, mu, m², heads …
  std::optional<double> founded_within_years;  ///< founded fewer years before the day of the rating

  /// Whether it has no condition.
  [[nodiscard]] bool empty() const;
  friend bool operator==(const FirmRule&, const FirmRule&) = default;
};

/// A size class with a scheme of its own.
struct PerMuClass {
  std::string name;
  Text title;
  FirmRule when;        ///< the first class that fits counts; one without conditions fits all
  double points = 100;  ///< sum of the items' points
  std::vector<PerMuItem> items;
  GradeRule grades;

  friend bool operator==(const PerMuClass&, const PerMuClass&) = default;
};

/// Firms that are scored for the record and take no place in the ranking.
struct Exemption {
  FirmRule when;
  std::optional<char> counts_as;  ///< grade by which they are treated; none where they have none
  Text reason;

  friend bool operator==(const Exemption&, const Exemption&) = default;
};

/// Least ratio that is asked of a newcomer.
struct PerMuFloor {
  Quantity numerator = Quantity::Tax;
  Quantity denominator = Quantity::Land;
  std::string unit;     ///< see ratio_unit()
  double at_least = 0;  ///< in the unit; > 0
  Text reason;

  friend bool operator==(const PerMuFloor&, const PerMuFloor&) = default;
};

/// Rules by which a place rates its firms per mu (亩均论英雄), as data.
struct PerMuScheme {
  std::string name;
  Text title;
  std::string source;  ///< the document that the rules are taken from
  Text about;          ///< what a reader should know of it: what the source leaves open
  std::vector<PerMuClass> classes;
  std::vector<Exemption> exemptions;
  LandRules land;
  std::vector<PerMuFloor> floors;  ///< screens of prospects

  friend bool operator==(const PerMuScheme&, const PerMuScheme&) = default;
};

/// Reads a scheme file (JSON), see docs/land.md.
///
/// @param text  Content.
/// @param file  Name used in messages.
/// @throws Error{InvalidData} with file:line:column and the remedy if it is not JSON, has an
///         unknown member, names a quantity, class, grade or unit that is none, an item stands
///         twice, the points of a class do not sum to what it states, a number lies outside its
///         range, bounds do not stand in order, or nobody would be in a class because one before it
///         takes all.
/// @complexity  Linear in the text.
[[nodiscard]] PerMuScheme parse_per_mu_scheme(std::string_view text, const std::string& file);

}  // namespace liantu
