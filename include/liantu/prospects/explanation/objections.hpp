#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/policy.hpp"
#include "liantu/prospects/prospects.hpp"

namespace LIANTU_API liantu {

/// What kind of thing speaks against a prospect.
enum class Against : std::uint8_t {
  Risk,             ///< a risk flag
  Status,           ///< its status is not that of a firm in business
  Region,           ///< where it stands is not known, or not stated
  MakersHere,       ///< firms of the district make what it would bring
  Barred,           ///< it makes something that a screen keeps off
  Ended,            ///< a relation that has ended
  WeakEvidence,     ///< what it makes is not stated, or little trusted
  WantedElsewhere,  ///< other districts lack the same
};

/// `risk`, `status`, …
[[nodiscard]] std::string_view against_word(Against kind);

/// Something that speaks against a prospect, or makes it doubtful.
struct Objection {
  Against kind = Against::Risk;
  Text said;                         ///< a sentence
  std::optional<Evidence> evidence;  ///< the row it rests on, where there is one

  friend bool operator==(const Objection&, const Objection&) = default;
};

/// What speaks against a prospect: counter-evidence beside Prospect::reasons and Prospect::evidence.
///
/// @param list      The list, for its policy and how many other districts there are.
/// @param prospect  A member of it.
/// @return          In the order of Against; within a kind by what it is about, at most kObjections of
///                  each kind.
/// @complexity      O(degree of the firm · depth of the taxonomy + V); V to find the data's date.
[[nodiscard]] std::vector<Objection> objections(const EnterpriseGraph& graph,
                                                const GapReport& report, const ProspectList& list,
                                                const Prospect& prospect);

/// Most objections of one kind.
inline constexpr std::size_t kObjections = 5;

}  // namespace liantu
