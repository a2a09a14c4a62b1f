#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/graph/kinds.hpp"

namespace liantu {

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

/// One typed, directed step.
struct PathStep {
  RelationKind relation = RelationKind::Supplies;
  StepDirection direction = StepDirection::Forward;
  Normalizer normalizer = Normalizer::None;

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
///              way), a relation's word and an optional normaliser `/deg`, `/sqrt` or `/log`.
///              Blanks are ignored.
/// @return      The path.
/// @throws Error{InvalidArgument}, naming the step and what is known, if the text is empty, a
///         relation or a normaliser is unknown, more than 8 steps stand in it, or a step leaves no
///         kind of entity at which the steps before it can arrive (`makes.owns`).
/// @complexity  Linear in the text.
[[nodiscard]] RelationPath parse_path(std::string_view text);

/// The path walked from its other end: it scores (b, a) as the path scores (a, b).
///
/// A normaliser counts the ways onwards from an entity; walked backwards they are the ways by which
/// the step before arrives.
/// @return  Nothing when a path cannot say so: its first step has a normaliser, or a step with one
///          does not turn round the relation of the step before it.
[[nodiscard]] std::optional<RelationPath> reversed(const RelationPath& path);

/// A relation path that the field has a name for.
struct NamedPath {
  std::string_view name;
  std::string_view path;
  std::string_view source;  ///< who described it: `doi:10.1140/epjb/e2009-00335-8`
};

/// `resource_allocation`, `adamic_adar`, `common_neighbors`, `l3`, `directed_l3`, `complement`.
///
/// @source  Zhou, Lü, Zhang (2009), doi:10.1140/epjb/e2009-00335-8; Adamic, Adar (2003),
///          doi:10.1016/S0378-8733(03)00009-1; Liben-Nowell, Kleinberg (2007),
///          doi:10.1002/asi.20591; Kovács et al. (2019), doi:10.1038/s41467-019-09177-y; Mattsson
///          et al. (2021), doi:10.3389/fdata.2021.666712; Sun et al. (2011),
///          doi:10.14778/3402707.3402736, for paths over several relations.
[[nodiscard]] const std::vector<NamedPath>& named_paths();

}  // namespace liantu
