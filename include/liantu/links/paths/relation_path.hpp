#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/regions/region.hpp"
#include "liantu/base/values/date.hpp"
#include "liantu/graph/kinds.hpp"

namespace LIANTU_API liantu {

/// Which way a step walks its relation.
enum class StepDirection : std::uint8_t {
  Forward,   ///< `supplies`: from supplier to customer
  Backward,  ///< `~supplies`: from customer to supplier
  Either,    ///< `-supplies`: both, direction ignored
};

/// The same way walked from its other end.
[[nodiscard]] StepDirection turned(StepDirection direction) noexcept;

/// What a step's weight is divided by: a function of the degree d of the entity the step leaves, d
/// being the number of distinct entities this step can reach from there.
enum class Normalizer : std::uint8_t {
  None,        ///< 1
  Degree,      ///< d, written `/deg`
  SqrtDegree,  ///< √d, written `/sqrt`
  LogDegree,   ///< ln d, written `/log`; an entity of degree 1 is divided by ln 2
};

/// How a number of an instance becomes the weight of a step.
enum class WeightScale : std::uint8_t {
  Raw,    ///< as it is, `weight=amount`
  Log1p,  ///< ln(1 + it), `weight=log1p(amount)`
};

/// Which instances of a relation a step walks, and what they weigh. The default walks all and
/// weighs each pair of entities 1.
struct StepLimits {
  double min_confidence = 0;  ///< walks what is trusted as much, `confidence>=0.5`; [0, 1]
  std::string segment;  ///< name or code of the segment concerned, `segment=隔膜`, in quotes
                        ///< where it has marks or blanks; `supplies` only; empty = any
  RegionCode region;    ///< where the entity at which the step arrives is registered,
                        ///< `region=500104`; unknown = anywhere
  Date from;            ///< walks what held on some day from here on, `from=2010`; see
                        ///< RelationFilter, undated instances are left out
  Date to;              ///< … and up to here, `to=2015-06`
  std::optional<EdgeNumber> weight;  ///< `weight=amount`, `share`, `coefficient` or
                                     ///< `substitutability`: the instances of a pair in the latest
                                     ///< year that states it add up; a pair that states none, or
                                     ///< nothing above 0, is not walked
  WeightScale scale = WeightScale::Raw;

  /// Whether it says anything.
  [[nodiscard]] bool any() const { return *this != StepLimits{}; }
  friend bool operator==(const StepLimits&, const StepLimits&) = default;
};

/// One typed, directed step.
struct PathStep {
  RelationKind relation = RelationKind::Supplies;
  StepDirection direction = StepDirection::Forward;
  Normalizer normalizer = Normalizer::None;
  StepLimits limits;

  friend bool operator==(const PathStep&, const PathStep&) = default;
};

/// A relation path (meta-path): typed, directed steps, each with a normaliser. It scores pairs (the
/// sum over its instances of the product of step weights), generates candidates (the pairs it
/// reaches) and explains them (its instances).
struct RelationPath {
  std::vector<PathStep> steps;  ///< at least one

  /// `supplies.~supplies/sqrt.supplies/sqrt`; parse_path() reads it back.
  [[nodiscard]] std::string to_string() const;

  friend bool operator==(const RelationPath&, const RelationPath&) = default;
};

/// Reads a relation path, or the name of a known one (see named_paths()).
///
/// @param text  Steps joined by `.` or `·`; a step is an optional `~` (backwards) or `-` (either
///              way), a relation's word, optional limits in brackets and an optional normaliser
///              `/deg`, `/sqrt` or `/log`: `supplies[confidence>=0.5,from=2010]/sqrt`. Limits are
///              those of StepLimits, each at most once. Blanks are ignored outside quotes.
/// @return      The path.
/// @throws Error{InvalidArgument}, naming the step and what is known, if the text is empty, a
///         relation, a limit or a normaliser is unknown, out of place or not UTF-8, more than 8
///         steps stand in it, or a step leaves no kind of entity at which the steps before it can
///         arrive (`makes.owns`).
/// @complexity  Linear in the text.
[[nodiscard]] RelationPath parse_path(std::string_view text);

/// Whether a path can lead from one kind of entity to another.
[[nodiscard]] bool path_joins(const RelationPath& path, EntityKind from, EntityKind to);

/// The path walked from its other end: it scores (b, a) as the path scores (a, b).
///
/// A normaliser counts the ways onwards from an entity; walked backwards they are the ways by which
/// the step before arrives.
/// @return  Nothing when a path cannot say so: its first step has a normaliser, or a step with one
///          does not turn round the relation of the step before it under the same limits, or a step
///          has a region, which is where it arrives.
[[nodiscard]] std::optional<RelationPath> reversed(const RelationPath& path);

/// A relation path that the field has a name for.
struct NamedPath {
  std::string_view name;
  std::string_view path;
  std::string_view source;  ///< who described it: `doi:10.1140/epjb/e2009-00335-8`
};

/// `common_neighbors`, `adamic_adar`, `resource_allocation`, `l3`, `directed_l3`, `directed_l5`, `complement`.
///
/// @source  Zhou, Lü, Zhang (2009), doi:10.1140/epjb/e2009-00335-8; Adamic, Adar (2003),
///          doi:10.1016/S0378-8733(03)00009-1; Liben-Nowell, Kleinberg (2007),
///          doi:10.1002/asi.20591; Kovács et al. (2019), doi:10.1038/s41467-019-09177-y; Mattsson
///          et al. (2021), doi:10.3389/fdata.2021.666712; Sun et al. (2011),
///          doi:10.14778/3402707.3402736, for paths over several relations.
[[nodiscard]] const std::vector<NamedPath>& named_paths();

}  // namespace liantu
