#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/values/date.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/links/backtest/link_task.hpp"

namespace LIANTU_API liantu {

/// Which links a backtest hides by chance.
enum class HidePattern : std::uint8_t {
  Links,  ///< each link that may be hidden is as likely as another
  Large,  ///< a link is the likelier the larger the firm at the end that is ranked: as known
          ///< relations favour large firms
  Firms,  ///< whole firms at the end that is ranked lose all their links (cold start)
};

/// `links`, `large`, `firms`.
[[nodiscard]] std::string_view pattern_word(HidePattern pattern);
[[nodiscard]] std::optional<HidePattern> parse_pattern(std::string_view word);

/// What becomes of hidden links an end of which has no visible link of the relation.
enum class ColdLinks : std::uint8_t { Asked, LeftOut };

/// Whom a backtest asks about.
struct AskOptions {
  SourceEnd source_end = SourceEnd::To;  ///< where sources stand
  std::optional<std::uint32_t> cap;      ///< sources with as many links, hidden ones included, or
      ///< more are not asked: their lists may have been cut; ≥ 1
  std::size_t most_sources = 0;  ///< most sources asked, drawn by `seed`; 0 = all
  ColdLinks cold = ColdLinks::Asked;
  std::uint64_t seed = 1;
};

/// What becomes of a link whose reverse is a link too.
enum class ReverseLinks : std::uint8_t {
  Visible,  ///< both stay visible: one would give the other away
  Hidden,   ///< both are hidden as one link without direction
};

/// Options of hide_links().
struct HideOptions {
  RelationKind relation = RelationKind::Supplies;
  HidePattern pattern = HidePattern::Links;
  ReverseLinks reverse = ReverseLinks::Visible;
  double share = 0.1;  ///< of the links, or firms, that may be hidden; (0, 1)
  AskOptions ask;
};

/// Options of hide_after().
struct HideAfterOptions {
  RelationKind relation = RelationKind::Supplies;
  Date from;   ///< first day whose links are hidden; required
  Date until;  ///< links from this day on are hidden and not asked for; not known = no limit
  AskOptions ask;
};

/// A task and how it came about. Links are pairs of ends, however many instances join them.
struct Hiding {
  LinkTask task;
  std::size_t links = 0;            ///< of the relation in all
  std::size_t hidden_links = 0;     ///< hidden in whole
  std::size_t asked_links = 0;      ///< answers of all questions
  std::size_t known_before = 0;     ///< pairs hidden in part, which stay visible: not asked
  std::size_t reverse_visible = 0;  ///< hidden, not asked: the reverse link gives them away
  std::size_t capped_sources = 0;  ///< sources left out as having as many links as the cap, or more
  std::size_t cold = 0;            ///< hidden, not asked: see AskOptions::cold
  std::size_t undated = 0;         ///< instances without a date, which stay visible
};

/// Makes a task of instances that are hidden: which of them are asked for, and of whom.
///
/// An answer is an entity that hidden instances join with the source and no visible one does, in
/// either direction; a firm is not asked for itself.
///
/// @param graph   Any graph.
/// @param hidden  Instances of the relation, in any order.
/// @return        See Hiding. Without questions when nothing is left to ask.
/// @throws Error{InvalidArgument} if an instance does not exist or the cap is 0.
/// @complexity  O(E log E); E instances.
[[nodiscard]] Hiding ask_links(const EnterpriseGraph& graph, RelationKind relation,
                               std::vector<EdgeId> hidden, const AskOptions& options = {});

/// Hides a share of a relation's links by chance.
///
/// Links may be hidden whose reverse is not there too, or goes with them (HideOptions::reverse),
/// and whose source has fewer links than the cap. Of L such links round(share · L), but at least
/// one, are hidden. With HidePattern::Large they are drawn one after another without putting back,
/// with a probability that grows with the size of the entity at the ranked end: its revenue, else
/// its registered capital, if at least half of those entities state it, else its number of links.
/// With HidePattern::Firms a share of the entities at the ranked end that have a link that may be
/// hidden loses all links of the relation, in both directions.
///
/// @return  See Hiding; the same for the same graph and seed on any machine, in whatever order the
///          rows stood: what firms are called decides what is drawn.
/// @throws Error{InvalidArgument} if the share lies outside (0, 1) or the cap is 0;
///         Error{InvalidData} if no link may be hidden.
/// @complexity  O(E log E); E instances.
/// @source      Efraimidis, Spirakis (2006), doi:10.1016/j.ipl.2005.11.003, for drawing by weight.
[[nodiscard]] Hiding hide_links(const EnterpriseGraph& graph, const HideOptions& options);

/// Hides what started on or after a day, as it had not happened yet.
///
/// An instance is dated by `since`, else by `as_of`; a date known to the year or the month starts
/// on its first day. Instances without a date stay visible and are counted.
///
/// @return  See Hiding.
/// @throws Error{InvalidArgument} if `from` is not known or not before `until`, or the cap is 0;
///         Error{InvalidData} if no instance has a date, or none started on or after that day.
/// @complexity  O(E log E).
[[nodiscard]] Hiding hide_after(const EnterpriseGraph& graph, const HideAfterOptions& options);

}  // namespace liantu
